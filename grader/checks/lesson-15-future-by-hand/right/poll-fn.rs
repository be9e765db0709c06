//! en: No struct at all: `poll_fn` and `async` blocks, whose captured variables are the fields; `join2` keeps its futures on the stack, with `pin!`.
//! ru: Ни одной структуры: `poll_fn` и блоки `async`, где полями служат захваченные переменные; `join2` держит фьючерсы на стеке, через `pin!`.

use std::future::poll_fn;
use std::mem;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};
use std::time::Duration;

pub fn yield_now() -> impl Future<Output = ()> {
    let mut polls = 0;
    poll_fn(move |cx| {
        polls += 1;
        if polls == 1 {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(())
    })
}

pub async fn foo(n: u32) {
    for _ in 0..n {
        println!("I'm foo");
        yield_now().await;
    }
}

pub trait Clock {
    fn now(&self) -> Duration;
    fn call_at(&self, when: Duration, callback: Box<dyn FnOnce() + Send>);
}

enum State {
    Waiting(Waker),
    Over,
}

pub async fn delay<C: Clock>(clock: &C, pause: Duration) {
    if pause.is_zero() {
        return;
    }
    let mut state: Option<Arc<Mutex<State>>> = None;
    poll_fn(|cx| match &state {
        None => {
            let fresh = Arc::new(Mutex::new(State::Waiting(cx.waker().clone())));
            state = Some(Arc::clone(&fresh));
            clock.call_at(
                clock.now() + pause,
                Box::new(move || {
                    let before = mem::replace(&mut *fresh.lock().unwrap(), State::Over);
                    if let State::Waiting(waker) = before {
                        waker.wake();
                    }
                }),
            );
            Poll::Pending
        }
        Some(state) => match &mut *state.lock().unwrap() {
            State::Over => Poll::Ready(()),
            State::Waiting(waker) => {
                *waker = cx.waker().clone();
                Poll::Pending
            }
        },
    })
    .await
}

pub async fn join2<A: Future, B: Future>(a: A, b: B) -> (A::Output, B::Output) {
    let (mut a, mut b) = (pin!(a), pin!(b));
    let (mut a_output, mut b_output) = (None, None);
    poll_fn(|cx| {
        if a_output.is_none()
            && let Poll::Ready(output) = a.as_mut().poll(cx)
        {
            a_output = Some(output);
        }
        if b_output.is_none()
            && let Poll::Ready(output) = b.as_mut().poll(cx)
        {
            b_output = Some(output);
        }
        if a_output.is_some() && b_output.is_some() { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    a_output.zip(b_output).expect("both are ready")
}
