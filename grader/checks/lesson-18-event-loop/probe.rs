//! Observes lesson 18: what runs while the loop is called, what stands still between two calls, and what `close` ends.

use futures::channel::{mpsc, oneshot};
use futures::stream::StreamExt;
use lesson_18::{EventLoop, count, gather};
use probe::{Inputs, OnDrop, catch, check, mark};
use std::cell::{Cell, RefCell};
use std::future::{poll_fn, ready};
use std::panic::{AssertUnwindSafe, catch_unwind, panic_any};
use std::pin::pin;
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};
use std::thread;
use std::time::Duration;
use tokio::time::{Instant, pause, sleep, timeout};

const SECOND: Duration = Duration::from_secs(1);
/// Short enough for a loop whose clock is not the paused one: it fails in its own time, not in the check's.
const MOMENT: Duration = Duration::from_millis(100);
const HOUR: Duration = Duration::from_secs(3600);

/// Runs the body under a clock that jumps to the next timer when nothing can run. For a loop's first call: the clock
/// stays paused, as long as the loop does.
async fn paused<T>(body: impl Future<Output = T>) -> T {
    pause();
    watched(body).await
}

/// What nobody wakes is given up after an hour of that clock; and so is what is woken without end, since that keeps
/// the clock from moving.
async fn watched<T>(body: impl Future<Output = T>) -> T {
    let mut body = pin!(timeout(HOUR, body));
    let mut polls = 0;
    poll_fn(|cx| {
        polls += 1;
        assert!(polls < 1000, "polled 1000 times: who keeps waking the loop?");
        body.as_mut().poll(cx)
    })
    .await
    .expect("an hour has gone by, and it is still waiting")
}

/// `sleep`, made at the first poll: tokio's own looks for its runtime as soon as it is called.
async fn nap(duration: Duration) {
    sleep(duration).await;
}

/// The slide's own program, and the time that it took.
#[check]
fn slide(_: &mut Inputs) {
    mark!("EventLoop::new()");
    let event_loop = EventLoop::new();
    mark!("run_until_complete(gather([count(1s), count(1s)]))");
    let got: ::std::vec::Vec<()> = event_loop.run_until_complete(paused(async {
        let start = Instant::now();
        let got = gather([count(SECOND), count(SECOND)]).await;
        mark!("{:.1?} have gone by", start.elapsed());
        got
    }));
    mark!("returned {got:?}");
    event_loop.close();
    mark!("closed");
}

/// A future that can't leave its caller's stack frame, nor its thread; and what it returns borrows as well.
#[check]
fn borrowed(inputs: &mut Inputs) {
    let words: Vec<String> = (0..inputs.size(2..=4)).map(|_| inputs.word()).collect();
    let nth = inputs.size(0..=words.len() - 1);
    mark!("run_until_complete of an async fn that borrows a Vec");
    async fn find<'a>(words: &'a [String], nth: usize, reads: Rc<Cell<usize>>) -> &'a str {
        for _ in 0..=nth {
            sleep(Duration::from_millis(1)).await;
            reads.set(reads.get() + 1);
        }
        &words[nth]
    }
    let event_loop = EventLoop::new();
    let reads = Rc::new(Cell::new(0));
    let got: &str = event_loop.run_until_complete(paused(find(&words, nth, Rc::clone(&reads))));
    mark!("returned {got:?}, from {words:?}; the Rc counts {}", reads.get());

    let heard = RefCell::new(Vec::new());
    mark!("run_until_complete of an async block that borrows a RefCell");
    let got: usize = event_loop.run_until_complete(watched(async {
        for word in words.iter().rev() {
            sleep(Duration::from_millis(1)).await;
            heard.borrow_mut().push(word);
        }
        heard.borrow().len()
    }));
    mark!("returned {got}; in the RefCell: {:?}", heard.into_inner());
    event_loop.close();
}

