//! en: No `async` at all: `Count` and `Gather` are structs with a `poll` of their own, and `#[must_use]` as `impl Future` has it.
//! ru: Совсем без `async`: `Count` и `Gather` — структуры со своим `poll` и с `#[must_use]`, как у `impl Future`.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::{Sleep, sleep};

#[must_use = "futures do nothing unless polled"]
pub struct Count {
    pause: Duration,
    sleep: Option<Pin<Box<Sleep>>>,
}

pub fn count(pause: Duration) -> Count {
    Count { pause, sleep: None }
}

impl Future for Count {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let pause = self.pause;
        let sleep = self.sleep.get_or_insert_with(|| {
            println!("One");
            Box::pin(sleep(pause))
        });
        ready!(sleep.as_mut().poll(cx));
        println!("Two");
        Poll::Ready(())
    }
}

#[must_use = "futures do nothing unless polled"]
pub struct Gather<F: Future> {
    running: Vec<Option<Pin<Box<F>>>>,
    outputs: Vec<Option<F::Output>>,
}

pub fn gather<F: Future>(futures: impl IntoIterator<Item = F>) -> Gather<F> {
    let running: Vec<_> = futures.into_iter().map(|future| Some(Box::pin(future))).collect();
    let outputs = running.iter().map(|_| None).collect();
    Gather { running, outputs }
}

// Nothing in it is pinned in place: the futures are, in boxes of their own.
impl<F: Future> Unpin for Gather<F> {}

impl<F: Future> Future for Gather<F> {
    type Output = Vec<F::Output>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Vec<F::Output>> {
        let Gather { running, outputs } = &mut *self;
        for (slot, output) in running.iter_mut().zip(outputs.iter_mut()) {
            if let Some(future) = slot
                && let Poll::Ready(value) = future.as_mut().poll(cx)
            {
                *output = Some(value);
                *slot = None;
            }
        }
        if running.iter().any(Option::is_some) {
            return Poll::Pending;
        }
        Poll::Ready(outputs.iter_mut().filter_map(Option::take).collect())
    }
}
