//! Observes lesson 06: when `idle` is called, and what the callback is given, while a source grows.
//!
//! The source grows inside `idle` and nowhere else: nothing runs beside the student's loop, and nothing waits.

use lesson_06::{follow_into, open_at_end};
use probe::growing::{
    Given, Growth, Patient, all_shown, breaks_at, gives, growing, growing_file, grows, interrupted, is_own_error, piece,
};
use probe::{Inputs, check, mark};
use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufRead, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::rc::Rc;
use std::sync::{Arc, Mutex};

/// The callback of most checks.
fn grepper(line: &str) {
    mark!("grepper({line:?})");
}

/// What `follow_into` returned, and whether an error is the one that the source gave.
fn returned(got: io::Result<()>) {
    let Err(error) = got else {
        mark!("returned Ok(())");
        return;
    };
    match (error.raw_os_error(), is_own_error(&error)) {
        (Some(number), _) => mark!("returned the system's error {number}"),
        (None, true) => mark!("returned the source's own error: {:?}, {:?}", error.kind(), error.to_string()),
        (None, false) => mark!("returned an error of another's making: {:?}", error.kind()),
    }
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
    returned(got);
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
    returned(got);
}

/// `idle` is called where a read gives nothing, a read that ends early is not that, and `Break` is obeyed at once.
#[check]
fn at_the_end(inputs: &mut Inputs) {
    let mut line = || inputs.word() + "\n";
    let (together, cut, more, last, late) = (line() + &line(), line(), line(), line(), line());
    let (head, tail) = cut.split_at(inputs.size(1..=3));
    let first = gives([piece(together), piece(head), piece(tail.to_owned() + &more)]);
    let mut growths = vec![Growth::default(); inputs.size(2..=3)];
    growths.insert(inputs.size(0..=growths.len()), grows(last));
    growths.push(Growth { pieces: vec![piece(late)], then_break: true });
    let (source, idle) = growing(first, growths, true);

    mark!("follow_into(source, idle, grepper)");
    returned(follow_into(source, idle, grepper));
}

/// Ends that the source comes to by itself, in a line and after it: each of them is one call of `idle`.
#[check]
fn each_end(inputs: &mut Inputs) {
    let mut parts = [
        vec![piece(inputs.word()), Given::End, piece(inputs.word() + "\n")],
        vec![piece(inputs.word()), Given::End, Given::End, piece(inputs.word() + "\n"), Given::End],
        vec![Given::End, piece(inputs.word()), Given::End, piece("\n")],
    ];
    inputs.shuffle(&mut parts);
    let ends = parts.concat().iter().filter(|given| matches!(given, Given::End)).count();
    let (source, _) = growing(gives(parts.concat()), Vec::new(), true);

    mark!("follow_into(source, idle, grepper)");
    returned(follow_into(source, breaks_at(ends, true), grepper));
    mark!("an empty source, and an idle that breaks at once");
    let (source, idle) = growing(Growth::default(), Vec::new(), true);
    returned(follow_into(source, idle, grepper));
}

/// Only the line ending goes: blanks, other separators, and a `\r` that ends nothing, stay.
#[check]
fn line_endings(inputs: &mut Inputs) {
    let (same, letter) = (inputs.word(), inputs.text(1..=1));
    let mut growths = vec![
        grows(format!("{same}\n{same}\n\n\n{same}\r\n")),
        grows(format!("{letter}\n")),
        grows(format!("{}\r\n", inputs.word())),
        grows(format!("{}  \n", inputs.word())),
        grows(format!("\t{} \r\n", inputs.word())),
        grows(format!("{}\r{}\n", inputs.word(), inputs.word())),
        grows("\r\n"),
        grows("\n"),
        gives([piece(format!("{}\r", inputs.word())), piece("\n")]),
        gives([piece(format!("{}\r", inputs.word())), Given::End, piece("\n")]),
        gives([piece(format!("{}\r", inputs.word())), Given::End, piece(format!("{}\n", inputs.word()))]),
        grows(format!("{}\r\r\n", inputs.word())),
        grows(format!("\r{}\n", inputs.word())),
        grows(format!("{}\0\n", inputs.word())),
        grows(format!("\u{feff}{}\u{2028}{}\n", inputs.word(), inputs.word())),
        grows(format!("{}\u{b}\u{c}\u{85}\n", inputs.word())),
    ];
    inputs.shuffle(&mut growths);
    let (source, idle) = growing(Growth::default(), growths, false);

    mark!("follow_into(source, idle, grepper)");
    returned(follow_into(source, idle, grepper));
}

