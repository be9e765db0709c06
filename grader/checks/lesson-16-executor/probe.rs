//! Observes lesson 16: which task is polled when, and who wakes whom, from this thread and from others.

use lesson_16::{Executor, bar, block_on, foo, yield_now};
use probe::{Gate, Inputs, OnDrop, check, mark};
use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Mutex, mpsc};
use std::task::{Context, Poll, Waker};
use std::thread;

/// Opens a gate, and says so if that was for nobody.
fn open(gate: &Gate) {
    if !gate.open() {
        mark!("nobody waits at gate {}", gate.name);
    }
}

/// A task that stops at its gate. Polled while that is shut, and nobody can have woken it, it gives up.
struct Passage {
    gate: Gate,
    _until: Option<OnDrop>,
    asleep: Option<mpsc::Sender<()>>,
}

impl Passage {
    fn through(gate: &Gate) -> Self {
        Passage { gate: gate.clone(), _until: None, asleep: None }
    }
}

impl Future for Passage {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let name = self.gate.name;
        if self.gate.is_awaited() {
            mark!("{name} is polled, and nobody woke it");
            return Poll::Ready(());
        }
        if self.gate.poll_pass(cx).is_ready() {
            mark!("{name} goes through its gate");
            return Poll::Ready(());
        }
        mark!("{name} stops at its gate");
        if let Some(asleep) = self.asleep.take() {
            let _ = asleep.send(());
        }
        Poll::Pending
    }
}

/// A task that tells of each poll, leaves its waker behind, and does as it was told.
struct Sleeper {
    name: char,
    polls: u32,
    shared: Arc<Mutex<Bedside>>,
}

/// What a [`Sleeper`] shares with its check.
#[derive(Default)]
struct Bedside {
    waker: Option<Waker>,
    wakes_itself: u32,
    is_over: bool,
}

impl Sleeper {
    fn named(name: char) -> (Self, Arc<Mutex<Bedside>>) {
        let shared: Arc<Mutex<Bedside>> = Arc::default();
        (Sleeper { name, polls: 0, shared: Arc::clone(&shared) }, shared)
    }
}

impl Future for Sleeper {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.polls += 1;
        let (name, polls) = (self.name, self.polls);
        let mut shared = self.shared.lock().expect("nobody panics with it");
        shared.waker = Some(cx.waker().clone());
        let (wakes, is_over) = (std::mem::take(&mut shared.wakes_itself), shared.is_over || polls == 9);
        drop(shared);
        match wakes {
            0 => mark!("{name}: poll {polls}"),
            _ => mark!("{name}: poll {polls}, it wakes itself, {wakes} times"),
        }
        for _ in 0..wakes {
            cx.waker().wake_by_ref();
        }
        if is_over { Poll::Ready(()) } else { Poll::Pending }
    }
}

fn waker_of(bedside: &Mutex<Bedside>) -> Waker {
    bedside.lock().expect("nobody panics with it").waker.clone().unwrap_or_else(|| Waker::noop().clone())
}

/// Lesson 13's program.
#[check]
fn slide(_: &mut Inputs) {
    mark!("spawn(foo(2)), spawn(bar(2))");
    let mut executor = Executor::new();
    executor.spawn(foo(2));
    executor.spawn(bar(2));
    mark!("mainloop");
    executor.mainloop();
    mark!("mainloop is over");
}

/// Nothing runs at the spawn; numbers are the executor's own; a task is dropped before its message.
#[check]
fn tasks(inputs: &mut Inputs) {
    struct Held {
        _until: OnDrop,
    }

    impl Future for Held {
        type Output = ();

        fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
            mark!("task 3 is polled");
            Poll::Ready(())
        }
    }

    let (few, many) = (inputs.number(0..=1) as u32, inputs.number(2..=3) as u32);
    let (n, m) = if inputs.flip() { (few, many) } else { (many, few) };

    mark!("mainloop, and there is no task");
    let mut executor = Executor::new();
    executor.mainloop();
    let tid: ::lesson_16::TaskId = executor.spawn(foo(n));
    mark!("spawn(foo({n})): {tid:?}");
    let tid: ::lesson_16::TaskId = executor.spawn(bar(m));
    mark!("spawn(bar({m})): {tid:?}");
    let tid: ::lesson_16::TaskId = executor.spawn(Held { _until: OnDrop::named("task 3") });
    mark!("spawn of a third one: {tid:?}");
    mark!("mainloop");
    executor.mainloop();
    let tid: ::lesson_16::TaskId = executor.spawn(foo(1));
    mark!("spawn(foo(1)): {tid:?}");
    mark!("mainloop");
    executor.mainloop();

    mark!("a second executor");
    let mut second = Executor::new();
    let tid: ::lesson_16::TaskId = second.spawn(bar(0));
    mark!("spawn(bar(0)): {tid:?}");
    mark!("mainloop");
    second.mainloop();
    mark!("mainloop is over");
}

