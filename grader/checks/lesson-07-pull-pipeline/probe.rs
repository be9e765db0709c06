//! Observes lesson 07: which lines come out of a pipeline, and how much each of them makes the stages below it read.
//!
//! A source grows inside `idle` and nowhere else: nothing runs beside the student's iterators, and nothing waits.

use lesson_07::{follow, grep, open_at_end};
use probe::growing::{
    Given, Growth, Patient, all_shown, breaks_at, gives, growing, growing_file, grows, interrupted, piece,
};
use probe::{Inputs, catch, check, mark};
use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;
use std::path::Path;
use std::rc::Rc;

/// What a call of `next` came to; the words of a panic are the student's own. Those of `todo!()` are shown.
fn said(got: Result<Option<String>, String>) -> String {
    match got {
        Ok(got) => format!("gave {got:?}"),
        Err(words) if words.starts_with("not yet implemented") => format!("panicked: {words}"),
        Err(_) => "panicked".to_owned(),
    }
}

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

    let got: ::std::option::Option<::std::string::String> = grep(&word, []).next();
    mark!("grep({word:?}, no lines).next() gave {got:?}");
}

/// `follow` reads when it is asked, one line at a time, and waits inside of `next`.
#[check]
fn line_by_line(inputs: &mut Inputs) {
    let mut line = || inputs.word() + "\n";
    let (first, cut, last, unread) = (line(), line(), line(), line());
    let (head, tail) = cut.split_at(inputs.size(1..=3));
    let held = gives([piece(first + head), piece(tail)]);
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

/// What stands after the line is still in the source when `next` comes back.
#[check]
fn leaves_the_rest(inputs: &mut Inputs) {
    let mut line = || inputs.word() + "\n";
    let text = [line(), line(), line(), line()].concat();
    let mut source = io::Cursor::new(text.clone());
    for _ in 0..2 {
        let got: ::std::option::Option<::std::string::String> = follow(&mut source, breaks_at(1, false)).next();
        mark!("follow(a source that holds {text:?}, idle).next() gave {got:?}");
        let mut rest = String::new();
        let at = source.position();
        source.read_to_string(&mut rest).unwrap();
        mark!("what is left in the source: {rest:?}");
        source.set_position(at);
    }
}

/// Cut anywhere: the same lines as in lesson 06.
#[check]
fn whole_lines(inputs: &mut Inputs) {
    let same = inputs.word();
    let mut lines = [
        format!("{same}\n{same}\n\n\n"),
        format!("{}\n", inputs.word()),
        format!("{}  \n", inputs.word()),
        format!("\t{}\r\n", inputs.word()),
        format!("{}\r{}\n", inputs.word(), inputs.word()),
        format!("\r{}\r\r\n", inputs.word()),
        format!("\u{feff}{}\u{2028}\u{85}\u{c}\n", inputs.word()),
        "\r\n".to_owned(),
    ];
    inputs.shuffle(&mut lines);
    let (mut growths, mut held) = (Vec::new(), String::new());
    for line in &lines {
        let last = line.len() - 1;
        let mut at = inputs.size(last.min(1)..=last);
        while !line.is_char_boundary(at) {
            at += 1;
        }
        let (head, tail) = line.split_at(at);
        growths.push(grows(held + head));
        held = tail.to_owned();
    }
    growths.push(grows(held));
    growths.push(gives([piece(inputs.word() + "\r"), Given::End, piece("\n")]));
    growths.push(gives([piece(inputs.word() + "\r"), Given::End, piece(inputs.word() + "\n")]));
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
    let text = inputs.text(5..=6) + "\n";
    growths.push(gives(text.bytes().map(|byte| piece([byte])).collect::<Vec<_>>()));
    let (source, idle) = growing(Growth::default(), growths, false);

    mark!("follow(source, idle)");
    let mut lines = follow(source, idle);
    for _ in 0..4 {
        mark!("next() {}", said(catch(|| lines.next())));
    }
}

/// Each read that gives nothing is one call of `idle`, and a read that was interrupted is none.
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

    mark!("follow(source, idle)");
    let mut lines = follow(source, breaks_at(ends, true));
    for _ in 0..4 {
        mark!("next()");
        let got: ::std::option::Option<::std::string::String> = lines.next();
        mark!("gave {got:?}");
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

    mark!("follow(source, idle)");
    let mut lines = follow(source, idle);
    for _ in 0..4 {
        mark!("next()");
        mark!("{}", said(catch(|| lines.next())));
    }
}

/// Many of everything: a long line, many ends in one line and interruptions in a row, many lines that do not match.
#[check]
fn many(inputs: &mut Inputs) {
    let (length, ends, lines) = (inputs.size(200_000..=300_000), 100_000, inputs.size(200_000..=300_000));
    let letters: String = (0..97).map(|_| inputs.word()).collect();
    let long: Vec<u8> = letters.bytes().cycle().take(length).collect();
    let mut reads: Vec<Given> = long.chunks(inputs.size(900..=9_000)).map(piece).collect();
    reads.extend(vec![Given::End; ends - 1]);
    reads.extend(vec![interrupted(); 1_000]);
    reads.push(piece("\n"));
    let (source, _) = growing(gives(reads), Vec::new(), false);

    mark!("follow(a source with {length} bytes, {} ends, and then a \\n)", ends - 1);
    let mut followed = follow(source, breaks_at(ends, false));
    for _ in 0..2 {
        let got: ::std::option::Option<::std::string::String> = followed.next();
        let digest =
            |line: String| line.bytes().fold(0_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
        mark!("next() gave a line: {:?}", got.map(|line| (line.len(), digest(line))));
    }
    let word = inputs.word();
    mark!("grep({word:?}, {lines} other lines, and one with it)");
    let others = (0..lines).map(|n| n.to_string()).chain([format!("after {lines}: {word}")]);
    let got: ::std::option::Option<::std::string::String> = grep(&word, others).next();
    mark!("next() gave {got:?}");
}

/// `Break` is the end, and stays so: no `idle`, no read, no line comes after it.
#[check]
fn ends_for_good(inputs: &mut Inputs) {
    let growths = vec![
        grows(format!("{}\n{}", inputs.word(), inputs.word())),
        Growth { pieces: vec![piece(format!("{}\n", inputs.word()))], then_break: true },
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

    let reads = [Given::End, piece(inputs.word() + "\n")];
    mark!("follow(a source that gives {}, idle)", all_shown(&reads));
    let (source, _) = growing(gives(reads), Vec::new(), true);
    let mut lines = follow(source, breaks_at(1, false));
    for _ in 0..3 {
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

/// Just `to_lowercase` of the line and of the pattern: no more than that is the same, and no less.
#[check]
fn to_lowercase(inputs: &mut Inputs) {
    let word = inputs.word();
    let mut cases = [
        ("straße", vec!["STRASSE".to_owned(), "STRAẞE".to_owned(), format!("{word} Straße")]),
        ("ΟΔΟΣ", vec!["οδος".to_owned(), "ΟΔΟΣ".to_owned(), "οδοσ".to_owned(), format!("ΟΔΟΣ{word}")]),
        ("İ", vec!["i".to_owned(), "I".to_owned(), "i\u{307}".to_owned(), "İstanbul".to_owned()]),
        ("k", vec!["\u{212a}".to_owned(), "K".to_owned(), "к".to_owned()]),
        ("ǆ", vec!["Ǆ".to_owned(), "ǅ".to_owned(), "dž".to_owned()]),
        ("é", vec!["É".to_owned(), "e\u{301}".to_owned(), "e".to_owned()]),
        (".*", vec![word.clone(), format!("{word} .* {word}"), "*.".to_owned()]),
        (" a\t", vec!["a".to_owned(), " a ".to_owned(), format!("{word} A\t{word}"), "a\t".to_owned()]),
        ("\n", vec![word.clone(), format!("{word}\n"), String::new()]),
    ];
    inputs.shuffle(&mut cases);
    for (pattern, lines) in cases {
        mark!("grep({pattern:?}, {lines:?})");
        let got: ::std::vec::Vec<::std::string::String> = grep(pattern, lines).collect();
        mark!("gave {got:?}");
    }
}

/// Two pipelines at once: each keeps its own place, its own unfinished line and its own pattern.
#[check]
fn two_pipelines(inputs: &mut Inputs) {
    let mut reads = |name: &str, lines: usize| {
        let mut reads = Vec::new();
        for _ in 0..lines {
            reads.extend([piece(format!("{name} ")), Given::End, piece(inputs.word() + "\n")]);
        }
        reads.extend([piece(format!("{name} half")), Given::End]);
        reads
    };
    let (one, two) = (reads("one", 1), reads("two", 2));
    mark!("one: follow(a source that gives {})", all_shown(&one));
    mark!("two: follow(a source that gives {})", all_shown(&two));
    let mut one = follow(growing(gives(one), Vec::new(), false).0, breaks_at(2, true));
    let mut two = follow(growing(gives(two), Vec::new(), false).0, breaks_at(3, true));
    for _ in 0..3 {
        mark!("one: next()");
        let got: ::std::option::Option<::std::string::String> = one.next();
        mark!("gave {got:?}; two: next()");
        let got: ::std::option::Option<::std::string::String> = two.next();
        mark!("gave {got:?}");
    }

    let (inner, outer) = (reads("inner", 1), reads("outer", 1));
    mark!("outer: follow(a source that gives {}, an idle that follows another)", all_shown(&outer));
    let idle = move || {
        mark!("inner: follow(a source that gives {}).next()", all_shown(&inner));
        let (source, _) = growing(gives(inner.clone()), Vec::new(), false);
        let got: ::std::option::Option<::std::string::String> = follow(source, breaks_at(2, true)).next();
        mark!("gave {got:?}");
        ControlFlow::Continue(())
    };
    let got: ::std::option::Option<::std::string::String> =
        follow(growing(gives(outer), Vec::new(), false).0, idle).next();
    mark!("outer: gave {got:?}");

    let words = inputs.words(2);
    let lines = vec![words[0].clone(), words.concat(), words[1].clone(), words[0].to_uppercase()];
    mark!("grep({:?}, lines) and grep({:?}, lines), lines are {lines:?}", words[0], words[1]);
    let (mut one, mut two) = (grep(&words[0], lines.clone()), grep(&words[1], lines));
    for _ in 0..2 {
        let (first, second): (::std::option::Option<String>, ::std::option::Option<String>) = (one.next(), two.next());
        mark!("next() gave {first:?} and {second:?}");
    }
}

/// The source, the lines and `idle` are borrowed, can't be copied, and are bound to this thread.
#[check]
fn lends(inputs: &mut Inputs) {
    struct Lines<'a> {
        left: &'a Cell<usize>,
        text: Rc<str>,
    }
    impl Iterator for Lines<'_> {
        type Item = String;
        fn next(&mut self) -> Option<String> {
            self.left.set(self.left.get().checked_sub(1)?);
            Some(format!("{} {}", self.text, self.left.get()))
        }
    }

    let text = format!("{}\n{}\n{}", inputs.word(), inputs.word(), inputs.word());
    let mut bytes = text.as_bytes();
    let source: &mut dyn BufRead = &mut bytes;
    let ends = Rc::new(Cell::new(0));
    let at_an_end = &ends;
    let idle: Box<dyn FnMut() -> ControlFlow<()> + '_> = Box::new(|| {
        at_an_end.update(|n| n + 1);
        ControlFlow::Break(())
    });
    mark!("follow(&mut dyn BufRead, Box<dyn FnMut() -> _>), over {text:?}");
    let got: ::std::vec::Vec<::std::string::String> = follow(source, idle).collect();
    mark!("gave {got:?}; idle counted {}", ends.get());

    let left = Cell::new(inputs.size(2..=4));
    let word = inputs.word();
    let found = grep(&word, Lines { left: &left, text: word.as_str().into() });
    mark!("grep of lines that borrow a counter, which is at {}", left.get());
    let got: ::std::vec::Vec<::std::string::String> = found.collect();
    mark!("gave {got:?}; the counter is at {}", left.get());
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

/// An error can't come out as a line; nor may it look like an end, whatever its kind and wherever it comes.
#[check]
fn errors(inputs: &mut Inputs) {
    use io::ErrorKind::{BrokenPipe, PermissionDenied, TimedOut, UnexpectedEof, WouldBlock};
    let mut kinds = [BrokenPipe, PermissionDenied, TimedOut, UnexpectedEof, WouldBlock];
    inputs.shuffle(&mut kinds);
    for (n, kind) in kinds.into_iter().enumerate() {
        let fault = Given::Fails(kind, format!("no {} left", inputs.word()));
        let reads = match n % 4 {
            0 => vec![piece(format!("{}\n{}\n", inputs.word(), inputs.word())), fault],
            1 => vec![piece(format!("{}\n{}", inputs.word(), inputs.word())), fault],
            2 => vec![fault],
            _ => vec![piece(format!("{}\n{}", inputs.word(), inputs.word())), Given::End, fault],
        };
        until_it_panics(reads);
    }
}

/// Only a whole line can be bad, and the good lines before it come out.
#[check]
fn not_text(inputs: &mut Inputs) {
    let mut bad = inputs.word().into_bytes();
    bad[inputs.size(0..=3)] = *inputs.pick(&[0x80, 0xff, 0xc0, 0xf8]);
    let good = inputs.word() + "\n";
    let mut cases = [
        vec![piece([good.as_bytes(), &bad, b"\n", good.as_bytes()].concat())],
        vec![piece([inputs.word().as_bytes(), b"\xd0\n"].concat())],
        vec![piece(good), piece(b"\xed\xa0\x80\n")],
        vec![piece(bad), Given::End],
    ];
    inputs.shuffle(&mut cases);
    for reads in cases {
        until_it_panics(reads);
    }
}

/// Asks for lines until there is none, or a panic; what comes after that is in no rule.
fn until_it_panics(reads: Vec<Given>) {
    mark!("follow(a source that gives {})", all_shown(&reads));
    let (source, idle) = growing(gives(reads), vec![Growth::default()], false);
    let mut lines = follow(source, idle);
    for _ in 0..4 {
        let got = catch(|| lines.next());
        let over = !matches!(got, Ok(Some(_)));
        mark!("next() {}", said(got));
        if over {
            break;
        }
    }
}

probe::main!(
    slide,
    on_demand,
    line_by_line,
    leaves_the_rest,
    whole_lines,
    inside_a_character,
    each_end,
    interruptions,
    many,
    ends_for_good,
    ignores_case,
    to_lowercase,
    grep_of_grep,
    two_pipelines,
    lends,
    real_file,
    errors,
    not_text,
);
