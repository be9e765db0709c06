//! Observes lesson 11: what a task runs, when, and with what; and where its number comes from.

use lesson_11::{Coroutine, Step, Task, TaskId, TaskIds, foo};
use probe::{Inputs, OnDrop, check, mark};
use std::collections::VecDeque;

/// A coroutine that marks what it is resumed with, and yields so many times.
struct Echo {
    yields: u32,
    _until_dropped: Option<OnDrop>,
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

    fn resume(&mut self, _: Option<()>) -> Step<char, usize> {
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
    let mut task = Task::new(ids.next_id(), Echo { yields: 6, _until_dropped: None });
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
}

/// A run hands on what the coroutine yields, and what it returns, of whatever types.
#[check]
fn steps(inputs: &mut Inputs) {
    let mut ids = TaskIds::new();
    let word = inputs.word();
    mark!("a task that spells {word:?}, and returns how many letters there were");
    let mut task = Task::new(ids.next_id(), Spell { word, spelt: 0 });
    loop {
        let step: Step<char, usize> = task.run();
        mark!("run() returned {step:?}");
        if let Step::Complete(_) = step {
            break;
        }
    }
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
    let tid: TaskId = TaskIds::new().next_id();
    mark!("its first task: {tid:?}");
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
    while let Some(mut first) = queue.pop_front() {
        mark!("{:?} is the first: run()", first.tid);
        let step: Step<(), ()> = first.run();
        match step {
            Step::Yielded(()) => queue.push_back(first),
            Step::Complete(()) => mark!("{:?} is complete", first.tid),
        }
    }
}

/// A coroutine may borrow, and so may what it is sent.
#[check]
fn borrowed(inputs: &mut Inputs) {
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
}

probe::main!(slide, lazy, sendval, steps, ids, queue, borrowed);
