//! Observes lesson 10: who is sent which item, in which order, what is read when, and who has had enough.

mod source;

use lesson_10::{Sink, broadcast, follow, printer};
use probe::{Inputs, check, mark};
use source::{Broken, Piece, Source};
use std::cell::Cell;
use std::io::{self, BufRead, ErrorKind, Read};
use std::ops::ControlFlow;
use std::rc::Rc;

/// A target with a name: it marks what it is sent, and breaks when it has had enough.
struct Target {
    name: char,
    wants: u64,
}

impl Target {
    fn insatiable(name: char) -> Self {
        Target { name, wants: u64::MAX }
    }
}

impl Sink<String> for Target {
    fn send(&mut self, item: String) -> ControlFlow<()> {
        let name = self.name;
        match self.wants {
            0 => mark!("  {name} is sent {item:?}, after its Break!"),
            1 => mark!("  {name} is sent {item:?}, and breaks"),
            _ => mark!("  {name} is sent {item:?}"),
        }
        self.wants = self.wants.saturating_sub(1);
        if self.wants == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

/// So many targets, named from `first` on, that never have enough.
fn targets(first: char, n: usize) -> Vec<Target> {
    (first..).take(n).map(Target::insatiable).collect()
}

fn names(targets: &[Target]) -> String {
    targets.iter().map(|target| target.name.to_string()).collect::<Vec<_>>().join(", ")
}

/// The targets as `broadcast` takes them.
fn borrowed(targets: &mut [Target]) -> Vec<&mut dyn Sink<String>> {
    targets.iter_mut().map(|target| target as &mut dyn Sink<String>).collect()
}

/// Sends a new word, and marks the answer.
fn send(to: &mut dyn Sink<String>, name: &str, inputs: &mut Inputs) {
    let item = inputs.word();
    mark!("{name}send({item:?})");
    let got: ::std::ops::ControlFlow<()> = to.send(item);
    mark!("{got:?}");
}

/// An `idle` that goes on so often, and then breaks.
fn idle(mut goes_on: u32) -> impl FnMut() -> ControlFlow<()> {
    move || match goes_on.checked_sub(1) {
        Some(left) => {
            mark!("idle: Continue");
            goes_on = left;
            ControlFlow::Continue(())
        }
        None => {
            mark!("idle: Break");
            ControlFlow::Break(())
        }
    }
}

/// Follows the script into a target that wants so many lines.
fn followed(script: impl IntoIterator<Item = Piece>, idles: u32, wants: u64) {
    let mut target = Target { name: 'a', wants };
    let mut source = Source::of(script);
    let got: ::std::io::Result<()> = follow(&mut source, idle(idles), &mut target);
    match got {
        Err(error) => {
            let own = error.get_ref().is_some_and(|cause| cause.is::<Broken>());
            mark!("returned the error {:?}: {error}; it is the source's own: {own}", error.kind());
        }
        Ok(()) => mark!("returned Ok(())"),
    }
    if !source.given.is_empty() {
        mark!("not taken out of the source: {:?}", String::from_utf8_lossy(&source.given));
    }
}

fn text(text: impl Into<String>) -> Piece {
    Piece::Text(text.into())
}

/// The slide's own line, printed by two printers.
#[check]
fn slide(_: &mut Inputs) {
    mark!("broadcast([printer(), printer()])");
    let (mut first, mut second) = (printer(), printer());
    let mut both = broadcast(vec![&mut first, &mut second]);
    mark!("follow(a log that says \"python\\n\")");
    let idle = || {
        mark!("idle: the log is at its end; Break");
        ControlFlow::Break(())
    };
    let got: ::std::io::Result<()> = follow("python\n".as_bytes(), idle, &mut both);
    mark!("returned {got:?}");
}

/// A printer adds nothing, takes nothing away, loses nothing, and always wants more; and so does another beside it.
#[check]
fn prints(inputs: &mut Inputs) {
    let (first, spaced, last) = (inputs.word(), inputs.word(), inputs.word());
    let mut texts = [
        format!("    {spaced}  \n"),
        "\n".to_owned(),
        format!("привет, {}\r\n", inputs.text(4..=6)),
        format!("{{{spaced}}} {{}} %s\n"),
        String::new(),
        format!("{spaced}\n{spaced}\n\n"),
        last.clone(),
        last,
    ];
    let in_any_order = texts.len() - 2;
    inputs.shuffle(&mut texts[..in_any_order]);
    mark!("printer(), and another one");
    let (mut printer, mut another) = (printer(), printer());
    for text in [format!("{first}\n")].into_iter().chain(texts) {
        mark!("send({text:?})");
        let got: ::std::ops::ControlFlow<()> = printer.send(text);
        mark!("{got:?}");
    }
    mark!("the other one: send({first:?})");
    let got: ::std::ops::ControlFlow<()> = another.send(first);
    mark!("{got:?}");
}

/// Item by item, and each one goes down the list; a broadcast in the list sends it on before the next target's turn.
#[check]
fn order(inputs: &mut Inputs) {
    let (n_before, n_inner, n_after) = (inputs.size(1..=2), inputs.size(2..=3), inputs.size(1..=2));
    let mut before = targets('a', n_before);
    let mut inner = targets('p', n_inner);
    let mut after = targets('x', n_after);
    let list = format!("{}, broadcast([{}]), {}", names(&before), names(&inner), names(&after));
    mark!("broadcast([{list}])");
    let mut inner = broadcast(borrowed(&mut inner));
    let mut all = borrowed(&mut before);
    all.push(&mut inner);
    all.extend(borrowed(&mut after));
    let mut all = broadcast(all);
    for _ in 0..2 {
        send(&mut all, "", inputs);
    }
}

/// A thousand targets and more: each is sent each item, once.
#[check]
fn many(inputs: &mut Inputs) {
    struct Count<'a>(u32, &'a Cell<u32>);

    impl Sink<u64> for Count<'_> {
        fn send(&mut self, _: u64) -> ControlFlow<()> {
            if self.1.replace(self.0) > self.0 {
                mark!("{} comes after the one behind it", self.0);
            }
            self.0 += 10_000;
            ControlFlow::Continue(())
        }
    }

