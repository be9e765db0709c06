//! Observes lesson 11: what a task runs, when, and with what; and where its number comes from.

use lesson_11::{Coroutine, Step, Task, TaskId, TaskIds, foo};
use probe::{Inputs, OnDrop, catch, check, mark};
use std::cell::Cell;
use std::collections::VecDeque;
use std::marker::PhantomPinned;
use std::panic::panic_any;
use std::rc::Rc;

/// A coroutine that marks what it is resumed with, and yields so many times.
struct Echo {
    yields: u32,
    _until_dropped: Option<OnDrop>,
}

impl Echo {
    fn of(yields: u32) -> Self {
        Echo { yields, _until_dropped: None }
    }
}

impl Coroutine<Option<String>> for Echo {
    type Yield = ();
    type Return = ();

    fn resume(&mut self, sent: Option<String>) -> Step<(), ()> {
        mark!("  the coroutine is resumed with {sent:?}");
        if self.yields == 0 {
            return Step::Complete(());
        }
        self.yields -= 1;
        Step::Yielded(())
    }
}

/// A coroutine that yields the letters of a word, and returns how many there were.
struct Spell {
    word: String,
    spelt: usize,
}

impl Coroutine<Option<()>> for Spell {
    type Yield = char;
    type Return = usize;

    fn resume(&mut self, sent: Option<()>) -> Step<char, usize> {
        if sent.is_some() {
            mark!("  the coroutine is sent Some(())");
        }
        match self.word.chars().nth(self.spelt) {
            Some(letter) => {
                self.spelt += 1;
                Step::Yielded(letter)
            }
            None => Step::Complete(self.spelt),
        }
    }
}

/// A coroutine that owns neither what it yields nor what it is sent.
struct Compare<'a> {
    words: std::slice::Iter<'a, String>,
}

impl<'a> Coroutine<Option<&'a str>> for Compare<'a> {
    type Yield = &'a str;
    type Return = ();

    fn resume(&mut self, sent: Option<&'a str>) -> Step<&'a str, ()> {
        mark!("  the coroutine is resumed with {sent:?}");
        self.words.next().map_or(Step::Complete(()), |word| Step::Yielded(word))
    }
}

/// The slide's task: two runs print, and the third finds the coroutine at its end.
#[check]
fn slide(_: &mut Inputs) {
    let mut ids = TaskIds::new();
    mark!("Task::new(…, foo(2))");
    let mut task = Task::new(ids.next_id(), foo(2));
    for _ in 0..3 {
        mark!("run()");
        let got: Step<(), ()> = task.run();
        mark!("returned {got:?}");
        if let Step::Complete(()) = got {
            break;
        }
    }
}

/// Making a task runs nothing; a task that never runs lets go of its coroutine all the same.
#[check]
fn lazy(inputs: &mut Inputs) {
    let mut ids = TaskIds::new();
    let n = inputs.number(1..=9) as u32;
    mark!("Task::new(…, foo({n}))");
    let mut counting = Task::new(ids.next_id(), foo(n));
    mark!("Task::new(…, foo(0))");
    let mut empty = Task::new(ids.next_id(), foo(0));
    let name = inputs.word();
    mark!("Task::new(…, a coroutine that keeps {name:?})");
    let never_run = Task::new(ids.next_id(), Echo { yields: 1, _until_dropped: Some(OnDrop::named(&name)) });
    let nothing: &Option<String> = &never_run.sendval;
    mark!("that task, whose sendval is {nothing:?}, is dropped, and was never run");
    drop(never_run);
    mark!("run() of foo(0)");
    let got: Step<(), ()> = empty.run();
    mark!("returned {got:?}");
    mark!("run() of foo({n})");
    let got: Step<(), ()> = counting.run();
    mark!("returned {got:?}");
}