/// One future: polled at once, then after each wake, here or from a thread; in between the thread sleeps.
#[check]
fn one_future(inputs: &mut Inputs) {
    let (number, rounds) = (inputs.number(10..=99), inputs.number(3..=4));

    mark!("block_on(async {{ {number} }})");
    let got: u64 = block_on(async move { number });
    mark!("returned {got}");

    mark!("block_on, a future that yields twice");
    let got: ::std::string::String = block_on(async move {
        mark!("poll 1");
        yield_now().await;
        mark!("poll 2");
        yield_now().await;
        mark!("poll 3");
        number.to_string()
    });
    mark!("returned {got:?}");

    mark!("block_on, woken {rounds} times by threads");
    let is_woken = Arc::new(AtomicBool::new(true));
    let threads: Arc<Mutex<Vec<_>>> = Arc::default();
    let started = Arc::clone(&threads);
    let mut polls = 0;
    let got: u64 = block_on(std::future::poll_fn(move |cx| {
        polls += 1;
        if !is_woken.swap(false, SeqCst) {
            mark!("polled, and nobody woke it");
            return Poll::Ready(0);
        }
        mark!("poll {polls}");
        if polls > rounds {
            return Poll::Ready(polls);
        }
        let (waker, is_woken) = (cx.waker().clone(), Arc::clone(&is_woken));
        let thread = thread::spawn(move || {
            // Leaves a `block_on` that does not sleep all the time it needs to show itself.
            (0..200).for_each(|_| thread::yield_now());
            is_woken.store(true, SeqCst);
            waker.wake();
        });
        started.lock().expect("nobody panics with it").push(thread);
        Poll::Pending
    }));
    mark!("returned {got}");
    for thread in threads.lock().expect("nobody panics with it").drain(..) {
        thread.join().expect("it only wakes");
    }
}

/// A wake that comes before the poll is over, by a thread that is gone by then; and one whose unpark is used up.
#[check]
fn wake_kept(inputs: &mut Inputs) {
    let mut words = [inputs.word(), inputs.word()];
    inputs.shuffle(&mut words);
    let [by_thread, by_itself] = words;

    mark!("block_on, woken by a thread that ends before poll 1 does");
    let mut polls = 0;
    let got: ::std::string::String = block_on(std::future::poll_fn(move |cx| {
        polls += 1;
        mark!("poll {polls}");
        if polls == 2 {
            return Poll::Ready(by_thread.clone());
        }
        let waker = cx.waker().clone();
        thread::spawn(|| waker.wake()).join().expect("it only wakes");
        Poll::Pending
    }));
    mark!("returned {got:?}");

    mark!("block_on, woken in poll 1, which parks the thread as well");
    let mut polls = 0;
    let got: ::std::string::String = block_on(std::future::poll_fn(move |cx| {
        polls += 1;
        mark!("poll {polls}");
        if polls == 2 {
            return Poll::Ready(by_itself.clone());
        }
        cx.waker().wake_by_ref();
        // What a lock or a channel may do inside: from here on the thread has no unpark to its credit.
        thread::current().unpark();
        thread::park();
        Poll::Pending
    }));
    mark!("returned {got:?}");
}

/// Only who was woken is polled, in the order of the wakes.
#[check]
fn polls(inputs: &mut Inputs) {
    let n = inputs.size(3..=4);
    let gates: Vec<Gate> = ('a'..='d').take(n).map(Gate::shut).collect();
    let mut order: Vec<usize> = (0..n).collect();
    while order[0] < order[1] {
        inputs.shuffle(&mut order);
    }
    let mut executor = Executor::new();
    mark!("spawn of {n} tasks, each with a gate");
    for gate in &gates {
        executor.spawn(Passage::through(gate));
    }
    mark!("run_ready");
    let left: usize = executor.run_ready();
    mark!("{left} left; run_ready again");
    let left: usize = executor.run_ready();
    mark!("{left} left");
    for batch in [&order[..2], &order[2..]] {
        for &i in batch {
            mark!("gate {} opens", gates[i].name);
            open(&gates[i]);
        }
        mark!("run_ready");
        let left: usize = executor.run_ready();
        mark!("{left} left; run_ready again");
        let left: usize = executor.run_ready();
        mark!("{left} left");
    }
}