    let (n, items) = (inputs.number(1_000..=1_999) as u32, inputs.number(10..=19));
    mark!("a broadcast to {n} targets, {items} items");
    let newest = Cell::new(0);
    let mut counts: Vec<Count<'_>> = (0..n).map(|number| Count(number, &newest)).collect();
    let mut all = broadcast(counts.iter_mut().map(|count| count as &mut dyn Sink<u64>).collect());
    let goes_on = (0..items).filter(|item| all.send(*item).is_continue()).count();
    mark!("Continue, {goes_on} times");
    drop(all);
    let sent: Vec<u32> = counts.iter().map(|count| count.0 / 10_000).collect();
    mark!("the targets were sent from {:?} to {:?} items", sent.iter().min(), sent.iter().max());
}

/// One target of several breaks: it is let go, and nothing changes for the others.
#[check]
fn leaves(inputs: &mut Inputs) {
    let mut several = targets('a', inputs.size(4..=5));
    // With two targets after it at the least, so that a list which is mended in another order shows.
    let breaker = inputs.size(0..=several.len() - 3);
    several[breaker].wants = inputs.number(1..=2);
    mark!("broadcast([{}])", names(&several));
    let mut all = broadcast(borrowed(&mut several));
    for _ in 0..3 {
        send(&mut all, "", inputs);
    }
}