/// A read, and the end of the source, may cut a character of several bytes in two.
#[check]
fn inside_a_character(inputs: &mut Inputs) {
    let mut words = ["питон", "змея", "журнал", "ёлка", "строка", "хвост", "очередь"];
    inputs.shuffle(&mut words);
    let mut cut = |word: &str| {
        let (head, tail) = word.as_bytes().split_at(1 + 2 * inputs.size(0..=word.len() / 2 - 1));
        [head.to_vec(), [tail, b"\n".as_slice()].concat()]
    };
    let mut growths = Vec::new();
    for word in &words[..3] {
        growths.extend(cut(word).map(grows));
    }
    growths.push(gives(cut(words[3]).map(piece)));
    let (source, idle) = growing(Growth::default(), growths, false);

    mark!("follow_into(source, idle, grepper)");
    returned(follow_into(source, idle, grepper));

    let text = inputs.text(5..=6) + "\n";
    let bytes: Vec<Given> = text.bytes().flat_map(|byte| [piece([byte]), Given::End]).collect();
    let (source, _) = growing(gives(bytes), Vec::new(), false);
    mark!("a source that gives {text:?} byte by byte, with an end after each");
    returned(follow_into(source, breaks_at(text.len(), false), grepper));
}

/// Many of everything: a long line in many pieces, interrupted many times in a row; many short lines; many ends at which
/// nothing was appended.
#[check]
fn many(inputs: &mut Inputs) {
    let (length, short, ends) = (inputs.size(200_000..=300_000), inputs.size(20_000..=30_000), 100_000);
    let letters: String = (0..97).map(|_| inputs.word()).collect();
    let long: Vec<u8> = letters.bytes().cycle().take(length).chain(*b"\n").collect();
    let pieces: Vec<Given> =
        long.chunks(inputs.size(900..=9_000)).flat_map(|bytes| [piece(bytes), Given::End]).collect();
    let lines: Vec<Given> = (0..short).map(|n| piece(format!("{n}\n"))).collect();
    let (reads, pieces) = ([pieces.as_slice(), &lines].concat(), pieces.len() / 2);
    let (first, rest) = reads.split_at(pieces);
    let reads = [first, &vec![interrupted(); 1_000], rest].concat();
    let (source, _) = growing(gives(reads), Vec::new(), false);

    mark!("follow_into(a source with a line of {length} bytes and {short} short ones, and then nothing, {ends} times)");
    // Count, longest line, digest of all lines. Behind an `Arc`, so that the closure borrows nothing: `lends` is for that.
    let summary = Arc::new(Mutex::new((0, 0, 0_u64)));
    let seen = summary.clone();
    let got: ::std::io::Result<()> = follow_into(source, breaks_at(pieces + ends, false), move |line| {
        let (count, longest, digest) = &mut *seen.lock().unwrap();
        *count += 1;
        *longest = line.len().max(*longest);
        *digest = line.bytes().fold(*digest, |digest, byte| digest.wrapping_mul(31).wrapping_add(byte.into()));
    });
    let (count, longest, digest) = *summary.lock().unwrap();
    mark!("grepper got {count} lines, the longest of {longest} bytes; digest {digest:016x}");
    returned(got);
}