/// Many wakes make one poll, and a wake during a poll makes one more.
#[check]
fn wakes(inputs: &mut Inputs) {
    let times = inputs.number(2..=4) as u32;
    let mut executor = Executor::new();
    let (a, at_a) = Sleeper::named('a');
    let (b, at_b) = Sleeper::named('b');
    mark!("spawn of a and b");
    executor.spawn(a);
    executor.spawn(b);
    mark!("run_ready");
    let left: usize = executor.run_ready();
    mark!("{left} left");

    let mut order = [&at_a, &at_b, &at_b, &at_a];
    inputs.shuffle(&mut order[..2]);
    let names = order.map(|bedside| if Arc::ptr_eq(bedside, &at_a) { "a" } else { "b" });
    mark!("woken: {}; run_ready", names.join(", "));
    for bedside in order {
        waker_of(bedside).wake();
    }
    let left: usize = executor.run_ready();
    mark!("{left} left");

    let (name, bedside) = if inputs.flip() { ('a', &at_a) } else { ('b', &at_b) };
    bedside.lock().expect("nobody panics with it").wakes_itself = times;
    mark!("woken: {name}; run_ready");
    waker_of(bedside).wake();
    let left: usize = executor.run_ready();
    mark!("{left} left; run_ready again");
    let left: usize = executor.run_ready();
    mark!("{left} left");

    for bedside in [&at_a, &at_b] {
        bedside.lock().expect("nobody panics with it").is_over = true;
        waker_of(bedside).wake();
    }
    mark!("both are told to end, and woken; run_ready");
    let left: usize = executor.run_ready();
    mark!("{left} left");
}

/// A waker that is called too late: after its task, then after its executor.
#[check]
fn late_wakes(inputs: &mut Inputs) {
    let mut executor = Executor::new();
    let over_first = inputs.flip();
    let (early, late) = if over_first { ('a', 'b') } else { ('b', 'a') };
    let (over, at_over) = Sleeper::named(early);
    at_over.lock().expect("nobody panics with it").is_over = true;
    let gate = Gate::shut(late);
    let waits = Passage { _until: Some(OnDrop::named(&format!("task {late}"))), ..Passage::through(&gate) };
    mark!("spawn of a and b; {early} is over at its first poll");
    if over_first {
        executor.spawn(over);
        executor.spawn(waits);
    } else {
        executor.spawn(waits);
        executor.spawn(over);
    }
    mark!("run_ready");
    let left: usize = executor.run_ready();
    mark!("{left} left");
    mark!("the waker of {early} is called; run_ready");
    waker_of(&at_over).wake();
    let left: usize = executor.run_ready();
    mark!("{left} left");

    mark!("spawn of c; run_ready");
    let c = Gate::shut('c');
    executor.spawn(Passage::through(&c));
    let left: usize = executor.run_ready();
    mark!("{left} left; the waker of {early} is called; run_ready");
    waker_of(&at_over).wake();
    let left: usize = executor.run_ready();
    mark!("{left} left");

    mark!("the executor is dropped");
    drop(executor);
    mark!("all wakers are called");
    waker_of(&at_over).wake();
    open(&gate);
    open(&c);
    mark!("that is all");
}

/// Tasks that share what can't leave their thread, and a future that borrows from its caller.
#[check]
fn local(inputs: &mut Inputs) {
    let words = [inputs.word(), inputs.word(), inputs.word()];
    let notes: Rc<RefCell<Vec<String>>> = Rc::default();
    mark!("tasks that share an Rc<RefCell<Vec>>");
    let mut executor = Executor::new();
    for word in words.clone() {
        let notes = Rc::clone(&notes);
        executor.spawn(async move { notes.borrow_mut().push(word) });
    }
    executor.mainloop();
    mark!("the Vec: {:?}", notes.borrow());

    mark!("block_on, a future that borrows it, and a Cell");
    let calls = Cell::new(0);
    let got: &str = block_on(async {
        calls.set(calls.get() + 1);
        &*words[0]
    });
    mark!("returned {got:?}; the Cell: {calls:?}");
}

/// `mainloop` sleeps until another thread opens a gate, and polls no task but that one.
#[check]
fn other_thread(inputs: &mut Inputs) {
    let n = inputs.size(2..=3);
    let gates: Vec<Gate> = ('a'..='c').take(n).map(Gate::shut).collect();
    let mut order = gates.clone();
    while order[0].name == 'a' {
        inputs.shuffle(&mut order);
    }
    let (asleep, all_asleep) = mpsc::channel();
    let (gone, is_gone) = mpsc::channel();
    let mut executor = Executor::new();
    for gate in &gates {
        let (passage, gone) = (Passage { asleep: Some(asleep.clone()), ..Passage::through(gate) }, gone.clone());
        executor.spawn(async move {
            passage.await;
            let _ = gone.send(());
        });
    }
    drop((asleep, gone));
    mark!("a thread opens {}", order.iter().map(|gate| gate.name.to_string()).collect::<Vec<_>>().join(", then "));
    let opener = thread::spawn(move || {
        if (0..n).any(|_| all_asleep.recv().is_err()) {
            return;
        }
        for gate in order {
            // Leaves a `mainloop` that does not sleep all the time it needs to show itself.
            (0..200).for_each(|_| thread::yield_now());
            open(&gate);
            // Its task has gone on: so the next wake comes after this one was heard. Else there is nobody left.
            if is_gone.recv().is_err() {
                return;
            }
        }
    });
    mark!("mainloop");
    executor.mainloop();
    mark!("mainloop is over");
    drop(executor);
    opener.join().expect("it only opens gates");
}

probe::main!(slide, tasks, one_future, wake_kept, polls, wakes, late_wakes, local, other_thread);