/// Several break on one item: neighbours, the first and the last, all but one; and in a broadcast within.
#[check]
fn leave_together(inputs: &mut Inputs) {
    let mut cases: [&[usize]; 5] = [&[0, 1], &[1, 2], &[3, 4], &[0, 4], &[0, 1, 2, 4]];
    inputs.shuffle(&mut cases);
    for breakers in cases {
        let mut several = targets('a', 5);
        let at = inputs.number(1..=2);
        for breaker in breakers {
            several[*breaker].wants = at;
        }
        mark!("broadcast([{}])", names(&several));
        let mut all = broadcast(borrowed(&mut several));
        for _ in 0..=at {
            send(&mut all, "", inputs);
        }
    }
    let (mut a, mut two, mut z) = (targets('a', 1), targets('p', 2), targets('z', 1));
    a[0].wants = 1;
    two[0].wants = 1;
    two[1].wants = 1;
    mark!("broadcast([a, broadcast([p, q]), z])");
    let mut inner = broadcast(borrowed(&mut two));
    let mut all = borrowed(&mut a);
    all.push(&mut inner);
    all.extend(borrowed(&mut z));
    let mut all = broadcast(all);
    for _ in 0..2 {
        send(&mut all, "", inputs);
    }
}

/// A broadcast that has no target left breaks, to another broadcast as well; and so does one that never had any.
#[check]
fn last_one(inputs: &mut Inputs) {
    mark!("broadcast([])");
    let mut nobody = broadcast(Vec::new());
    for _ in 0..3 {
        send(&mut nobody, "", inputs);
    }
    mark!("broadcast([a]); a breaks at once");
    let mut one = [Target { name: 'a', wants: 1 }];
    let mut all = broadcast(borrowed(&mut one));
    for _ in 0..3 {
        send(&mut all, "", inputs);
    }
    mark!("broadcast([a, b]); both break on one item");
    let mut two = [Target { name: 'a', wants: 2 }, Target { name: 'b', wants: 2 }];
    let mut all = broadcast(borrowed(&mut two));
    for _ in 0..3 {
        send(&mut all, "", inputs);
    }

    let mut two = targets('a', 2);
    let first = inputs.size(0..=1);
    two[first].wants = 1;
    two[1 - first].wants = 2;
    let mut other = Target { name: 'x', wants: 3 };
    mark!("broadcast([broadcast([a, b]), x])");
    let mut inner = broadcast(borrowed(&mut two));
    let mut all = broadcast(vec![&mut inner, &mut other]);
    for _ in 0..3 {
        send(&mut all, "", inputs);
    }
}

/// Lines that come in pieces are sent whole, and `idle` has its turn at the end of the log only.
#[check]
fn whole_lines(inputs: &mut Inputs) {
    let (one, two, three) = (inputs.word(), inputs.word(), inputs.word());
    let (half, rest) = two.split_at(inputs.size(1..=2));
    mark!("follow(a log that grows, …)");
    let mut script = vec![text(format!("{one}\n{half}")), Piece::End, text(rest), Piece::End, Piece::End];
    script.extend([text(format!("\n{three}\r\n")), Piece::End, text("\n\n"), Piece::End, text(half), Piece::End]);
    followed(script, 5, u64::MAX);

    let (first, second) = (inputs.text(4..=6), inputs.word());
    let mut letters: Vec<Piece> = Vec::new();
    for letter in format!("{first}\n  {second}\r \r\n").chars() {
        letters.push(text(letter));
        if inputs.number(1..=3) == 1 {
            letters.push(Piece::End);
        }
    }
    mark!("follow(a log that gives one letter at a time, …)");
    let ends = letters.iter().filter(|piece| matches!(piece, Piece::End)).count();
    followed(letters, ends as u32, u64::MAX);
}