/// Outputs and futures that can do nothing but what the signature asks for.
#[check]
fn outputs(inputs: &mut Inputs) {
    /// Neither `Send` nor `Clone` nor `Debug`, and borrowed.
    struct Plain<'a>(&'a str, Rc<Cell<u64>>);

    let (word, value) = (inputs.word(), inputs.number(10..=99));
    let event_loop = EventLoop::new();
    mark!("run_until_complete of a future whose output is a struct of its own, and borrows");
    let got: Plain<'_> = event_loop.run_until_complete(paused(async {
        nap(MOMENT).await;
        Plain(&word, Rc::new(Cell::new(value)))
    }));
    mark!("returned {:?} and {}", got.0, got.1.get());
    mark!("run_until_complete of a boxed future");
    let boxed: Box<dyn Future<Output = [u64; 4096]> + Unpin> = Box::new(ready([value; 4096]));
    let got: [u64; 4096] = event_loop.run_until_complete(boxed);
    mark!("returned {} numbers; the last is {}", got.len(), got[4095]);
    let mut twice = Box::pin(async { thread::current().id() });
    mark!("run_until_complete of a future that is borrowed itself");
    let got = event_loop.run_until_complete(twice.as_mut());
    mark!("returned; it ran on the caller's thread: {}", got == thread::current().id());
    let (sender, told) = oneshot::channel();
    mark!("create_task: sends the id of its thread");
    event_loop.create_task(async move {
        let _ = sender.send(thread::current().id());
    });
    let got = event_loop.run_until_complete(watched(told));
    mark!("it ran on the caller's thread: {}", got == Ok(thread::current().id()));
    event_loop.close();
}

