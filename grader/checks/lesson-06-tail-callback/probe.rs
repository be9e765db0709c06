//! Observes lesson 06: when `idle` is called, and what the callback is given, while a source grows.
//!
//! The source grows inside `idle` and nowhere else: nothing runs beside the student's loop, and nothing waits.

use lesson_06::{follow_into, open_at_end};
use probe::growing::{Growth, Patient, growing, growing_file, grows, idle, shown};
use probe::{Inputs, check, mark};
use std::io::{self, BufReader, Read};
use std::path::Path;

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
