//! Observes lesson 18: what runs while the loop is called, what stands still between two calls, and what `close` ends.

use futures::channel::{mpsc, oneshot};
use futures::stream::StreamExt;
use lesson_18::{EventLoop, count, gather};
use probe::{Inputs, OnDrop, catch, check, mark, within_polls};
use std::cell::{Cell, RefCell};
use std::future::ready;
use std::rc::Rc;
use std::sync::{Arc, Mutex};
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
    let in_time = within_polls(1000, timeout(HOUR, body)).await;
    in_time
        .expect("polled 1000 times: who keeps waking the loop?")
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

/// What becomes of a task that is done, one that waits, and one that never began; in a loop that is closed, and in one
/// that is dropped.
#[check]
fn close(inputs: &mut Inputs) {
    let names: [String; 3] = ["done", "waits", "fresh"].map(|state| format!("{} ({state})", inputs.word()));
    let [done, waits, fresh] = &names;

    // A task's local variable notes its drop. Among several tasks the order of drops is nobody's promise.
    let dropped = Arc::new(Mutex::new(Vec::new()));
    let local = |name: &String| {
        let (name, dropped) = (name.clone(), Arc::clone(&dropped));
        OnDrop::call(move || dropped.lock().expect("nobody panics with it").push(name))
    };
    let so_far = || {
        let mut names = dropped.lock().expect("nobody panics with it").clone();
        names.sort();
        names
    };

    let event_loop = EventLoop::new();
    for (name, pause) in [(done, SECOND), (waits, HOUR / 2)] {
        mark!("create_task: {name}, sleeps for {pause:?}");
        let (held, name) = (local(name), name.clone());
        event_loop.create_task(async move {
            sleep(pause).await;
            mark!("{name} is at its end");
            drop(held);
        });
    }
    mark!("run_until_complete(nap(2s))");
    event_loop.run_until_complete(paused(nap(2 * SECOND)));
    mark!("create_task: {fresh}");
    let (held, name) = (local(fresh), fresh.clone());
    event_loop.create_task(async move {
        mark!("{name} begins");
        drop(held);
    });
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

probe::main!(slide, borrowed, frozen, ready_at_once, from_inside, panics, close);