/// Errors come out as they are, from wherever the source fails, and nothing is read or handed over after them.
#[check]
fn errors(inputs: &mut Inputs) {
    use io::ErrorKind::{InvalidData, PermissionDenied, TimedOut, UnexpectedEof, WouldBlock};
    let mut faults: Vec<Given> = [InvalidData, PermissionDenied, TimedOut, UnexpectedEof, WouldBlock]
        .map(|kind| Given::Fails(kind, format!("no {} left", inputs.word())))
        .to_vec();
    faults.push(Given::FailsByNumber(5));
    inputs.shuffle(&mut faults);
    for (n, fault) in faults.into_iter().enumerate() {
        let late = piece(inputs.word() + "\n");
        let reads = match n % 4 {
            0 => vec![piece(format!("{}\n{}\n", inputs.word(), inputs.word())), fault, late],
            1 => vec![piece(inputs.word()), fault, late],
            2 => vec![fault, late],
            _ => vec![piece(inputs.word()), Given::End, fault, late],
        };
        mark!("a source that gives {}", all_shown(&reads));
        let (source, idle) = growing(gives(reads), vec![Growth::default(); 2], false);
        returned(follow_into(source, idle, grepper));
    }
}

/// A read that a signal cut short is no error and no end.
#[check]
fn interruptions(inputs: &mut Inputs) {
    let mut parts = [
        vec![piece(inputs.word()), interrupted(), interrupted(), piece(inputs.word() + "\n")],
        vec![interrupted(), piece(inputs.word()), interrupted(), Given::End, piece(inputs.word() + "\n")],
        vec![piece(inputs.word()), Given::End, interrupted(), piece(inputs.word() + "\n"), interrupted()],
    ];
    inputs.shuffle(&mut parts);
    let (source, idle) = growing(gives(parts.concat()), vec![Growth::default(); 2], true);

    mark!("follow_into(source, idle, grepper)");
    returned(follow_into(source, idle, grepper));
}

/// Only a whole line can be bad, and it is an error as soon as it is whole.
#[check]
fn not_text(inputs: &mut Inputs) {
    let mut bad = inputs.word().into_bytes();
    bad[inputs.size(0..=3)] = *inputs.pick(&[0x80, 0xff, 0xc0, 0xf8]);
    let cut = [inputs.word().as_bytes(), b"\xd0\n"].concat();
    let surrogate = b"\xed\xa0\x80\n".to_vec();
    let (good, late) = (inputs.word() + "\n", piece(inputs.word() + "\n"));
    let together = [good.as_bytes(), &bad, b"\n", good.as_bytes()].concat();
    let fault = Given::Fails(io::ErrorKind::TimedOut, format!("no {} left", inputs.word()));
    let mut cases = [
        vec![piece(together), late.clone()],
        vec![piece(cut), late.clone()],
        vec![piece(good), piece(surrogate), late],
        vec![piece(bad.clone()), Given::End],
        vec![piece(bad), fault],
    ];
    inputs.shuffle(&mut cases);
    for reads in cases {
        mark!("a source that gives {}", all_shown(&reads));
        let (source, idle) = growing(gives(reads), Vec::new(), true);
        match follow_into(source, idle, grepper) {
            Err(error) if error.kind() == io::ErrorKind::InvalidData => mark!("returned an error: InvalidData"),
            got => returned(got),
        }
    }
}

/// Each call knows its own source only: what another has left lying there, or is in the middle of, is nothing to it.
#[check]
fn two_followers(inputs: &mut Inputs) {
    followed("first", vec![piece(format!("{}\n{}", inputs.word(), inputs.word()))]);
    followed("second", vec![piece(format!("{}\n{}\n", inputs.word(), inputs.word()))]);

    let inner = vec![piece(format!("{}\n{}", inputs.word(), inputs.word()))];
    let outer = vec![piece(inputs.word()), piece(format!("{}\n{}\n", inputs.word(), inputs.word()))];
    mark!("outer: a source that gives {}", all_shown(&outer));
    let (source, idle) = growing(gives(outer), Vec::new(), false);
    let got: ::std::io::Result<()> = follow_into(source, idle, move |line| {
        mark!("outer: grepper({line:?})");
        followed("inner", inner.clone());
    });
    returned(got);

    let text = format!("{}\n{}\n{}\n", inputs.word(), inputs.word(), inputs.word());
    let (mut source, mut line) = (io::Cursor::new(text.clone()), String::new());
    source.read_line(&mut line).unwrap();
    mark!("a source that gives {text:?}, of which the caller has read {line:?}");
    returned(follow_into(Patient(source), breaks_at(1, false), grepper));
}

