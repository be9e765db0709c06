//! Observes lesson 22: where a future runs, called with no loop, in a loop of one thread, in a loop of several.

use lesson_22::{foo, run_anywhere};
use probe::{Inputs, OnDrop, check, mark, paused_runtime};
use std::any::Any;
use std::future::{poll_fn, ready};
use std::panic::{AssertUnwindSafe, catch_unwind, panic_any};
use std::task::Poll;
use std::thread;
use std::time::Duration;
use tokio::runtime::{Builder, Handle, Id, Runtime};
use tokio::sync::oneshot;
use tokio::time::{sleep, timeout};

/// A loop that the thread which calls `block_on` drives by itself.
fn one_thread() -> Runtime {
    paused_runtime!()
}

/// A loop with one worker, besides the thread that calls `block_on`.
fn one_worker() -> Runtime {
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_time().build();
    runtime.expect("a runtime needs nothing that could be missing")
}

/// Suspends once, and wakes itself: any executor can run it.
async fn pause() {
    let mut paused = false;
    poll_fn(|cx| {
        if paused {
            return Poll::Ready(());
        }
        paused = true;
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// Needs what a loop has: a task that runs, and timers, of which one is over at once and one in an hour.
async fn use_the_loop(word: String) -> String {
    mark!("a timer is set: an hour, for the task");
    let task = tokio::spawn(async move {
        sleep(Duration::ZERO).await;
        mark!("the task has {word:?}");
        word
    });
    match timeout(Duration::from_secs(3600), task).await {
        Ok(Ok(word)) => word,
        Ok(Err(_)) => "the task has failed".to_owned(),
        Err(_) => "an hour has gone by".to_owned(),
    }
}

/// A future that says when it is dropped itself: an `async` block lets go of its variables when it is over.
fn saying_its_end<T>(future: impl Future<Output = T> + Send) -> impl Future<Output = T> + Send {
    let (mut future, held) = (Box::pin(future), OnDrop::named("the future"));
    poll_fn(move |cx| {
        let _held = &held;
        future.as_mut().poll(cx)
    })
}

/// Whose loop this is run by, as the one sees it whose loop is `caller`.
fn whose_loop(caller: Id) -> &'static str {
    match Handle::try_current() {
        Ok(handle) if handle.id() == caller => "its caller's loop",
        Ok(_) => "a loop of its own",
        Err(_) => "no loop",
    }
}

/// The notebook: a cell is called by a loop of one thread, and wants to await `foo(5)`.
#[check]
fn slide(_: &mut Inputs) {
    one_thread().block_on(async {
        mark!("in a loop of one thread: run_anywhere(foo(5))");
        let got: () = run_anywhere(foo(5));
        mark!("returned {got:?}");
    });
}

/// No loop runs: the future gets one that spawns, sets timers, and is gone when the future is over, as that is itself.
#[check]
fn no_loop(inputs: &mut Inputs) {
    let words = [inputs.word(), String::new(), inputs.text(4..=6)];
    let pauses = [0, 1, 10_000];
    mark!("no loop runs: {}", Handle::try_current().is_err());
    for (word, pauses) in words.into_iter().zip(pauses) {
        mark!("run_anywhere(a future with a timer and a task, Pending {pauses} times)");
        let got: ::std::string::String = run_anywhere(saying_its_end(async move {
            for _ in 0..pauses {
                pause().await;
            }
            use_the_loop(word).await
        }));
        mark!("returned {got:?}");
        mark!("no loop runs: {}", Handle::try_current().is_err());
    }
    let n = inputs.number(1..=99);
    mark!("a future that a plain thread wakes");
    let got: u64 = run_anywhere(async move {
        let (sends, sent) = oneshot::channel();
        let thread = thread::spawn(move || sends.send(n));
        let got = sent.await.unwrap_or_default();
        let _ = thread.join();
        got
    });
    mark!("returned {got}");
}

/// A loop of one thread can't run a second one on it; and its other tasks wait until `run_anywhere` has returned.
#[check]
fn loop_in_a_loop(inputs: &mut Inputs) {
    let n = inputs.number(10..=99);
    let word = inputs.word();
    one_thread().block_on(async {
        let caller = Handle::current().id();
        let sibling = tokio::spawn(async { mark!("the sibling's turn") });
        mark!("in a loop of one thread, with a sibling that waits for its turn");
        let plain = probe::catch(|| Handle::current().block_on(ready(n)));
        let plain = plain.map_err(|message| message.split('.').next().unwrap_or_default().to_owned());
        mark!("block_on: {plain:?}");
        mark!("run_anywhere");
        let got: (u64, ::std::string::String) = run_anywhere(async {
            let place = whose_loop(caller);
            mark!("the future is run by {place}");
            if place != "a loop of its own" {
                mark!("nobody drives it meanwhile, so a task would never run");
                return (n, word);
            }
            (n, use_the_loop(word).await)
        });
        mark!("returned {got:?}");
        mark!("the caller awaits the sibling");
        let _ = sibling.await;
    });
}

/// On a multi-thread runtime the future can wait for a task of its caller's loop: that goes on elsewhere.
#[check]
fn many_threads(inputs: &mut Inputs) {
    /// What a plain function does, deep inside of a loop.
    fn cell(word: String) {
        let caller = Handle::current().id();
        let (sends, sent) = oneshot::channel();
        tokio::spawn(async move { sends.send(word) });
        let got: ::std::string::String = run_anywhere(async move {
            let place = whose_loop(caller);
            if place != "its caller's loop" {
                return format!("nothing: the future is run by {place}");
            }
            let word = sent.await.unwrap_or_else(|_| "nothing: the sibling is gone".to_owned());
            mark!("the sibling has sent {word:?}");
            word
        });
        mark!("run_anywhere(what the sibling sends): {got:?}");
    }

    let words = inputs.words(4);
    let mut words = words.into_iter();
    let mut next = || words.next().unwrap_or_default();
    let runtime = one_worker();
    mark!("in a task, on the only worker of a multi-thread runtime");
    let word = next();
    let _ = runtime.block_on(async { tokio::spawn(async move { cell(word) }).await });
    mark!("in block_on of the same runtime");
    let word = next();
    runtime.block_on(async move { cell(word) });
    mark!("on a thread of its spawn_blocking");
    let word = next();
    let _ = runtime.block_on(runtime.spawn_blocking(move || cell(word)));
    mark!("on a thread that has entered it, and drives nothing");
    let _entered = runtime.enter();
    cell(next());
}

/// A future that calls a plain function that calls `run_anywhere`, again and again.
#[check]
fn nested(inputs: &mut Inputs) {
    /// Goes down by one level in each call.
    fn dive(level: u32, bottom: u32) -> u32 {
        if level == bottom {
            mark!("level {level} is the bottom");
            return 0;
        }
        mark!("level {level}: run_anywhere");
        run_anywhere(async move {
            pause().await;
            dive(level + 1, bottom) + 1
        })
    }

    let mut bottoms = [2, 3, 4];
    inputs.shuffle(&mut bottoms);
    mark!("no loop runs");
    let got: u32 = dive(0, bottoms[0]);
    mark!("returned {got}");
    mark!("in a loop of one thread");
    let got: u32 = one_thread().block_on(async { dive(0, bottoms[1]) });
    mark!("returned {got}");
    mark!("in a loop of many threads");
    let got: u32 = one_worker().block_on(async { dive(0, bottoms[2]) });
    mark!("returned {got}");

    let (n, m) = (inputs.number(1..=99), inputs.number(1..=99));
    mark!("on two threads, each waits for what the other one sends");
    let ((sends, sent), (sends_back, sent_back)) = (oneshot::channel(), oneshot::channel());
    let got: (u64, u64) = thread::scope(|scope| {
        let other = scope.spawn(move || {
            run_anywhere(async move {
                let _ = sends.send(n);
                sent_back.await.unwrap_or_default()
            })
        });
        let here = run_anywhere(async move {
            let got = sent.await.unwrap_or_default();
            let _ = sends_back.send(m);
            got
        });
        (here, other.join().unwrap_or_default())
    });
    mark!("they have {got:?}");
}

/// A future that changes a variable of its caller and returns a reference to another: nothing is `'static`.
#[check]
fn borrowed(inputs: &mut Inputs) {
    let text = format!("{} {}", inputs.word(), inputs.word());
    let mut visits = Vec::new();
    let mut cell = |context: &'static str| {
        mark!("{context}: a future that borrows");
        let got: &str = run_anywhere(async {
            pause().await;
            visits.push(context);
            text.split(' ').next().unwrap_or_default()
        });
        mark!("returned {got:?}");
    };
    cell("no loop");
    one_thread().block_on(async { cell("one thread") });
    one_worker().block_on(async { cell("many threads") });
    mark!("the caller's Vec: {visits:?}");
}

/// What somebody panicked with.
fn what(payload: Box<dyn Any + Send>) -> String {
    match (payload.downcast_ref::<String>(), payload.downcast_ref::<&str>(), payload.downcast_ref::<u64>()) {
        (Some(text), _, _) => format!("the String {text:?}"),
        (_, Some(text), _) => format!("the literal {text:?}"),
        (_, _, Some(number)) => format!("the number {number}"),
        _ => "something else".to_owned(),
    }
}

/// A panic of the future comes out of `run_anywhere` as it was, whatever it is, and nothing is broken by it.
#[check]
fn panics(inputs: &mut Inputs) {
    /// What three futures panic with, and one more future to follow each of them.
    fn cell(context: &str, number: u64) {
        for kind in 0..3 {
            mark!("{context}: a future that panics");
            let running = || {
                run_anywhere(saying_its_end(async move {
                    pause().await;
                    match kind {
                        0 => panic!("error {number}"),
                        1 => panic!("an error"),
                        _ => panic_any(number),
                    }
                }))
            };
            let got: ::std::result::Result<u64, String> = catch_unwind(AssertUnwindSafe(running)).map_err(what);
            mark!("the caller caught {got:?}");
        }
        let got: u64 = run_anywhere(ready(number));
        mark!("the next one returned {got}");
    }

    let number = inputs.number(1..=99);
    cell("no loop", number);
    one_thread().block_on(async { cell("one thread", number + 100) });
    one_worker().block_on(async { cell("many threads", number + 200) });
}

/// A task that the future leaves behind ends with the future's own loop, and lives on in a loop of its caller's.
#[check]
fn left_behind(inputs: &mut Inputs) {
    /// Runs a future that spawns a task and returns; the task waits at a gate.
    fn cell(word: &str) -> (oneshot::Sender<()>, oneshot::Receiver<()>) {
        let (gate, opened) = oneshot::channel::<()>();
        let (ends, ended) = oneshot::channel();
        let (held, name) = (OnDrop::named(word), word.to_owned());
        let got: usize = run_anywhere(async {
            let (begins, begun) = oneshot::channel();
            tokio::spawn(async move {
                mark!("the task holds {name}, and waits at its gate");
                let _ = begins.send(());
                let _ = opened.await;
                mark!("the task passes its gate");
                drop(held);
                let _ = ends.send(());
            });
            let _ = begun.await;
            word.len()
        });
        mark!("returned {got}");
        (gate, ended)
    }

    let words = inputs.words(3);
    mark!("no loop: a future that leaves a task behind");
    let (gate, _) = cell(&words[0]);
    mark!("the task is gone: {}", gate.is_closed());
    std::mem::forget(gate); // not opened, whoever waits
    mark!("one thread: a future that leaves a task behind");
    one_thread().block_on(async {
        let (gate, _) = cell(&words[2]);
        mark!("the task is gone: {}", gate.is_closed());
        std::mem::forget(gate);
    });
    mark!("many threads: a future that leaves a task behind");
    one_worker().block_on(async {
        let (gate, ended) = cell(&words[1]);
        mark!("the task is gone: {}", gate.is_closed());
        if gate.send(()).is_ok() {
            let _ = ended.await;
        }
    });
}

probe::main!(slide, no_loop, loop_in_a_loop, many_threads, nested, borrowed, panics, left_behind);