/// What is put into `sendval` is sent by the next run, the first one included, and by that one only.
#[check]
fn sendval(inputs: &mut Inputs) {
    let mut ids = TaskIds::new();
    let mut task = Task::new(ids.next_id(), Echo::of(6));
    mark!("a new task, whose sendval is {:?}", task.sendval);
    for values in [1, 1, 0, 0, 2, 0] {
        for _ in 0..values {
            let value = inputs.word();
            mark!("sendval = Some({value:?})");
            task.sendval = Some(value);
        }
        mark!("run()");
        task.run();
    }
    mark!("sendval is {:?}", task.sendval);
    let last = inputs.word();
    mark!("sendval = Some({last:?}), and the coroutine completes");
    task.sendval = Some(last);
    let got: Step<(), ()> = task.run();
    mark!("returned {got:?}; sendval is {:?}", task.sendval);
}

/// Two tasks, each with its own letter box; what is sent may itself be an `Option`, empty, or the same again.
#[check]
fn letter_boxes(inputs: &mut Inputs) {
    /// Not `Clone`.
    #[derive(Debug)]
    struct Letter(#[expect(dead_code, reason = "it is shown")] String);

    /// Marks what it is sent.
    struct Reads(char);

    impl Coroutine<Option<Option<Letter>>> for Reads {
        type Yield = ();
        type Return = ();

        fn resume(&mut self, sent: Option<Option<Letter>>) -> Step<(), ()> {
            mark!("  {} is resumed with {sent:?}", self.0);
            Step::Yielded(())
        }
    }

    let mut ids = TaskIds::new();
    let (mut a, mut b) = (Task::new(ids.next_id(), Reads('a')), Task::new(ids.next_id(), Reads('b')));
    let (word, other) = (inputs.word(), inputs.text(4..=6));
    let mut letters = [Some(None), None, Some(Some(word.clone())), Some(Some(word)), Some(Some(String::new()))];
    inputs.shuffle(&mut letters);
    for letter in letters {
        let letter: Option<Option<Letter>> = letter.map(|letter| letter.map(Letter));
        mark!("a.sendval = {letter:?}, b.sendval = Some(Some(Letter({other:?}))); a.run(), a.run(), b.run()");
        a.sendval = letter;
        b.sendval = Some(Some(Letter(other.clone())));
        a.run();
        a.run();
        b.run();
    }
    mark!("a.sendval is {:?}, b.sendval is {:?}", a.sendval, b.sendval);
}

/// A run hands on what the coroutine yields, and what it returns, of whatever types.
#[check]
fn steps(inputs: &mut Inputs) {
    let mut ids = TaskIds::new();
    let word = inputs.text(4..=6);
    mark!("a task that spells {word:?}, and returns how many letters there were");
    let mut task = Task::new(ids.next_id(), Spell { word, spelt: 0 });
    loop {
        if inputs.flip() {
            task.sendval = Some(());
            mark!("sendval = Some(())");
        }
        let step: Step<char, usize> = task.run();
        mark!("run() returned {step:?}");
        if let Step::Complete(_) = step {
            break;
        }
    }
    mark!("a task that spells nothing");
    let step: Step<char, usize> = Task::new(ids.next_id(), Spell { word: String::new(), spelt: 0 }).run();
    mark!("run() returned {step:?}");
}

/// Two owners number their tasks, and neither knows of the other.
#[check]
fn ids(inputs: &mut Inputs) {
    let mut left = TaskIds::new();
    let mut right = TaskIds::new();
    let mut turns = ["left", "left", "left", "right", "right"];
    inputs.shuffle(&mut turns);
    for turn in turns {
        let tid: TaskId = if turn == "left" { left.next_id() } else { right.next_id() };
        let task = Task::new(tid, foo(0));
        let (tid, nothing): (TaskId, Option<()>) = (task.tid, task.sendval);
        mark!("a task of the {turn} one: {tid:?}, sendval {nothing:?}");
    }
    mark!("and a third owner");
    let mut third = TaskIds::new();
    let tid: TaskId = third.next_id();
    mark!("its first task: {tid:?}");
    let many = inputs.number(70_000..=79_000);
    let in_order = (2..=many).filter(|number| third.next_id().0 == *number).count();
    mark!("of the {} numbers after it, {in_order} are the next one", many - 1);
    let tid: TaskId = right.next_id();
    mark!("the next of the right one: {tid:?}");
}

/// A task is called what it was told to be called, however odd that is, and for as long as it lives.
#[check]
fn called(inputs: &mut Inputs) {
    let own = inputs.number(10..=99);
    let mut numbers = [own, own, 0, u64::MAX, inputs.number((1 << 40)..=(1 << 50)), 1];
    inputs.shuffle(&mut numbers);
    let mut queue: Vec<_> = numbers.into_iter().map(|number| Task::new(TaskId(number), foo(1))).collect();
    mark!("tasks that are called {numbers:?}");
    for task in &mut queue {
        for _ in 0..2 {
            let (before, step): (TaskId, Step<(), ()>) = (task.tid, task.run());
            let after: TaskId = task.tid;
            mark!("{before:?} runs, {step:?}; it is {after:?} now");
            if let Step::Complete(()) = step {
                break;
            }
        }
    }
}

/// `foo` counts from 0 up to what it was given, whatever it is sent.
#[check]
fn foos(inputs: &mut Inputs) {
    let n = inputs.number(3..=5) as u32;
    for (n, runs) in [(n, n + 1), (0, 1), (1, 2), (u32::MAX, 2)] {
        mark!("g = foo({n})");
        let mut g = foo(n);
        for i in 0..runs {
            let sent = (i % 2 == 1).then_some(());
            let got: Step<(), ()> = g.resume(sent);
            mark!("g.resume({sent:?}) returned {got:?}");
            if let Step::Complete(()) = got {
                break;
            }
        }
    }
    mark!("a = foo(3), b = foo(2); then one and the other, and each is moved in between");
    let mut both = [("a", foo(3)), ("b", foo(2))];
    for i in 0..3 {
        for (name, g) in &mut both {
            mark!("{name}.resume(None)");
            g.resume(None);
        }
        both.swap(0, 1);
        if i == 0 {
            mark!("c = foo(2) is made, resumed and dropped");
            foo(2).resume(None);
        }
    }
}

/// The picture of the slide, by hand: the first of the queue is run, and put at the tail if it has yielded.
#[check]
fn queue(inputs: &mut Inputs) {
    let mut ids = TaskIds::new();
    let mut queue = VecDeque::new();
    let mut ends = [1, 2, inputs.number(0..=2) as u32];
    inputs.shuffle(&mut ends);
    for n in ends {
        let task = Task::new(ids.next_id(), foo(n));
        mark!("{:?} runs foo({n})", task.tid);
        queue.push_back(task);
    }
    let mut turns = 0;
    while let Some(mut first) = queue.pop_front() {
        mark!("{:?} is the first: run()", first.tid);
        let step: Step<(), ()> = first.run();
        match step {
            Step::Yielded(()) => queue.push_back(first),
            Step::Complete(()) => mark!("{:?} is complete", first.tid),
        }
        turns += 1;
        if turns == 12 {
            break;
        }
    }
}

/// A coroutine may borrow, and so may what it is sent; what is yielded may be anything.
#[check]
fn borrowed(inputs: &mut Inputs) {
    /// Neither `Clone` nor `Debug` nor `Send`.
    struct Parcel<'a>(Rc<&'a Cell<u32>>);

    struct Pinned<'a>(&'a Cell<u32>, PhantomPinned);

    impl<'a> Coroutine<Option<Parcel<'a>>> for Pinned<'a> {
        type Yield = Parcel<'a>;
        type Return = Parcel<'a>;

        fn resume(&mut self, sent: Option<Parcel<'a>>) -> Step<Parcel<'a>, Parcel<'a>> {
            self.0.set(self.0.get() + 1);
            match sent {
                Some(parcel) => Step::Complete(parcel),
                None => Step::Yielded(Parcel(Rc::new(self.0))),
            }
        }
    }

    let words = [inputs.word(), inputs.word()];
    let letter = inputs.word();
    let mut ids = TaskIds::new();
    mark!("a task whose coroutine borrows {words:?}");
    let mut task = Task::new(ids.next_id(), Compare { words: words.iter() });
    for sent in [None, Some(letter.as_str()), None] {
        mark!("sendval = {sent:?}; run()");
        task.sendval = sent;
        let step: Step<&str, ()> = task.run();
        mark!("returned {step:?}");
    }

    mark!("a task that counts its runs in a cell, and yields the cell");
    let runs = Cell::new(0);
    let mut task = Task::new(ids.next_id(), Pinned(&runs, PhantomPinned));
    let Step::Yielded(parcel) = task.run() else { return mark!("it has completed") };
    mark!("it has run {} time(s); the cell is sent back", parcel.0.get());
    task.sendval = Some(parcel);
    let Step::Complete(parcel) = task.run() else { return mark!("it has yielded") };
    mark!("it has run {} time(s), and returned the cell", parcel.0.get());
}

