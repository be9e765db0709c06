//! Observes lesson 07: which lines come out of a pipeline, and how much each of them makes the stages below it read.
//!
//! A source grows inside `idle` and nowhere else: nothing runs beside the student's iterators, and nothing waits.

use lesson_07::{follow, grep, open_at_end};
use probe::growing::{Growth, Patient, growing, growing_file, grows, idle, shown};
use probe::{Inputs, catch, check, mark};
use std::cell::Cell;
use std::io::{self, BufReader, Read};
use std::path::Path;
use std::rc::Rc;

/// More lines than any check needs: a stage that takes so many would take the endless source to its end.
const ENDLESS: usize = 1000;

/// A source of lines without an end, of which one in a few contains the word. It counts what is taken from it.
fn endless(word: &str, gaps: Vec<usize>, taken: Rc<Cell<usize>>) -> impl Iterator<Item = String> + use<> {
    let word = word.to_owned();
    let mut gaps = gaps.into_iter().cycle();
    let mut left = gaps.next().unwrap();
    std::iter::from_fn(move || {
        taken.update(|n| n + 1);
        let n = taken.get();
        assert!(n < ENDLESS, "{ENDLESS} lines were taken from a source that has no end");
        left -= 1;
        if left > 0 {
            return Some(format!("line {n}"));
        }
        left = gaps.next().unwrap();
        Some(format!("line {n}, {word}"))
    })
}

/// The slide's own case: a file that held something before, and a loop that prints the lines about python.
#[check]
fn slide(_: &mut Inputs) {
    let path = Path::new("access.log");
    let old = "python, but long ago\n";
    let growths = ["a line about snakes\n", "a line about python\n", "so long, python\n"].map(grows).to_vec();
    let idle = growing_file(path, old, growths);

    mark!("access.log holds {old:?}");
    mark!("for line in grep(\"python\", follow(open_at_end(\"access.log\")?, idle))");
    for line in grep("python", follow(Patient(open_at_end(path).unwrap()), idle)) {
        let line: ::std::string::String = line;
        println!("{line}");
    }
    mark!("the loop is over");
}

/// Each item takes as many lines as it needs, and not one more; the source has no end.
#[check]
fn on_demand(inputs: &mut Inputs) {
    let word = inputs.word();
    let gaps = (0..4).map(|_| inputs.size(1..=5)).collect();
    let taken = Rc::new(Cell::new(0));

    mark!("grep({word:?}, an endless source)");
    let mut found = grep(&word, endless(&word, gaps, taken.clone()));
    mark!("lines taken so far: {}", taken.get());
    for _ in 0..2 {
        let got: ::std::option::Option<::std::string::String> = found.next();
        mark!("next() gave {got:?}; lines taken so far: {}", taken.get());
    }
    let got: ::std::vec::Vec<::std::string::String> = found.by_ref().take(2).collect();
    mark!("take(2) gave {got:?}; lines taken so far: {}", taken.get());
    drop(found);
    mark!("dropped; lines taken so far: {}", taken.get());
}

/// `follow` reads when it is asked, one line at a time, and waits inside of `next`.
#[check]
fn line_by_line(inputs: &mut Inputs) {
    let mut line = || inputs.word() + "\n";
    let (first, cut, last, unread) = (line(), line(), line(), line());
    let (head, tail) = cut.split_at(inputs.size(1..=3));
    let held = Growth { pieces: vec![(first + head).into(), tail.into()], then_break: false };
    let mut growths = vec![Growth::default(); inputs.size(1..=2)];
    growths.insert(inputs.size(0..=growths.len()), grows(last + &unread));
    let (source, idle) = growing(held, growths, true);

    mark!("follow(source, idle)");
    let mut lines = follow(source, idle);
    for _ in 0..3 {
        mark!("next()");
        let got: ::std::option::Option<::std::string::String> = lines.next();
        mark!("gave {got:?}");
    }
    drop(lines);
    mark!("dropped");
}

