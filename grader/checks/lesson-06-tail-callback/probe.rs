//! Observes lesson 06: when `idle` is called, and what the callback is given, while a source grows.
//!
//! The source grows inside `idle` and nowhere else: nothing runs beside the student's loop, and nothing waits.

use lesson_06::{follow_into, open_at_end};
use probe::{Inputs, check, mark};
use std::collections::VecDeque;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

/// Reads at the end of a source since the last call of `idle`; a check runs in a process of its own.
static READS_AT_THE_END: AtomicU32 = AtomicU32::new(0);

/// So many of them say that `idle` will never be called. A loop that calls it needs one, or two.
const PATIENCE: u32 = 10;

/// Makes a hang into words: panics when its end is read again and again, while nobody calls `idle`.
struct Patient<R>(R);

impl<R: BufRead> BufRead for Patient<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let piece = self.0.fill_buf()?;
        if piece.is_empty() && READS_AT_THE_END.fetch_add(1, Ordering::Relaxed) == PATIENCE {
            panic!("{PATIENCE} reads at the end of the source, and no call of `idle`");
        }
        Ok(piece)
    }

    fn consume(&mut self, amount: usize) {
        self.0.consume(amount);
    }
}

impl<R: BufRead> Read for Patient<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let amount = self.fill_buf()?.read(buffer)?;
        self.consume(amount);
        Ok(amount)
    }
}

/// What one call of `idle` appends. A read gives one piece at the most, as a full buffer would.
#[derive(Clone, Default)]
struct Growth {
    pieces: Vec<Vec<u8>>,
    then_break: bool,
}

/// What one `idle` appends, given in one piece.
fn grows(piece: impl Into<Vec<u8>>) -> Growth {
    Growth { pieces: vec![piece.into()], then_break: false }
}

/// The pieces as they are shown: text as text, `\xd0` for a byte that is but a part of a character.
fn shown(pieces: &[Vec<u8>]) -> String {
    let shown = pieces.iter().map(|piece| {
        let mut text = String::from("\"");
        for chunk in piece.utf8_chunks() {
            text += format!("{:?}", chunk.valid()).trim_matches('"');
            text.extend(chunk.invalid().iter().map(|byte| format!("\\x{byte:02x}")));
        }
        text + "\""
    });
    shown.collect::<Vec<_>>().join(" + ")
}

/// An `idle` that hands what grows to `append`, one growth a call, and breaks when there is no more.
fn idle(growths: Vec<Growth>, mut append: impl FnMut(&Growth)) -> impl FnMut() -> ControlFlow<()> {
    let mut growths = growths.into_iter();
    move || {
        READS_AT_THE_END.store(0, Ordering::Relaxed);
        let Some(growth) = growths.next() else {
            mark!("idle: Break");
            return ControlFlow::Break(());
        };
        append(&growth);
        let what = if growth.pieces.is_empty() { "nothing".to_owned() } else { shown(&growth.pieces) };
        if growth.then_break {
            mark!("idle: {what} is appended, and Break");
            return ControlFlow::Break(());
        }
        mark!("idle: {what} is appended");
        ControlFlow::Continue(())
    }
}

/// A source that is not a file: it says where one read ends and the next begins.
struct Source {
    unread: Arc<Mutex<VecDeque<Vec<u8>>>>,
    piece: Vec<u8>,
    told: bool,
}

impl BufRead for Source {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.piece.is_empty()
            && let Some(piece) = self.unread.lock().unwrap().pop_front()
        {
            if self.told {
                mark!("a read gives {}", shown(std::slice::from_ref(&piece)));
            }
            self.piece = piece;
        }
        Ok(&self.piece)
    }

    fn consume(&mut self, amount: usize) {
        self.piece.drain(..amount);
    }
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let amount = self.fill_buf()?.read(buffer)?;
        self.consume(amount);
        Ok(amount)
    }
}

/// A source that holds `first`, and the `idle` that makes it grow. With `told`, a mark says what each read gives.
fn growing(first: Growth, growths: Vec<Growth>, told: bool) -> (impl BufRead, impl FnMut() -> ControlFlow<()>) {
    let unread = Arc::new(Mutex::new(VecDeque::from(first.pieces)));
    let source = Source { unread: unread.clone(), piece: Vec::new(), told };
    let idle = idle(growths, move |growth| unread.lock().unwrap().extend(growth.pieces.iter().cloned()));
    (Patient(source), idle)
}

