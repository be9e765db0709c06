//! Observes lesson 19: on which thread `get` runs, who waits meanwhile, and when a page is closed.

use futures::FutureExt;
use lesson_19::web_page;
use probe::{Inputs, Opener, Passed, ThreadGate, Wakes, check, mark, message, paused_runtime};
use std::cell::RefCell;
use std::num::ParseIntError;
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::thread::{self, ThreadId};
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;
use tokio::time::sleep;

/// One thread, and a paused clock. No timer is set while a `get` is at work: the clock knows of tokio's own threads
/// only, and would jump past a plain one.
fn one_thread() -> Runtime {
    paused_runtime!()
}

/// The address of a page.
fn address(inputs: &mut Inputs) -> String {
    format!("http://{}/{}", inputs.word(), inputs.word())
}

/// Where the caller is, as seen from the thread of the loop.
fn place(of_the_loop: ThreadId) -> &'static str {
    if thread::current().id() == of_the_loop { "the loop's own thread" } else { "another thread" }
}

/// A `get` that says where it runs, and returns the text at once.
fn get(text: &str) -> impl FnOnce(String) -> String + Send + 'static {
    let (text, home) = (text.to_owned(), thread::current().id());
    move |url| {
        mark!("get({url:?}) on {}", place(home));
        text
    }
}

/// Two ends of a gate that `get` waits at, on a thread of its own.
struct Gate {
    begun: oneshot::Receiver<()>,
    opener: Opener,
}

/// A `get` that waits for its gate. On the loop's own thread it does not: the one who would open it could never run.
fn gated_get(text: &str) -> (impl FnOnce(String) -> String + Send + 'static, Gate) {
    let (text, home) = (text.to_owned(), thread::current().id());
    let (begins, begun) = oneshot::channel();
    let (opener, shut) = ThreadGate::closed();
    let get = move |url: String| {
        mark!("get({url:?}) on {}", place(home));
        let _ = begins.send(());
        match shut.pass() {
            Passed::Opened => mark!("the gate is open, and get returns"),
            Passed::OpenerIsHere => mark!("nobody else can run, so its gate would stay shut"),
            Passed::Abandoned | Passed::OutOfPatience => mark!("the gate is gone, and get returns"),
        }
        text
    };
    (get, Gate { begun, opener })
}

/// The slide's program: a page is fetched, used and closed.
#[check]
fn slide(_: &mut Inputs) {
    let home = thread::current().id();
    one_thread().block_on(async {
        mark!("web_page(\"http://127.0.0.1:8000/\", get, body).await");
        let got: () = web_page("http://127.0.0.1:8000/", get("Hello from next door!"), async |page| {
            mark!("the body on {}: {:?}, {:?}", place(home), page.url, page.text);
        })
        .await;
        mark!("returned {got:?}");
    });
}

/// Nothing is fetched before the `await`, though everyone gets the chance to: a page never awaited is never open.
#[check]
fn lazy(inputs: &mut Inputs) {
    let (url, text) = (address(inputs), inputs.word());
    let meanwhile = Duration::from_millis(inputs.number(2..=9));
    one_thread().block_on(async {
        for awaited in [false, true] {
            let (calls, called) = oneshot::channel();
            let text = text.clone();
            let get = move |url: String| {
                mark!("get({url:?})");
                let _ = calls.send(());
                text
            };
            mark!("web_page({url:?}, …) called, not awaited");
            let page = web_page(&url, get, async |page| mark!("the body has {:?}", page.text));
            sleep(meanwhile).await;
            if awaited {
                mark!("{meanwhile:?} later: awaited");
                page.await;
            } else {
                mark!("{meanwhile:?} later: dropped");
                drop(page);
            }
            // `get` is dropped or called by somebody, some day: this waits for either.
            match called.await {
                Ok(()) => mark!("get was called"),
                Err(_) => mark!("get was never called"),
            }
        }
    });
}

/// A body that borrows from its caller, on its caller's thread, and leaves by its last line or by `?`.
#[check]
fn early_return(inputs: &mut Inputs) {
    let mut texts = [inputs.number(10..=99).to_string(), inputs.word()];
    inputs.shuffle(&mut texts);
    let urls = [address(inputs), address(inputs)];
    one_thread().block_on(async {
        let visits = RefCell::new(Vec::new());
        let label = Rc::new(inputs.word());
        for (url, text) in urls.iter().zip(&texts) {
            mark!("a body that parses {text:?}");
            let got: ::std::result::Result<u32, ParseIntError> = web_page(url, get(text), async |page| {
                visits.borrow_mut().push(format!("{label}: {}", page.url));
                let number = page.text.parse()?;
                mark!("the body reaches its last line");
                Ok(number)
            })
            .await;
            mark!("returned {got:?}");
        }
        mark!("the caller's Vec: {:?}", visits.into_inner());
    });
}

/// A body that panics: the page is closed on the way to whoever catches it.
#[check]
fn on_panic(inputs: &mut Inputs) {
    let (url, text) = (address(inputs), inputs.word());
    one_thread().block_on(async {
        mark!("a body that panics");
        let page = web_page(&url, get(&text), async |page| -> u32 {
            mark!("panic!");
            panic!("no sense in {:?}", page.text)
        });
        let got: ::std::result::Result<u32, String> = AssertUnwindSafe(page).catch_unwind().await.map_err(message);
        mark!("the caller caught {got:?}");
    });
}