/// Cut anywhere: the same lines as in lesson 06.
#[check]
fn whole_lines(inputs: &mut Inputs) {
    let mut lines = [
        format!("{}\n", inputs.word()),
        format!("{}  \n", inputs.word()),
        format!("\t{}\r\n", inputs.word()),
        format!("{}\r{}\n", inputs.word(), inputs.word()),
        "\n".to_owned(),
    ];
    inputs.shuffle(&mut lines);
    let (mut growths, mut piece) = (Vec::new(), String::new());
    for line in &lines {
        let last = line.len() - 1;
        let (head, tail) = line.split_at(inputs.size(last.min(1)..=last));
        growths.push(grows(piece + head));
        piece = tail.to_owned();
    }
    growths.push(grows(piece));
    let (source, idle) = growing(Growth::default(), growths, false);

    mark!("for line in follow(source, idle)");
    for line in follow(source, idle) {
        let line: ::std::string::String = line;
        mark!("line {line:?}");
    }
    mark!("the loop is over");
}

/// The end of the source may cut a character of several bytes in two.
#[check]
fn inside_a_character(inputs: &mut Inputs) {
    let mut words = ["питон", "змея", "журнал", "ёлка", "строка", "хвост", "очередь"];
    inputs.shuffle(&mut words);
    let mut growths = Vec::new();
    for word in &words[..3] {
        let (head, tail) = word.as_bytes().split_at(1 + 2 * inputs.size(0..=word.len() / 2 - 1));
        growths.extend([grows(head), grows([tail, b"\n".as_slice()].concat())]);
    }
    let (source, idle) = growing(Growth::default(), growths, false);

    mark!("follow(source, idle)");
    let mut lines = follow(source, idle);
    for _ in 0..3 {
        let got: ::std::result::Result<::std::option::Option<::std::string::String>, _> = catch(|| lines.next());
        mark!("next() {}", got.map_or("panicked".to_owned(), |got| format!("gave {got:?}")));
    }
}

/// `Break` is the end, and stays so: no `idle`, no read, no line comes after it.
#[check]
fn ends_for_good(inputs: &mut Inputs) {
    let growths = vec![
        grows(format!("{}\n{}", inputs.word(), inputs.word())),
        Growth { pieces: vec![format!("{}\n", inputs.word()).into()], then_break: true },
        grows(format!("{}\n", inputs.word())),
    ];
    let (source, idle) = growing(Growth::default(), growths, true);

    mark!("follow(source, idle)");
    let mut lines = follow(source, idle);
    for _ in 0..2 + inputs.size(2..=3) {
        mark!("next()");
        let got: ::std::option::Option<::std::string::String> = lines.next();
        mark!("gave {got:?}");
    }
}

/// Upper and lower case are the same, in any alphabet; the lines come out as they went in.
#[check]
fn ignores_case(inputs: &mut Inputs) {
    let (word, other) = (inputs.word(), inputs.word());
    let mut latin = [
        format!("{word}{other} "),
        format!("  {}", word.to_uppercase()),
        format!("{}{}", word[..1].to_uppercase(), &word[1..]),
        other.to_uppercase(),
        format!("{} {word}", other.to_uppercase()),
    ];
    inputs.shuffle(&mut latin);
    let mut cyrillic = ["ПИТОН", "Питон проснулся", "два питона", "змея", "Ёж и ПиТоН"].map(str::to_owned);
    inputs.shuffle(&mut cyrillic);

    let mixed = format!("{}{}", word[..2].to_uppercase(), &word[2..]);
    for (pattern, lines) in [(mixed.as_str(), latin), (*inputs.pick(&["питон", "Питон", "ПИТОН"]), cyrillic)]
    {
        mark!("grep({pattern:?}, {lines:?})");
        let got: ::std::vec::Vec<::std::string::String> = grep(pattern, lines).collect();
        mark!("gave {got:?}");
    }
    let lines = vec![inputs.word(), String::new(), inputs.word().to_uppercase()];
    mark!("grep(\"\", {lines:?})");
    let got: ::std::vec::Vec<::std::string::String> = grep("", lines).collect();
    mark!("gave {got:?}");
}