/// A file that holds `old`, and the `idle` that appends to it.
fn growing_file(path: &Path, old: &str, growths: Vec<Growth>) -> impl FnMut() -> ControlFlow<()> + use<> {
    File::create(path).unwrap().write_all(old.as_bytes()).unwrap();
    let path = PathBuf::from(path);
    idle(growths, move |growth| {
        OpenOptions::new().append(true).open(&path).unwrap().write_all(&growth.pieces.concat()).unwrap();
    })
}

/// The callback of most checks.
fn grepper(line: &str) {
    mark!("grepper({line:?})");
}

/// The slide's own case: a file that held something before, and a callback that prints the lines about python.
#[check]
fn slide(_: &mut Inputs) {
    let path = Path::new("access.log");
    let old = "python, but long ago\n";
    let growths = ["a line about snakes\n", "a line about python\n", "so long\n"].map(grows).to_vec();
    let idle = growing_file(path, old, growths);

    mark!("access.log holds {old:?}");
    let source: ::std::io::BufReader<::std::fs::File> = open_at_end(path).unwrap();
    mark!("follow_into(open_at_end(\"access.log\")?, idle, grepper)");
    let got: ::std::io::Result<()> = follow_into(Patient(source), idle, |line| {
        grepper(line);
        if line.contains("python") {
            println!("{line}");
        }
    });
    mark!("returned {:?}", got.map_err(|error| error.kind()));
}

/// The end of the source cuts lines anywhere; the callback never sees a part.
#[check]
fn whole_lines(inputs: &mut Inputs) {
    let text = format!("thon\n{} {}\n{}\n{}", inputs.word(), inputs.word(), inputs.word(), inputs.word());
    let mut growths = vec![grows("py")];
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(inputs.size(3..=7).min(rest.len()));
        growths.push(grows(piece));
        rest = after;
    }
    let (source, idle) = growing(Growth::default(), growths, false);

    mark!("follow_into(source, idle, grepper), and the source is empty");
    let got: ::std::io::Result<()> = follow_into(source, idle, grepper);
    mark!("returned {:?}", got.map_err(|error| error.kind()));
}

/// `idle` is called where the source ends, a read that ends early is not that, and `Break` is obeyed at once.
#[check]
fn at_the_end(inputs: &mut Inputs) {
    let mut line = || inputs.word() + "\n";
    let (together, cut, more, last, late) = (line() + &line(), line(), line(), line(), line());
    let (head, tail) = cut.split_at(inputs.size(1..=3));
    let first =
        Growth { pieces: vec![together.into(), head.into(), (tail.to_owned() + &more).into()], then_break: false };
    let mut growths = vec![Growth::default(); inputs.size(2..=3)];
    growths.insert(inputs.size(0..=growths.len()), grows(last));
    growths.push(Growth { pieces: vec![late.into()], then_break: true });
    let (source, idle) = growing(first, growths, true);

    mark!("follow_into(source, idle, grepper)");
    let got: ::std::io::Result<()> = follow_into(source, idle, grepper);
    mark!("returned {:?}", got.map_err(|error| error.kind()));
}

/// Only the line ending goes: blanks, and a `\r` that ends nothing, stay.
#[check]
fn line_endings(inputs: &mut Inputs) {
    let mut growths = vec![
        grows(format!("{}\r\n", inputs.word())),
        grows(format!("{}  \n", inputs.word())),
        grows(format!("\t{} \r\n", inputs.word())),
        grows(format!("{}\r{}\n", inputs.word(), inputs.word())),
        grows("\r\n"),
        grows("\n"),
        Growth { pieces: vec![format!("{}\r", inputs.word()).into(), "\n".into()], then_break: false },
    ];
    inputs.shuffle(&mut growths);
    let (source, idle) = growing(Growth::default(), growths, false);

    mark!("follow_into(source, idle, grepper)");
    let got: ::std::io::Result<()> = follow_into(source, idle, grepper);
    mark!("returned {:?}", got.map_err(|error| error.kind()));
}