/// Who wakes whom, from where, and how often: between two calls, in a poll, by another thread, after the end.
#[check]
fn wakes(inputs: &mut Inputs) {
    /// Runs this on a thread of its own, and waits for its end.
    fn elsewhere(action: impl FnOnce() + Send + 'static) {
        thread::spawn(action).join().expect("a waker doesn't panic");
    }

    let (name, last) = (inputs.word(), inputs.word());
    let event_loop = EventLoop::new();
    let left: Arc<Mutex<Option<Waker>>> = Arc::default();
    let waker = || left.lock().expect("nobody panics with it").clone().expect("the task has been polled");
    let nap_in = |first: bool| {
        mark!("run_until_complete(nap(100ms))");
        if first {
            event_loop.run_until_complete(paused(nap(MOMENT)))
        } else {
            event_loop.run_until_complete(watched(nap(MOMENT)))
        }
    };

    mark!("create_task({name}): says that it is polled, and leaves its waker behind");
    let (task, place) = (name.clone(), Arc::clone(&left));
    let mut polls = 0;
    event_loop.create_task(poll_fn(move |cx| {
        polls += 1;
        mark!("{task}: poll {polls}");
        *place.lock().expect("nobody panics with it") = Some(cx.waker().clone());
        if polls == 6 { Poll::Ready(()) } else { Poll::Pending }
    }));
    nap_in(true);
    nap_in(false);
    let mut places = ["twice", "by another thread", "by value", "while the future is polled"];
    inputs.shuffle(&mut places);
    for place in places {
        match place {
            "twice" => {
                mark!("{name} is woken twice");
                waker().wake_by_ref();
                waker().wake_by_ref();
                nap_in(false);
            }
            "by another thread" => {
                mark!("{name} is woken by another thread");
                let waker = waker();
                elsewhere(move || waker.wake_by_ref());
                nap_in(false);
            }
            "by value" => {
                mark!("{name} is woken");
                waker().wake();
                nap_in(false);
                nap_in(false);
            }
            _ => {
                mark!("run_until_complete of a future that has {name} woken by another thread");
                let waker = waker();
                event_loop.run_until_complete(watched(async {
                    elsewhere(move || waker.wake());
                    mark!("woken; the future waits");
                    sleep(MOMENT).await;
                }));
            }
        }
    }
    mark!("{name} is woken for the last time");
    waker().wake();
    nap_in(false);
    mark!("{name} is done, and woken all the same");
    waker().wake();
    nap_in(false);

    mark!("create_task({last}): wakes itself twice, in its own polls");
    let task = last.clone();
    let mut polls = 0;
    event_loop.create_task(poll_fn(move |cx| {
        polls += 1;
        mark!("{task}: poll {polls}");
        if polls == 3 {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }));
    nap_in(false);
    mark!("run_until_complete of a future that another thread wakes, in its first poll");
    let mut polls = 0;
    event_loop.run_until_complete(poll_fn(|cx| {
        polls += 1;
        mark!("the future: poll {polls}");
        if polls == 2 {
            return Poll::Ready(());
        }
        let waker = cx.waker().clone();
        elsewhere(move || waker.wake());
        Poll::Pending
    }));
    let waker = waker();
    mark!("close()");
    event_loop.close();
    mark!("{name} is woken once more");
    waker.wake();
    mark!("nothing happens");
}

/// A task goes as soon as it is done, before anybody else is polled; whether it returned or panicked.
#[check]
fn when_done(inputs: &mut Inputs) {
    let names: [String; 3] = [(); 3].map(|()| inputs.word());
    let mut ends = ["returns", "panics", "returns at its second poll"];
    inputs.shuffle(&mut ends);
    let event_loop = EventLoop::new();
    for (name, end) in names.iter().zip(ends) {
        mark!("create_task({name}): {end}");
        let (name, held) = (name.clone(), OnDrop::named(name));
        let (mut polls, mut pause) = (0, None);
        event_loop.create_task(poll_fn(move |cx| {
            let _held = &held;
            polls += 1;
            mark!("{name}: poll {polls}");
            match end {
                "panics" => panic!("no {name} left"),
                "returns at its second poll" => {
                    pause.get_or_insert_with(|| Box::pin(sleep(MOMENT / 2))).as_mut().poll(cx)
                }
                _ => Poll::Ready(()),
            }
        }));
    }
    mark!("run_until_complete of a future that sleeps for 100ms");
    event_loop.run_until_complete(paused(async {
        sleep(MOMENT).await;
        mark!("the future is done");
    }));
    mark!("returned; close()");
    event_loop.close();
    mark!("closed");
}

/// Two loops at once: each runs its own tasks, on its own clock, and ends them alone.
#[check]
fn two_loops(inputs: &mut Inputs) {
    let [a, b, c]: [String; 3] = [(); 3].map(|()| inputs.word());
    let tick = Duration::from_millis(2 * inputs.number(10..=20));
    let (here, there) = (EventLoop::new(), EventLoop::new());
    for (event_loop, place, name) in [(&here, "here", &a), (&there, "there", &b)] {
        mark!("{place}.create_task({name}): ticks once in {tick:?}");
        let (name, held) = (name.clone(), OnDrop::named(name));
        event_loop.create_task(async move {
            for i in 1..=20 {
                mark!("{name}: tick {i}");
                sleep(tick).await;
            }
            drop(held);
        });
    }
    let (short, long) = (tick + tick / 2, 2 * tick + tick / 2);
    mark!("here.run_until_complete(nap({short:?}))");
    here.run_until_complete(paused(nap(short)));
    mark!("there.run_until_complete(nap({long:?}))");
    there.run_until_complete(paused(nap(long)));
    mark!("here.run_until_complete of a future that calls there.create_task({c})");
    here.run_until_complete(watched(async {
        let name = c.clone();
        there.create_task(async move { mark!("{name} begins") });
        sleep(tick).await;
    }));
    mark!("there.run_until_complete(nap({tick:?}))");
    there.run_until_complete(watched(nap(tick)));
    mark!("here.close()");
    here.close();
    mark!("there.run_until_complete(nap({tick:?}))");
    there.run_until_complete(watched(nap(tick)));
    mark!("there.close()");
    there.close();
    mark!("closed");
}

/// Tasks move while the loop is called, and at no other time: not at their creation, and not between two calls.
#[check]
fn frozen(inputs: &mut Inputs) {
    let (ticker, waiter) = (inputs.word(), inputs.word());
    let tick = Duration::from_millis(2 * inputs.number(10..=20));
    let (first, second) = (inputs.number(1..=3) as u32, inputs.number(1..=2) as u32);
    let event_loop = EventLoop::new();
    let (opening, gate) = oneshot::channel::<()>();

    mark!("create_task({ticker}): ticks 8 times, once in {tick:?}");
    let name = ticker.clone();
    event_loop.create_task(async move {
        for i in 1..=8 {
            mark!("{name}: tick {i}");
            sleep(tick).await;
        }
        mark!("{name} is done");
    });
    mark!("create_task({waiter}): waits for a gate");
    let name = waiter.clone();
    event_loop.create_task(async move {
        mark!("{name} waits");
        let _ = gate.await;
        mark!("{name} goes on");
    });
    let pause = tick * first + tick / 2;
    mark!("run_until_complete(nap({pause:?}))");
    event_loop.run_until_complete(paused(nap(pause)));
    mark!("returned; the gate opens, and nothing runs");
    let _ = opening.send(());
    mark!("nor now");
    let pause = tick * second;
    mark!("run_until_complete(nap({pause:?}))");
    event_loop.run_until_complete(watched(nap(pause)));
    mark!("returned; close()");
    event_loop.close();
    mark!("closed");
}

/// The future comes first; when it is ready nobody else gets a turn.
#[check]
fn ready_at_once(inputs: &mut Inputs) {
    let (name, value) = (inputs.word(), inputs.number(10..=99));
    let event_loop = EventLoop::new();
    event_loop.run_until_complete(paused(ready(())));
    mark!("create_task({name})");
    let task = name.clone();
    event_loop.create_task(async move {
        mark!("{task} begins");
        sleep(MOMENT).await;
        mark!("{task} is done");
    });
    for value in value..value + 2 {
        mark!("run_until_complete(ready({value}))");
        let got: u64 = event_loop.run_until_complete(watched(ready(value)));
        mark!("returned {got}");
    }
    mark!("run_until_complete of a future that sleeps for 200ms");
    let got: u64 = event_loop.run_until_complete(watched(async {
        mark!("the future begins");
        sleep(2 * MOMENT).await;
        mark!("the future is done");
        value + 2
    }));
    mark!("returned {got}");
    event_loop.close();
}

/// The future that the loop runs has a use for the loop: it creates tasks, and waits for what they send.
#[check]
fn from_inside(inputs: &mut Inputs) {
    let words: Vec<String> = (0..inputs.size(2..=4)).map(|_| inputs.word()).collect();
    let event_loop = EventLoop::new();
    mark!("run_until_complete of a future that creates {} tasks", words.len());
    let got: ::std::vec::Vec<::std::string::String> = event_loop.run_until_complete(paused(async {
        let (sender, receiver) = mpsc::unbounded();
        for word in words {
            let sender = sender.clone();
            mark!("create_task({word})");
            event_loop.create_task(async move {
                mark!("{word} begins");
                sleep(MOMENT).await;
                let _ = sender.unbounded_send(word);
            });
        }
        drop(sender);
        mark!("none has begun: wait for what they send");
        let mut got: Vec<String> = receiver.collect().await;
        got.sort();
        got
    }));
    mark!("returned {got:?}, sorted");
    event_loop.close();
}

/// A task's panic stays where it is, a future's comes out; the loop goes on after either.
#[check]
fn panics(inputs: &mut Inputs) {
    let (fragile, steady) = (inputs.word(), inputs.word());
    let value = inputs.number(10..=99);
    let event_loop = EventLoop::new();
    mark!("create_task({fragile}), create_task({steady})");
    let name = fragile.clone();
    event_loop.create_task(async move {
        mark!("{name} panics");
        panic!("no {name} left");
    });
    let name = steady.clone();
    event_loop.create_task(async move {
        for i in 1..=3 {
            mark!("{name}: step {i}");
            sleep(2 * MOMENT).await;
        }
    });
    mark!("run_until_complete(nap(100ms))");
    let got: ::std::result::Result<(), ::std::string::String> =
        catch(|| event_loop.run_until_complete(paused(nap(MOMENT))));
    mark!("the caller has {got:?}");
    mark!("run_until_complete of a future that panics after 200ms");
    let got: ::std::result::Result<(), ::std::string::String> = catch(|| {
        event_loop.run_until_complete(watched(async {
            sleep(2 * MOMENT).await;
            panic!("no {value} left");
        }))
    });
    mark!("the caller has {got:?}");
    mark!("run_until_complete(nap(200ms))");
    let got: ::std::result::Result<(), ::std::string::String> =
        catch(|| event_loop.run_until_complete(watched(nap(2 * MOMENT))));
    mark!("the caller has {got:?}");
    event_loop.close();
}

/// Panics whose payload is no text, at the first poll, and twice in a row; the tasks are where they were.
#[check]
fn payloads(inputs: &mut Inputs) {
    /// What neither `&str` nor `String` is.
    #[derive(Debug, PartialEq)]
    struct Payload(u64);

    let [fragile, steady]: [String; 2] = [(); 2].map(|()| inputs.word());
    let value = inputs.number(10..=99);
    let event_loop = EventLoop::new();
    mark!("create_task({steady})");
    let name = steady.clone();
    event_loop.create_task(async move {
        for i in 1..=9 {
            mark!("{name}: step {i}");
            sleep(MOMENT).await;
        }
    });
    mark!("create_task({fragile})");
    let name = fragile.clone();
    event_loop.create_task(async move {
        mark!("{name} panics, with a payload that is no text");
        panic_any(Payload(0));
    });
    for value in [value, value + 1] {
        mark!("run_until_complete of a future that panics at its first poll, with {:?}", Payload(value));
        let caught = catch_unwind(AssertUnwindSafe(|| {
            event_loop.run_until_complete(poll_fn(|_| -> Poll<()> { panic_any(Payload(value)) }));
        }));
        match caught {
            Ok(()) => mark!("returned"),
            Err(payload) => mark!("the caller has {:?}", payload.downcast_ref::<Payload>()),
        }
    }
    mark!("run_until_complete(nap(150ms))");
    event_loop.run_until_complete(paused(nap(3 * MOMENT / 2)));
    mark!("run_until_complete of a future that panics after 100ms, with {:?}", Payload(value));
    let caught = catch_unwind(AssertUnwindSafe(|| {
        event_loop.run_until_complete(watched(async {
            sleep(MOMENT).await;
            panic_any(Payload(value));
        }))
    }));
    match caught {
        Ok(()) => mark!("returned"),
        Err(payload) => mark!("the caller has {:?}", payload.downcast_ref::<Payload>()),
    }
    mark!("run_until_complete(nap(100ms))");
    event_loop.run_until_complete(watched(nap(MOMENT)));
    mark!("returned; close()");
    event_loop.close();
}

/// A loop is ended, in either way, while a task could go on at once and another could begin; and one that never ran.
#[check]
fn closing(inputs: &mut Inputs) {
    let mut ways = ["close()", "drop(event_loop)"];
    inputs.shuffle(&mut ways);
    for way in ways {
        let event_loop = EventLoop::new();
        let (opening, gate) = oneshot::channel::<()>();
        let dropped: Arc<Mutex<Vec<String>>> = Arc::default();
        let note = |name: &str| {
            let (name, dropped) = (name.to_owned(), Arc::clone(&dropped));
            OnDrop::call(move || dropped.lock().expect("nobody panics with it").push(name.clone()))
        };
        let woken = format!("{} (woken)", inputs.word());
        mark!("create_task: {woken}, waits for a gate");
        let held = note(&woken);
        event_loop.create_task(async move {
            let _ = gate.await;
            mark!("it goes on");
            drop(held);
        });
        mark!("run_until_complete(nap(100ms))");
        event_loop.run_until_complete(paused(nap(MOMENT)));
        for _ in 0..2 {
            let fresh = format!("{} (fresh)", inputs.word());
            mark!("create_task: {fresh}");
            let held = note(&fresh);
            event_loop.create_task(async move {
                mark!("it begins");
                drop(held);
            });
        }
        mark!("the gate opens; {way}");
        let _ = opening.send(());
        match way {
            "close()" => event_loop.close(),
            _ => drop(event_loop),
        }
        let mut names = dropped.lock().expect("nobody panics with it").clone();
        names.sort();
        mark!("done; dropped by now: {names:?}");
    }
    mark!("a loop that never ran, with no task: close()");
    EventLoop::new().close();
    let event_loop = EventLoop::new();
    event_loop.create_task({
        let held = OnDrop::named("its only task");
        async move { drop(held) }
    });
    mark!("one that never ran, with a task: close()");
    event_loop.close();
    mark!("closed");
}

/// Thousands of tasks, created between two calls and by the future.
#[check]
fn many(inputs: &mut Inputs) {
    #[derive(Default)]
    struct Counts {
        begun: usize,
        out_of_order: usize,
        dropped: usize,
    }

    let counts: Arc<Mutex<Counts>> = Arc::default();
    let task = |number: usize| {
        let (counts, dropped) = (Arc::clone(&counts), Arc::clone(&counts));
        let held = OnDrop::call(move || dropped.lock().expect("nobody panics with it").dropped += 1);
        async move {
            {
                let mut counts = counts.lock().expect("nobody panics with it");
                if counts.begun != number {
                    counts.out_of_order += 1;
                }
                counts.begun += 1;
            }
            sleep(Duration::from_millis(number as u64 % 7)).await;
            drop(held);
        }
    };
    let shown = || {
        let counts = std::mem::take(&mut *counts.lock().expect("nobody panics with it"));
        format!("{} begun, {} of them out of order; {} dropped", counts.begun, counts.out_of_order, counts.dropped)
    };
    let count = 2000 + inputs.size(1..=99);
    let event_loop = EventLoop::new();
    for number in 0..count {
        event_loop.create_task(task(number));
    }
    mark!("{count} tasks; run_until_complete(nap(1s))");
    event_loop.run_until_complete(paused(nap(SECOND)));
    mark!("returned; {}", shown());
    mark!("run_until_complete of a future that creates {count} tasks, and sleeps for 1s");
    event_loop.run_until_complete(watched(async {
        for number in 0..count {
            event_loop.create_task(task(number));
        }
        sleep(SECOND).await;
    }));
    mark!("returned; {}", shown());
    for number in 0..count {
        event_loop.create_task(task(number));
    }
    mark!("{count} tasks; close()");
    event_loop.close();
    mark!("closed; {}", shown());
}

/// What becomes of a task that is done, one that waits, and one that never began; in a loop that is closed, and in one
/// that is dropped.
#[check]
fn close(inputs: &mut Inputs) {
    let names: [String; 3] = ["done", "waits", "fresh"].map(|state| format!("{} ({state})", inputs.word()));
    let [done, waits, fresh] = &names;

    /// A task's local variable: it notes its drop. Among several tasks the order of drops is nobody's promise.
    struct Local(String, Arc<Mutex<Vec<String>>>);
    impl Drop for Local {
        fn drop(&mut self) {
            self.1.lock().expect("nobody panics with it").push(self.0.clone());
        }
    }
    let dropped = Arc::new(Mutex::new(Vec::new()));
    let local = |name: &String| Local(name.clone(), Arc::clone(&dropped));
    let so_far = || {
        let mut names = dropped.lock().expect("nobody panics with it").clone();
        names.sort();
        names
    };

    let event_loop = EventLoop::new();
    for (name, pause) in [(done, SECOND), (waits, HOUR / 2)] {
        mark!("create_task: {name}, sleeps for {pause:?}");
        let held = local(name);
        event_loop.create_task(async move {
            sleep(pause).await;
            mark!("{} is at its end", held.0);
        });
    }
    mark!("run_until_complete(nap(2s))");
    event_loop.run_until_complete(paused(nap(2 * SECOND)));
    mark!("create_task: {fresh}");
    let held = local(fresh);
    event_loop.create_task(async move { mark!("{} begins", held.0) });
    mark!("dropped so far: {:?}; close()", so_far());
    event_loop.close();
    mark!("closed; dropped by now: {:?}", so_far());

    mark!("another loop with one task, dropped without close()");
    let event_loop = EventLoop::new();
    let held = OnDrop::named(&inputs.word());
    event_loop.create_task(async move {
        sleep(HOUR / 2).await;
        drop(held);
        mark!("the task is at its end");
    });
    event_loop.run_until_complete(paused(nap(SECOND)));
    mark!("drop(event_loop)");
    drop(event_loop);
    mark!("dropped");
}

probe::main!(
    slide,
    borrowed,
    outputs,
    frozen,
    ready_at_once,
    from_inside,
    wakes,
    when_done,
    two_loops,
    panics,
    payloads,
    close,
    closing,
    many
);