/// A line goes through all stages before the next one is taken.
#[check]
fn grep_of_grep(inputs: &mut Inputs) {
    let (inner, outer, other) = (inputs.word(), inputs.word(), inputs.word());
    let mut lines = [
        format!("{inner} {outer}"),
        format!("{outer} {other} {inner}"),
        format!("{inner} {other}"),
        format!("{outer} {other}"),
        other.clone(),
    ];
    inputs.shuffle(&mut lines);
    let lines = lines.into_iter().inspect(|line| mark!("taken: {line:?}"));

    mark!("grep({outer:?}, grep({inner:?}, lines))");
    let through = grep(&inner, lines).inspect(|line| mark!("  has {inner:?}: {line:?}"));
    for line in grep(&outer, through) {
        let line: ::std::string::String = line;
        mark!("    has both: {line:?}");
    }
    mark!("the loop is over");
}

/// Two greps over a file that grows while it is followed.
#[check]
fn real_file(inputs: &mut Inputs) {
    let name = inputs.word() + ".log";
    let path = Path::new(&name);
    let (word, other) = (inputs.word(), inputs.word());
    let at = inputs.size(1..=word.len() - 1);
    let growths = vec![
        grows(format!("{word} {other}\n{other}\n")),
        grows(format!("Python and {}", &word[..at])),
        Growth::default(),
        grows(format!("{}\r\n{other} and python\n", &word[at..])),
        grows(format!("{} and python\n", word.to_uppercase())),
    ];
    let old = format!("python and {word}\n");
    let idle = growing_file(path, &old, growths);

    mark!("{name} holds {old:?}");
    mark!("grep(\"python\", grep({word:?}, follow(open_at_end({name:?})?, idle)))");
    let lines = grep("python", grep(&word, follow(Patient(open_at_end(path).unwrap()), idle)));
    for line in lines {
        let line: ::std::string::String = line;
        mark!("line {line:?}");
    }
    mark!("the loop is over");
}

/// An error can't come out as a line; nor may it look like an end.
#[check]
fn errors(inputs: &mut Inputs) {
    struct Fails(io::ErrorKind);
    impl Read for Fails {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(self.0.into())
        }
    }

    let kinds = [io::ErrorKind::PermissionDenied, io::ErrorKind::ConnectionReset, io::ErrorKind::TimedOut];
    let kind = *inputs.pick(&kinds);
    let good = format!("{}\n{}", inputs.word(), inputs.word());
    mark!("follow(a source that gives {good:?}, then fails: {kind:?})");
    let mut lines = follow(Patient(good.as_bytes().chain(BufReader::new(Fails(kind)))), idle(Vec::new(), |_| {}));
    for _ in 0..2 {
        let got: ::std::result::Result<::std::option::Option<::std::string::String>, _> = catch(|| lines.next());
        mark!("next() {}", got.map_or("panicked".to_owned(), |got| format!("gave {got:?}")));
    }

    let mut bad = format!("{}\n{}\n{}\n", inputs.word(), inputs.word(), inputs.word()).into_bytes();
    let at = bad.iter().position(|byte| *byte == b'\n').unwrap() + inputs.size(1..=4);
    bad[at] = 0xff;
    mark!("follow(a source that gives {})", shown(std::slice::from_ref(&bad)));
    let mut lines = follow(Patient(bad.as_slice()), idle(Vec::new(), |_| {}));
    for _ in 0..2 {
        let got: ::std::result::Result<::std::option::Option<::std::string::String>, _> = catch(|| lines.next());
        mark!("next() {}", got.map_or("panicked".to_owned(), |got| format!("gave {got:?}")));
    }
}

probe::main!(
    slide,
    on_demand,
    line_by_line,
    whole_lines,
    inside_a_character,
    ends_for_good,
    ignores_case,
    grep_of_grep,
    real_file,
    errors,
);
