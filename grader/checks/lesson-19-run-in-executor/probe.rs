//! Observes lesson 19: on which thread `get` runs, who waits meanwhile, and when a page is closed.

use futures::FutureExt;
use lesson_19::web_page;
use probe::{Inputs, OnDrop, check, mark, paused_runtime};
use std::any::Any;
use std::cell::RefCell;
use std::num::ParseIntError;
use std::panic::{AssertUnwindSafe, panic_any};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, mpsc};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread, ThreadId};
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
    opener: mpsc::Sender<()>,
}

/// A `get` that waits for its gate. On the loop's own thread it does not: the one who would open it could never run.
fn gated_get(text: &str) -> (impl FnOnce(String) -> String + Send + 'static, Gate) {
    let (text, home) = (text.to_owned(), thread::current().id());
    let (begins, begun) = oneshot::channel();
    let (opener, opened) = mpsc::channel();
    let get = move |url: String| {
        mark!("get({url:?}) on {}", place(home));
        if thread::current().id() == home {
            mark!("nobody else can run, so its gate would stay shut");
            return text;
        }
        let _ = begins.send(());
        match opened.recv() {
            Ok(()) => mark!("the gate is open, and get returns"),
            Err(mpsc::RecvError) => mark!("the gate is gone, and get returns"),
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

/// Bodies that borrow from their caller, on its thread, and leave by the last line or by `?`: with addresses and texts of
/// all kinds. What a body holds is gone before its page is closed, and that before the caller has the value.
#[check]
fn early_return(inputs: &mut Inputs) {
    let mut texts =
        [inputs.number(10..=99).to_string(), inputs.word(), String::new(), format!(" {}\n\n", inputs.text(5..=9))];
    let mut urls = [
        address(inputs),
        String::new(),
        format!(" HTTP://{}/?q={} ", inputs.text(4..=6), inputs.word()),
        address(inputs),
    ];
    inputs.shuffle(&mut texts);
    inputs.shuffle(&mut urls);
    one_thread().block_on(async {
        let visits = RefCell::new(Vec::new());
        let label = Rc::new(inputs.word());
        for (url, text) in urls.iter().zip(&texts) {
            mark!("a body that parses {text:?}");
            let got: ::std::result::Result<Rc<u32>, ParseIntError> = web_page(url, get(text), async |page| {
                let _held = OnDrop::named("what the body held");
                visits.borrow_mut().push(format!("{label}: {:?}", page.text));
                mark!("the body has {:?}, {:?}", page.url, page.text);
                let number = page.text.parse()?;
                mark!("the body reaches its last line");
                Ok(Rc::new(number))
            })
            .await;
            mark!("returned {got:?}");
        }
        mark!("the caller's Vec: {:?}", visits.into_inner());
    });
}

/// What somebody panicked with.
fn what(payload: Box<dyn Any + Send>) -> String {
    match payload.downcast::<String>() {
        Ok(text) => format!("the String {text:?}"),
        Err(payload) => match (payload.downcast_ref::<&str>(), payload.downcast_ref::<u64>()) {
            (Some(text), _) => format!("the literal {text:?}"),
            (_, Some(number)) => format!("the number {number}"),
            _ => "something else".to_owned(),
        },
    }
}

/// Panics with a payload of this kind.
fn panic_with(kind: usize, text: &str, number: u64) -> ! {
    mark!("panic!");
    match kind {
        0 => panic!("no sense in {text:?}"),
        1 => panic!("no sense in it"),
        _ => panic_any(number),
    }
}

/// Bodies that panic: the page is closed on the way to whoever catches it, who gets what the body panicked with.
#[check]
fn on_panic(inputs: &mut Inputs) {
    let (url, text, number) = (address(inputs), inputs.word(), inputs.number(1..=99));
    let mut kinds = [0, 1, 2];
    inputs.shuffle(&mut kinds);
    one_thread().block_on(async {
        for kind in kinds {
            mark!("a body that panics");
            let page = web_page(&url, get(&text), async |page| -> u32 {
                let _held = OnDrop::named("what the body held");
                panic_with(kind, &page.text, number)
            });
            let got: ::std::result::Result<u32, String> = AssertUnwindSafe(page).catch_unwind().await.map_err(what);
            mark!("the caller caught {got:?}");
        }
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
                let _held = OnDrop::named("what the body held");
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
            let _ = gate.opener.send(());
        };
        let (got, ()): (usize, ()) = futures::join!(page, sibling);
        mark!("returned {got}");
    });
}

/// Two pages at a time: both `get` are at work before one may return, and the second to begin is the first to end.
#[check]
fn side_by_side(inputs: &mut Inputs) {
    let urls = [address(inputs), address(inputs)];
    let texts = inputs.words(2);
    one_thread().block_on(async {
        mark!("two pages at a time; each get waits until both have begun");
        let ((first, gate), (second, other_gate)) = (quiet_get(&texts[0]), quiet_get(&texts[1]));
        let body = |name: &'static str| {
            async move |page: &lesson_19::Page| {
                mark!("the {name} body: {:?}, {:?}", page.url, page.text);
                page.text.clone()
            }
        };
        let (first_is_over, over) = oneshot::channel();
        let first = web_page(&urls[0], first, body("first"));
        let second = async {
            let text: ::std::string::String = web_page(&urls[1], second, body("second")).await;
            let _ = first_is_over.send(());
            text
        };
        let opener = async {
            let _ = gate.begun.await;
            let _ = other_gate.begun.await;
            mark!("both have begun; the second may return");
            let _ = other_gate.opener.send(());
            let _ = over.await;
            mark!("the first may return");
            let _ = gate.opener.send(());
        };
        let (first, second, ()) = futures::join!(first, second, opener);
        let got: (::std::string::String, ::std::string::String) = (first, second);
        mark!("returned {got:?}");
    });
}

/// A `get` that waits for its gate, and says nothing: two of them would speak in any order.
fn quiet_get(text: &str) -> (impl FnOnce(String) -> String + Send + 'static, Gate) {
    let text = text.to_owned();
    let (begins, begun) = oneshot::channel();
    let (opener, opened) = mpsc::channel();
    let get = move |_| {
        let _ = begins.send(());
        let _: Result<(), mpsc::RecvError> = opened.recv();
        text
    };
    (get, Gate { begun, opener })
}

/// Whether the task is to be polled, and the thread to tell.
struct Task {
    thread: Thread,
    woken: AtomicBool,
}

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        self.woken.store(true, SeqCst);
        self.thread.unpark();
    }
}

