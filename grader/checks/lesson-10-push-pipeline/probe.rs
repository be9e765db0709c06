//! Observes lesson 10: who is sent which item, in which order, and what becomes of a target that has had enough.

use lesson_10::{Sink, broadcast, follow, printer};
use probe::{Inputs, check, mark};
use std::cell::Cell;
use std::io::{self, BufRead, Read};
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

/// A log that others append to: what is not written yet can't be read.
struct Log<'a> {
    text: &'a [u8],
    written: &'a Cell<usize>,
    read: usize,
}

impl BufRead for Log<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        Ok(&self.text[self.read..self.written.get()])
    }

    fn consume(&mut self, n: usize) {
        self.read += n;
    }
}

impl Read for Log<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(into)?;
        self.consume(n);
        Ok(n)
    }
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

/// A printer adds nothing, takes nothing away, loses nothing, and always wants more.
#[check]
fn prints(inputs: &mut Inputs) {
    let (first, spaced, last) = (inputs.word(), inputs.word(), inputs.word());
    let mut texts = [format!("    {spaced}\n"), "\n".to_owned(), format!("привет, {spaced}\n"), last];
    inputs.shuffle(&mut texts);
    mark!("printer()");
    let mut printer = printer();
    for text in [format!("{first}\n")].into_iter().chain(texts) {
        mark!("send({text:?})");
        let got: ::std::ops::ControlFlow<()> = printer.send(text);
        mark!("{got:?}");
    }
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
        let item = inputs.word();
        mark!("send({item:?})");
        let got: ::std::ops::ControlFlow<()> = all.send(item);
        mark!("{got:?}");
    }
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
        let item = inputs.word();
        mark!("send({item:?})");
        let got: ::std::ops::ControlFlow<()> = all.send(item);
        mark!("{got:?}");
    }
}

/// A broadcast that has no target left breaks, to another broadcast as well; and so does one that never had any.
#[check]
fn last_one(inputs: &mut Inputs) {
    mark!("broadcast([])");
    let mut nobody = broadcast(Vec::new());
    let item = inputs.word();
    mark!("send({item:?})");
    let got: ::std::ops::ControlFlow<()> = nobody.send(item);
    mark!("{got:?}");

    let mut two = targets('a', 2);
    let first = inputs.size(0..=1);
    two[first].wants = 1;
    two[1 - first].wants = 2;
    let mut other = Target { name: 'x', wants: 3 };
    mark!("broadcast([broadcast([a, b]), x])");
    let mut inner = broadcast(borrowed(&mut two));
    let mut all = broadcast(vec![&mut inner, &mut other]);
    for _ in 0..3 {
        let item = inputs.word();
        mark!("send({item:?})");
        let got: ::std::ops::ControlFlow<()> = all.send(item);
        mark!("{got:?}");
    }
}

/// Lines that come in pieces are sent whole, and `idle` has its turn at the end of the log only.
#[check]
fn whole_lines(inputs: &mut Inputs) {
    let (one, two, three) = (inputs.word(), inputs.word(), inputs.word());
    let (half, rest) = two.split_at(inputs.size(1..=2));
    let mut pieces = [format!("{one}\n{half}"), rest.to_owned(), format!("\n{three}\r\n")].into_iter();
    let text = format!("{one}\n{two}\n{three}\r\n");

    let first = pieces.next().unwrap_or_default();
    let written = Cell::new(first.len());
    let log = Log { text: text.as_bytes(), written: &written, read: 0 };
    let idle = || match pieces.next() {
        Some(piece) => {
            mark!("idle: {piece:?} is appended; Continue");
            written.set(written.get() + piece.len());
            ControlFlow::Continue(())
        }
        None => {
            mark!("idle: that was all; Break");
            ControlFlow::Break(())
        }
    };
    mark!("follow(a log that says {first:?})");
    let mut target = Target::insatiable('a');
    let got: ::std::io::Result<()> = follow(log, idle, &mut target);
    mark!("returned {got:?}");
}

/// When the target has had enough, nothing more is read, and nobody waits for more.
#[check]
fn stops(inputs: &mut Inputs) {
    let n = inputs.size(4..=5);
    let text: String = (0..n).map(|_| inputs.word() + "\n").collect();
    let mut target = Target::insatiable('a');
    target.wants = inputs.number(1..=3);
    let idle = || {
        mark!("idle: the log is at its end; Break");
        ControlFlow::Break(())
    };
    mark!("follow(a log that says {text:?})");
    let mut log = text.as_bytes();
    let got: ::std::io::Result<()> = follow(&mut log, idle, &mut target);
    mark!("returned {got:?}");
    mark!("not read: {:?}", String::from_utf8_lossy(log));
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

    let text: Rc<str> = inputs.word().into();
    let n = inputs.size(2..=4);
    let mut readers: Vec<_> = ('a'..).take(n).map(|name| Reader { name, text: text.clone() }).collect();
    mark!("a broadcast of Rc<str> to {n} targets");
    let mut all = broadcast(readers.iter_mut().map(|reader| reader as &mut dyn Sink<Rc<str>>).collect());
    mark!("send({text:?})");
    let got: ::std::ops::ControlFlow<()> = all.send(text);
    mark!("{got:?}");
}

probe::main!(slide, prints, order, leaves, last_one, whole_lines, stops, any_item);