/// Lines longer than any buffer, and many of them, come as they are and in their order.
#[check]
fn long(inputs: &mut Inputs) {
    struct Sums(Vec<(usize, bool)>);

    impl Sink<String> for Sums {
        fn send(&mut self, item: String) -> ControlFlow<()> {
            self.0.push((item.chars().count(), item.ends_with("ж\n") || item == "\n"));
            ControlFlow::Continue(())
        }
    }

    let lengths = [inputs.size(8_190..=8_200), 0, inputs.size(100_000..=101_000), 1, inputs.size(65_000..=66_000)];
    let log: String = lengths.iter().map(|length| "ж".repeat(*length) + "\n").collect();
    mark!("follow(lines of {lengths:?} letters, …)");
    let mut sums = Sums(Vec::new());
    let got: ::std::io::Result<()> = follow(log.as_bytes(), idle(0), &mut sums);
    mark!("returned {got:?}; sent, with the line end, and whether it is whole: {:?}", sums.0);
    mark!("follow(a log that ends in the middle of a long line, …)");
    let halves = [inputs.size(8_190..=8_200), inputs.size(65_000..=66_000)].map(|length| "ж".repeat(length));
    let script = [text(&halves[0]), Piece::End, text(&halves[1]), Piece::End, text("\n")];
    let mut sums = Sums(Vec::new());
    let got: ::std::io::Result<()> = follow(Source::of(script), idle(2), &mut sums);
    mark!("returned {got:?}; sent, with the line end, and whether it is whole: {:?}", sums.0);
    let lines = inputs.size(10_000..=10_900);
    mark!("follow({lines} lines, …)");
    let mut sums = Sums(Vec::new());
    let got: ::std::io::Result<()> = follow("ж\n".repeat(lines).as_bytes(), idle(0), &mut sums);
    mark!(
        "returned {got:?}; {} lines were sent, {} of them whole",
        sums.0.len(),
        sums.0.iter().filter(|line| line.1).count()
    );
}

/// When the target has had enough, nothing more is read, and nobody waits for more.
#[check]
fn stops(inputs: &mut Inputs) {
    let n = inputs.size(4..=5);
    let lines: String = (0..n).map(|_| inputs.word() + "\n").collect();
    let mut target = Target::insatiable('a');
    target.wants = inputs.number(1..=3);
    let idle = || {
        mark!("idle: the log is at its end; Break");
        ControlFlow::Break(())
    };
    mark!("follow(a log that says {lines:?})");
    let mut log = lines.as_bytes();
    let got: ::std::io::Result<()> = follow(&mut log, idle, &mut target);
    mark!("returned {got:?}");
    mark!("not read: {:?}", String::from_utf8_lossy(log));

    let (one, two) = (inputs.word(), inputs.word());
    mark!("follow(a log whose last line is enough, …)");
    followed([text(format!("{one}\n"))], 2, 1);
    mark!("follow(a log that ends before its second line does, …); the second is enough");
    followed([text(format!("{one}\n{two}")), Piece::End, text("\n"), text(one.clone())], 2, 2);
    mark!("follow(a log, broadcast([]))");
    let mut source = Source::of([text(format!("{one}\n")), text(two)]);
    let got: ::std::io::Result<()> = follow(&mut source, self::idle(1), &mut broadcast(Vec::new()));
    mark!("returned {got:?}");
}

/// When `idle` breaks, it is over at once, and what is not whole is nobody's.
#[check]
fn idle_breaks(inputs: &mut Inputs) {
    let (one, two) = (inputs.word(), inputs.word());
    let mut cases = [
        vec![],
        vec![text(format!("{one}\n"))],
        vec![text(format!("{one}\n{two}"))],
        vec![text(two.clone())],
        vec![text(format!("{one}\n{two}\r"))],
    ];
    inputs.shuffle(&mut cases);
    for mut script in cases {
        script.extend([Piece::End, text(format!("{one}\n"))]);
        mark!("follow(a log, …); idle breaks at once");
        followed(script, 0, u64::MAX);
    }
}

/// An error of the source comes out as it is, wherever it happens, and ends all.
#[check]
fn source_fails(inputs: &mut Inputs) {
    let (one, two) = (inputs.word(), inputs.word());
    let mut kinds = [
        ErrorKind::UnexpectedEof,
        ErrorKind::WouldBlock,
        ErrorKind::PermissionDenied,
        ErrorKind::TimedOut,
        ErrorKind::BrokenPipe,
    ];
    inputs.shuffle(&mut kinds);
    let mut places = [
        vec![],
        vec![text(format!("{one}\n"))],
        vec![text(format!("{one}\n{two}"))],
        vec![text(two), Piece::End],
        vec![Piece::End, Piece::End],
    ];
    inputs.shuffle(&mut places);
    for (kind, mut script) in kinds.into_iter().zip(places) {
        script.extend([Piece::Fails(io::Error::new(kind, Broken(inputs.word()))), text(format!("\n{one}\n"))]);
        mark!("follow(a log that fails, …)");
        followed(script, 2, u64::MAX);
    }
}