fn followed(name: &'static str, reads: Vec<Given>) {
    mark!("{name}: a source that gives {}", all_shown(&reads));
    let (source, idle) = growing(gives(reads), Vec::new(), false);
    returned(follow_into(source, idle, move |line| mark!("{name}: grepper({line:?})")));
}

/// The source and the closures are borrowed, of no known size, and bound to this thread.
#[check]
fn lends(inputs: &mut Inputs) {
    let text = format!("{}\n{}\n{}", inputs.word(), inputs.word(), inputs.word());
    let ends = Rc::new(Cell::new(0));
    let at_an_end = ends.clone();
    let mut lines: Vec<String> = Vec::new();
    let mut bytes = text.as_bytes();
    let source: &mut dyn BufRead = &mut bytes;
    let idle: &mut dyn FnMut() -> ControlFlow<()> = &mut || {
        at_an_end.update(|n| n + 1);
        if at_an_end.get() < 3 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    let grepper: &mut dyn FnMut(&str) = &mut |line| lines.push(line.to_owned());

    mark!("follow_into(&mut dyn BufRead, &mut dyn FnMut() -> _, &mut dyn FnMut(&str)), over {text:?}");
    returned(follow_into(source, idle, grepper));
    mark!("idle counted {}, grepper kept {lines:?}", ends.get());
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
    returned(follow_into(Patient(source), idle, grepper));

    let missing = inputs.word() + ".log";
    mark!("open_at_end({missing:?}), which is not there");
    let got: ::std::io::Result<::std::io::BufReader<::std::fs::File>> = open_at_end(Path::new(&missing));
    let there = Path::new(&missing).exists();
    match got {
        Ok(_) => mark!("returned a reader; is there a file now? {there}"),
        Err(error) => mark!("returned an error: {:?}; is there a file now? {there}", error.kind()),
    }
}

/// The end is where the file ends at the call: whatever it holds, however much, and whatever comes before the first read.
#[check]
fn at_the_call(inputs: &mut Inputs) {
    let long: String = (0..inputs.size(20_000..=30_000)).map(|n| format!("{n}\n")).collect();
    let mut olds = [
        (Vec::new(), "nothing".to_owned()),
        (b"\xff\xfe\n\xd0".to_vec(), "bytes that are no text".to_owned()),
        (long.clone().into_bytes(), format!("{} bytes", long.len())),
    ];
    inputs.shuffle(&mut olds);
    for (old, what) in olds {
        let name = inputs.word() + ".log";
        let path = Path::new(&name);
        let mut file = File::create(path).unwrap();
        file.write_all(&old).unwrap();
        let (early, late) = (inputs.word() + "\n", inputs.word() + "\n");
        mark!("{name} holds {what}; it is opened, {early:?} is appended, it is opened again, {late:?} is appended");
        let first: ::std::io::BufReader<::std::fs::File> = open_at_end(path).unwrap();
        file.write_all(early.as_bytes()).unwrap();
        let second: ::std::io::BufReader<::std::fs::File> = open_at_end(path).unwrap();
        file.write_all(late.as_bytes()).unwrap();
        for (source, name) in [(second, "second"), (first, "first")] {
            let got: ::std::io::Result<()> =
                follow_into(Patient(source), breaks_at(1, false), move |line| mark!("{name}: grepper({line:?})"));
            returned(got);
        }
        let kept = [&old, early.as_bytes(), late.as_bytes()].concat();
        mark!("does the file hold just what was written? {}", std::fs::read(path).unwrap() == kept);
    }
}

probe::main!(
    slide,
    whole_lines,
    at_the_end,
    each_end,
    line_endings,
    inside_a_character,
    many,
    errors,
    interruptions,
    not_text,
    two_followers,
    lends,
    real_file,
    at_the_call,
);