impl Task {
    fn here() -> Arc<Self> {
        Arc::new(Task { thread: thread::current(), woken: AtomicBool::new(false) })
    }

    /// Polls once, woken or not.
    fn poll<T>(self: &Arc<Self>, page: Pin<&mut impl Future<Output = T>>) -> Poll<T> {
        self.woken.store(false, SeqCst);
        page.poll(&mut Context::from_waker(&Waker::from(Arc::clone(self))))
    }
}

/// Sleeps until one of these tasks is woken, and says which: its place in the list.
fn next_woken(tasks: &[Arc<Task>]) -> usize {
    loop {
        match tasks.iter().position(|task| task.woken.load(SeqCst)) {
            Some(place) => return place,
            None => thread::park(),
        }
    }
}

/// A caller that gives up: while `get` is at work; and when the text is there, and nobody has polled for it.
#[check]
fn given_up(inputs: &mut Inputs) {
    let mut early = [true, false];
    inputs.shuffle(&mut early);
    for early in early {
        let (url, text) = (address(inputs), inputs.word());
        let runtime = one_thread();
        let entered = runtime.enter();
        mark!(
            "{}",
            if early { "a caller that gives up while get is at work" } else { "a caller that is woken, and gives up" }
        );
        let (get, Gate { begun, opener }) = gated_get(&text);
        let (ends, ended) = oneshot::channel();
        let get = move |url| {
            let text = get(url);
            let _ = ends.send(());
            text
        };
        let mut page = Box::pin(web_page(&url, get, async |page| mark!("the body has {:?}", page.text)));
        let task = Task::here();
        let polled: Poll<()> = task.poll(page.as_mut());
        let _ = futures::executor::block_on(begun);
        mark!("polled: {polled:?}");
        if early {
            mark!("the caller gives up");
            drop(page);
            let _ = opener.send(());
            let _ = futures::executor::block_on(ended);
        } else if polled.is_pending() {
            let _ = opener.send(());
            let _ = futures::executor::block_on(ended);
            next_woken(&[task]);
            mark!("woken; the caller gives up");
            drop(page);
        }
        drop(entered);
        drop(runtime); // which waits for the threads of its blocking pool
        mark!("the runtime is gone");
    }
}

/// Polled only when woken: while `get` is at work, nobody has a reason to wake the task. Then whoever polled last is woken.
#[check]
fn asleep(inputs: &mut Inputs) {
    let (url, text) = (address(inputs), inputs.word());
    let runtime = one_thread();
    let _entered = runtime.enter();
    let (get, Gate { begun, opener }) = gated_get(&text);
    let mut page = Box::pin(web_page(&url, get, async |page| page.text.clone()));
    let tasks = [Task::here(), Task::here()];
    mark!("task 1 polls");
    let first: Poll<String> = tasks[0].poll(page.as_mut());
    let _ = futures::executor::block_on(begun);
    mark!("polled: {first:?}");
    if first.is_ready() {
        return;
    }
    for _ in 0..inputs.number(1..=3) {
        let again: Poll<String> = tasks[1].poll(page.as_mut());
        mark!("task 2 polls: {again:?}");
    }
    if tasks.iter().any(|task| task.woken.load(SeqCst)) {
        mark!("woken, and get still waits: who keeps waking the task?");
        return;
    }
    mark!("nobody is woken; the gate opens");
    let _ = opener.send(());
    let woken = next_woken(&tasks);
    mark!("task {} is woken", woken + 1);
    if woken == 1 {
        let got: Poll<String> = tasks[1].poll(page.as_mut());
        mark!("polled: {got:?}");
    }
}

/// A `get` that panics: the caller gets its panic, as if the call had been its own, and no page was open.
#[check]
fn get_panics(inputs: &mut Inputs) {
    let (url, text, number) = (address(inputs), inputs.word(), inputs.number(1..=99));
    let mut kinds = [0, 1, 2];
    inputs.shuffle(&mut kinds);
    one_thread().block_on(async {
        for kind in kinds {
            mark!("a get that panics");
            let text = text.clone();
            let get = move |_: String| -> String { panic_with(kind, &text, number) };
            let page = web_page(&url, get, async |page| {
                mark!("the body has {:?}", page.text);
                page.text.len()
            });
            let got: ::std::result::Result<usize, String> = AssertUnwindSafe(page).catch_unwind().await.map_err(what);
            mark!("the caller caught {got:?}");
        }
    });
}

probe::main!(slide, lazy, early_return, on_panic, on_timeout, loop_is_free, side_by_side, given_up, asleep, get_panics);