/// A body that is slower than its caller's patience, and one that is not.
#[check]
fn on_timeout(inputs: &mut Inputs) {
    let patience = inputs.number(40..=60);
    let mut needs = [patience - inputs.number(5..=30), patience + inputs.number(5..=30)];
    inputs.shuffle(&mut needs);
    let urls = [address(inputs), address(inputs)];
    let text = inputs.word();
    one_thread().block_on(async {
        for (url, need) in urls.iter().zip(needs) {
            mark!("a body that needs {need}ms, a caller that waits {patience}ms");
            let (begins, begun) = oneshot::channel();
            let page = web_page(url, get(&text), async |page| {
                let _ = begins.send(());
                sleep(Duration::from_millis(need)).await;
                mark!("{need}ms later: the body has read {:?}", page.text);
                page.text.len()
            });
            // Counted from where the body begins: see `one_thread`.
            let timeout = async {
                let _ = begun.await;
                sleep(Duration::from_millis(patience)).await;
                mark!("{patience}ms later: the caller gives up");
            };
            let got: ::std::option::Option<usize> = tokio::select! {
                biased;
                () = timeout => None,
                length = page => Some(length),
            };
            mark!("the caller has {got:?}");
        }
    });
}

/// `get` can only return when a sibling of `web_page`, on the loop's thread, has had its turn.
#[check]
fn loop_is_free(inputs: &mut Inputs) {
    let (url, text) = (address(inputs), inputs.word());
    let n = inputs.number(2..=4);
    one_thread().block_on(async {
        mark!("web_page and a sibling, joined; get waits for the sibling");
        let (get, gate) = gated_get(&text);
        let page = web_page(&url, get, async |page| page.text.len());
        let sibling = async {
            let _ = gate.begun.await;
            for i in 1..=n {
                tokio::task::yield_now().await;
                mark!("the sibling's turn {i}");
            }
            mark!("the sibling opens the gate");
            gate.opener.open();
        };
        let (got, ()): (usize, ()) = futures::join!(page, sibling);
        mark!("returned {got}");
    });
}

/// The caller gives up while `get` is at work: nothing was open, so nothing is closed, and `get` goes on regardless.
#[check]
fn given_up(inputs: &mut Inputs) {
    let (url, text) = (address(inputs), inputs.word());
    let runtime = one_thread();
    runtime.block_on(async {
        mark!("a caller that gives up while get is at work");
        let (get, Gate { begun, opener }) = gated_get(&text);
        let (ends, ended) = oneshot::channel();
        let get = move |url| {
            let text = get(url);
            let _ = ends.send(());
            text
        };
        let page = web_page(&url, get, async |page| mark!("the body has {:?}", page.text));
        tokio::select! {
            biased;
            () = page => mark!("returned ()"),
            _ = begun => mark!("the caller gives up"),
        }
        opener.open();
        let _ = ended.await;
    });
    drop(runtime); // which waits for the threads of its blocking pool
    mark!("the runtime is gone");
}

/// Polled only when woken: while `get` is at work, nobody has a reason to wake the task.
#[check]
fn asleep(inputs: &mut Inputs) {
    let (url, text) = (address(inputs), inputs.word());
    let runtime = one_thread();
    let _entered = runtime.enter();
    let (get, Gate { begun, opener }) = gated_get(&text);
    let mut page = pin!(web_page(&url, get, async |page| page.text.clone()));
    let here = thread::current();
    let (wakes, waker) = Wakes::then(move || here.unpark());
    let mut cx = Context::from_waker(&waker);
    mark!("the first poll");
    let first: Poll<String> = page.as_mut().poll(&mut cx);
    let _ = futures::executor::block_on(begun);
    mark!("polled: {first:?}");
    if wakes.take() > 0 {
        mark!("woken, and get still waits: who keeps waking the task?");
        return;
    }
    mark!("not woken; the gate opens");
    opener.open();
    loop {
        while wakes.take() == 0 {
            thread::park();
        }
        if let Poll::Ready(got) = page.as_mut().poll(&mut cx) {
            mark!("woken, and polled: Ready({got:?})");
            return;
        }
    }
}

/// A `get` that panics: the caller gets its panic, as if the call had been its own, and no page was open.
#[check]
fn get_panics(inputs: &mut Inputs) {
    let (url, code) = (address(inputs), *inputs.pick(&[403, 404, 410, 500, 503]));
    mark!("a get that panics");
    let got: ::std::result::Result<usize, String> = probe::catch(|| {
        one_thread().block_on(async {
            let get = move |url: String| -> String {
                mark!("get({url:?}): panic!");
                panic!("status {code}")
            };
            web_page(&url, get, async |page| {
                mark!("the body has {:?}", page.text);
                page.text.len()
            })
            .await
        })
    });
    mark!("the caller caught {got:?}");
}

probe::main!(slide, lazy, early_return, on_panic, on_timeout, loop_is_free, given_up, asleep, get_panics);
