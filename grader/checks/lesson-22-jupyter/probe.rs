//! Observes lesson 22: where a future runs, called with no loop, in a loop of one thread, in a loop of several.

use lesson_22::{foo, run_anywhere};
use probe::{Inputs, OnDrop, check, mark, paused_runtime};
use std::future::{poll_fn, ready};
use std::task::Poll;
use std::time::Duration;
use tokio::runtime::{Builder, Handle, Id, Runtime};
use tokio::sync::oneshot;
use tokio::time::timeout;

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

/// No loop runs: the future gets one that spawns, sets timers, and is gone when the future is over.
#[check]
fn no_loop(inputs: &mut Inputs) {
    let (first, second) = (inputs.word(), inputs.word());
    mark!("no loop runs: {}", Handle::try_current().is_err());
    for word in [first, second] {
        mark!("run_anywhere(a future with a timer and a task)");
        let got: ::std::string::String = run_anywhere(async {
            mark!("a timer is set: an hour, for the task");
            let task = tokio::spawn(async move {
                mark!("the task has {word:?}");
                word
            });
            match timeout(Duration::from_secs(3600), task).await {
                Ok(Ok(word)) => word,
                Ok(Err(_)) => "the task has failed".to_owned(),
                Err(_) => "an hour has gone by".to_owned(),
            }
        });
        mark!("returned {got:?}");
        mark!("no loop runs: {}", Handle::try_current().is_err());
    }
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
            let task = tokio::spawn(async move {
                mark!("its task runs");
                word
            });
            (n, task.await.unwrap_or_else(|_| "the task has failed".to_owned()))
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
        tokio::spawn(async move {
            mark!("the sibling sends {word:?}");
            let _ = sends.send(word);
        });
        let got: ::std::string::String = run_anywhere(async move {
            let place = whose_loop(caller);
            if place != "its caller's loop" {
                return format!("nothing: the future is run by {place}");
            }
            sent.await.unwrap_or_else(|_| "nothing: the sibling is gone".to_owned())
        });
        mark!("run_anywhere(what the sibling sends): {got:?}");
    }

    let (first, second) = (inputs.word(), inputs.word());
    let runtime = one_worker();
    mark!("in a task, on the only worker of a multi-thread runtime");
    let _ = runtime.block_on(async { tokio::spawn(async move { cell(first) }).await });
    mark!("in block_on of the same runtime");
    runtime.block_on(async move { cell(second) });
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

/// A panic of the future comes out of `run_anywhere` as it was, and nothing is broken by it.
#[check]
fn panics(inputs: &mut Inputs) {
    /// The message of a future that panics, and a second future to follow it.
    fn cell(context: &str, code: u64) {
        mark!("{context}: a future that panics");
        let got: ::std::result::Result<u64, String> = probe::catch(|| {
            run_anywhere(async {
                pause().await;
                if code > 0 {
                    panic!("{context}: error {code}");
                }
                code
            })
        });
        mark!("the caller caught {got:?}");
        let got: u64 = run_anywhere(ready(code));
        mark!("the next one returned {got}");
    }

    let code = inputs.number(1..=99);
    cell("no loop", code);
    one_thread().block_on(async { cell("one thread", code + 100) });
    one_worker().block_on(async { cell("many threads", code + 200) });
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

    let words = [inputs.word(), inputs.word()];
    mark!("no loop: a future that leaves a task behind");
    let (gate, _) = cell(&words[0]);
    mark!("the task is gone: {}", gate.is_closed());
    std::mem::forget(gate); // not opened, whoever waits
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
