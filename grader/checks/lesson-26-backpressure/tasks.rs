//! Futures that are polled by hand, when they were woken.

use probe::{Wakes, catch, mark};
use std::fmt::Display;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

/// How often one may wake itself before that is a fault: `FuturesUnordered` does it now and then.
const PATIENCE: usize = 50;

/// A future, and whether it was woken. Each poll brings another waker.
pub struct Task<'a, T> {
    name: String,
    future: Pin<Box<dyn Future<Output = T> + 'a>>,
    /// Of the latest poll: only its waker counts.
    wakes: Wakes,
    woken: bool,
    is_over: bool,
}

impl<'a, T> Task<'a, T> {
    /// A task that was not polled yet.
    pub fn named(name: impl Display, future: impl Future<Output = T> + 'a) -> Self {
        let (wakes, _) = Wakes::new();
        Task { name: name.to_string(), future: Box::pin(future), wakes, woken: true, is_over: false }
    }

    /// Whether it was woken since its last poll.
    pub fn is_woken(&mut self) -> bool {
        self.woken |= self.wakes.take() > 0;
        self.woken
    }

    /// Polls it while it is woken: what it returned, if it is ready.
    pub fn settle(&mut self) -> Option<T> {
        self.settle_within(PATIENCE)
    }

    /// The same, with so many polls at the most.
    pub fn settle_within(&mut self, most: usize) -> Option<T> {
        for _ in 0..most {
            if self.is_over || !self.is_woken() {
                return None;
            }
            if let Poll::Ready(got) = self.poll() {
                return Some(got);
            }
        }
        mark!("{} is woken again and again: by whom?", self.name);
        // It is not asked again.
        self.is_over = true;
        None
    }

    /// Polls it once, woken or not, for the sake of what it does.
    pub fn poll_once(&mut self) {
        if !self.is_over && self.poll().is_ready() {
            mark!("{} is ready", self.name);
        }
    }

    /// Settles; a panic comes back as its message, and the task is over.
    pub fn caught(&mut self) -> Result<Option<T>, String> {
        let caught = catch(|| self.settle());
        self.is_over |= caught.is_err();
        caught
    }

    fn poll(&mut self) -> Poll<T> {
        self.woken = false;
        let (wakes, waker) = Wakes::new();
        self.wakes = wakes;
        let polled = self.future.as_mut().poll(&mut Context::from_waker(&waker));
        self.is_over |= polled.is_ready();
        polled
    }
}

/// Lets everybody else have a turn.
pub async fn turn() {
    let mut had_one = false;
    poll_fn(|cx| {
        if std::mem::replace(&mut had_one, true) {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}