/// What a task holds goes when it goes, wherever it stands; a panic of its coroutine comes out of `run`.
#[check]
fn drops(inputs: &mut Inputs) {
    /// Yields so often, then ends or panics. Its letters say when they are dropped.
    struct Short {
        yields: u32,
        panics: Option<Box<dyn FnOnce()>>,
        _local: OnDrop,
    }

    impl Coroutine<Option<OnDrop>> for Short {
        type Yield = ();
        type Return = ();

        fn resume(&mut self, _: Option<OnDrop>) -> Step<(), ()> {
            if let Some(left) = self.yields.checked_sub(1) {
                self.yields = left;
                return Step::Yielded(());
            }
            if let Some(panics) = self.panics.take() {
                panics();
            }
            Step::Complete(())
        }
    }

    let words = inputs.words(2);
    let (first, second) = (words[0].clone(), words[1].clone());
    let mut cases: Vec<(u32, u32, Option<Box<dyn FnOnce()>>)> = vec![
        (2, 0, None),
        (2, 1, None),
        (1, 2, None),
        (0, 1, None),
        (0, 1, Some(Box::new(move || panic!("{first}")))),
        (1, 2, Some(Box::new(move || panic!("{second}")))),
        (1, 2, Some(Box::new(|| panic_any(7)))),
    ];
    inputs.shuffle(&mut cases);
    for (yields, runs, panics) in cases {
        let dropped = std::sync::Arc::new(std::sync::atomic::AtomicU32::new(0));
        let counted = || {
            let dropped = std::sync::Arc::clone(&dropped);
            OnDrop::call(move || {
                dropped.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            })
        };
        let then = if panics.is_some() { "panics" } else { "completes" };
        mark!("a task that yields {yields} time(s), then {then}; it is sent something, and run {runs} time(s)");
        let mut task = Task::new(TaskId(1), Short { yields, panics, _local: counted() });
        for _ in 0..runs {
            task.sendval = Some(counted());
            match catch(|| task.run()) {
                Ok(step) => {
                    let step: Step<(), ()> = step;
                    mark!("run() returned {step:?}");
                }
                Err(message) => {
                    mark!("run() panicked: {message}; sendval is left: {}", task.sendval.is_some());
                    break;
                }
            }
        }
        task.sendval = Some(counted());
        drop(task);
        let dropped = dropped.load(std::sync::atomic::Ordering::Relaxed);
        mark!("the task is gone; of it and its {} letter(s), {dropped} were dropped", runs + 1);
    }
}

probe::main!(slide, lazy, sendval, letter_boxes, steps, ids, called, foos, queue, borrowed, drops);