/// A read, and the end of the source, may cut a character of several bytes in two.
#[check]
fn inside_a_character(inputs: &mut Inputs) {
    let mut words = ["питон", "змея", "журнал", "ёлка", "🐍", "строка", "хвост", "очередь"];
    inputs.shuffle(&mut words);
    let mut cut = |word: &str| {
        let mut at = 1 + 2 * inputs.size(0..=word.len() / 2 - 1);
        if word == "🐍" {
            at = inputs.size(1..=3);
        }
        let (head, tail) = word.as_bytes().split_at(at);
        [head.to_vec(), [tail, b"\n".as_slice()].concat()]
    };
    let mut growths = Vec::new();
    for word in &words[..3] {
        growths.extend(cut(word).map(grows));
    }
    growths.push(Growth { pieces: cut(words[3]).to_vec(), then_break: false });
    let (source, idle) = growing(Growth::default(), growths, false);

    mark!("follow_into(source, idle, grepper)");
    let got: ::std::io::Result<()> = follow_into(source, idle, grepper);
    mark!("returned {:?}", got.map_err(|error| error.kind()));
}

/// Errors come out, the lines before them have gone to the callback, and the end of the source has no part in it.
#[check]
fn errors(inputs: &mut Inputs) {
    struct Fails(io::ErrorKind, String);
    impl Read for Fails {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::new(self.0, self.1.clone()))
        }
    }

    let kinds = [io::ErrorKind::PermissionDenied, io::ErrorKind::ConnectionReset, io::ErrorKind::TimedOut];
    let (kind, message) = (*inputs.pick(&kinds), format!("no {} left", inputs.word()));
    let good = format!("{}\n{}\n{}", inputs.word(), inputs.word(), inputs.word());
    mark!("a source that gives {good:?}, then fails: {kind:?}, {message:?}");
    let source = good.as_bytes().chain(BufReader::new(Fails(kind, message)));
    let got: ::std::io::Result<()> = follow_into(Patient(source), idle(Vec::new(), |_| {}), grepper);
    match got {
        Ok(()) => mark!("returned Ok(())"),
        Err(error) => mark!("returned an error: {:?}, {:?}", error.kind(), error.to_string()),
    }

    let mut bad = format!("{}\n{}\n{}\n", inputs.word(), inputs.word(), inputs.word()).into_bytes();
    let at = bad.iter().position(|byte| *byte == b'\n').unwrap() + inputs.size(1..=4);
    bad[at] = 0xff;
    mark!("a source that gives {}", shown(std::slice::from_ref(&bad)));
    let got: ::std::io::Result<()> = follow_into(Patient(bad.as_slice()), idle(Vec::new(), |_| {}), grepper);
    match got {
        Ok(()) => mark!("returned Ok(())"),
        Err(error) => mark!("returned an error: {:?}", error.kind()),
    }
}

/// A file that grows while it is followed, whose last line was half written before; then a file that is not there.
#[check]
fn real_file(inputs: &mut Inputs) {
    let name = inputs.word() + ".log";
    let path = Path::new(&name);
    let old = format!("{}\n{}\n{} ", inputs.word(), inputs.word(), inputs.word());
    let (split, more) = (inputs.word(), inputs.word());
    let (head, tail) = split.split_at(inputs.size(1..=split.len() - 1));
    let growths = vec![
        grows(inputs.word() + "\n"),
        grows(format!("{}\n{head}", inputs.word())),
        Growth::default(),
        grows(format!("{tail}\r\n{more}\n")),
    ];
    let idle = growing_file(path, &old, growths);

    mark!("{name} holds {old:?}");
    let source: ::std::io::BufReader<::std::fs::File> = open_at_end(path).unwrap();
    mark!("follow_into(open_at_end({name:?})?, idle, grepper)");
    let got: ::std::io::Result<()> = follow_into(Patient(source), idle, grepper);
    mark!("returned {:?}", got.map_err(|error| error.kind()));

    let missing = inputs.word() + ".log";
    mark!("open_at_end({missing:?}), which is not there");
    let got: ::std::io::Result<::std::io::BufReader<::std::fs::File>> = open_at_end(Path::new(&missing));
    let there = Path::new(&missing).exists();
    match got {
        Ok(_) => mark!("returned a reader; is there a file now? {there}"),
        Err(error) => mark!("returned an error: {:?}; is there a file now? {there}", error.kind()),
    }
}

probe::main!(slide, whole_lines, at_the_end, line_endings, inside_a_character, errors, real_file);