/// Two pipelines at a time: one runs in the `idle` of the other, and neither knows of it.
#[check]
fn two(inputs: &mut Inputs) {
    let words = inputs.words(4);
    let (half, rest) = words[0].split_at(2);
    let mut target = Target { name: 'a', wants: 2 };
    let mut inner_idle = false;
    let inner = format!("{}\n{}", words[1], words[2]);
    mark!("follow(a log, …), and in its idle another follow");
    let outer_idle = || {
        if inner_idle {
            mark!("idle: Break");
            return ControlFlow::Break(());
        }
        inner_idle = true;
        mark!("idle: another follow begins");
        followed([text(inner.clone())], 0, 9);
        mark!("idle: Continue");
        ControlFlow::Continue(())
    };
    let source = Source::of([text(half), Piece::End, text(format!("{rest}\n{}\n", words[3]))]);
    let got: ::std::io::Result<()> = follow(source, outer_idle, &mut target);
    mark!("returned {got:?}");

    mark!("one = broadcast([a, b]), other = broadcast([x]); a and x break at once");
    let (mut ab, mut x) = (targets('a', 2), targets('x', 1));
    ab[0].wants = 1;
    x[0].wants = 1;
    let (mut one, mut other) = (broadcast(borrowed(&mut ab)), broadcast(borrowed(&mut x)));
    for _ in 0..2 {
        send(&mut one, "one.", inputs);
        send(&mut other, "other.", inputs);
    }
}

/// Items need not be strings: here each target is sent its own handle of one shared text.
#[check]
fn any_item(inputs: &mut Inputs) {
    struct Reader {
        name: char,
        text: Rc<str>,
    }

    impl Sink<Rc<str>> for Reader {
        fn send(&mut self, item: Rc<str>) -> ControlFlow<()> {
            mark!("  {} is sent {item:?}; the very same text: {}", self.name, Rc::ptr_eq(&self.text, &item));
            ControlFlow::Continue(())
        }
    }

    /// Can be cloned, and nothing else.
    #[derive(Clone)]
    struct Borrowed<'a>(&'a Cell<u32>);

    struct Adds<'a>(&'a str);

    impl<'a> Sink<Borrowed<'a>> for Adds<'_> {
        fn send(&mut self, item: Borrowed<'a>) -> ControlFlow<()> {
            item.0.set(item.0.get() + self.0.len() as u32);
            ControlFlow::Continue(())
        }
    }

    let text: Rc<str> = inputs.word().into();
    let n = inputs.size(2..=4);
    let mut readers: Vec<_> = ('a'..).take(n).map(|name| Reader { name, text: text.clone() }).collect();
    mark!("a broadcast of Rc<str> to {n} targets");
    let mut all = broadcast(readers.iter_mut().map(|reader| reader as &mut dyn Sink<Rc<str>>).collect());
    mark!("send({text:?})");
    let got: ::std::ops::ControlFlow<()> = all.send(text);
    mark!("{got:?}");

    mark!("a broadcast of something borrowed, to two targets that borrow");
    let (sum, word) = (Cell::new(0), inputs.word());
    let (mut first, mut second) = (Adds(&word), Adds("."));
    let mut both = broadcast(vec![&mut first, &mut second]);
    let got: ::std::ops::ControlFlow<()> = both.send(Borrowed(&sum));
    drop(both);
    mark!("{got:?}; the sum is {}, for {:?} and {:?}", sum.get(), first.0, second.0);
}

probe::main!(
    slide,
    prints,
    order,
    many,
    leaves,
    leave_together,
    last_one,
    whole_lines,
    long,
    stops,
    idle_breaks,
    source_fails,
    two,
    any_item
);
