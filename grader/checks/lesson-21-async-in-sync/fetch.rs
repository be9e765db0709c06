//! Futures that say when they are polled and dropped.

use super::OVER;
use probe::mark;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::task::{Context, Poll};
use std::thread::{self, JoinHandle};

/// Pending so many times, then ready. Nobody calls its waker, unless it does so itself.
pub struct Slow {
    pub name: &'static str,
    pub pending: u32,
    pub polls: u32,
    pub wakes_itself: bool,
    pub is_over: bool,
}

impl Slow {
    pub fn named(name: &'static str, pending: u32) -> Self {
        Slow { name, pending, polls: 0, wakes_itself: false, is_over: false }
    }

    pub fn waking(name: &'static str, pending: u32) -> Self {
        let mut slow = Slow::named(name, pending);
        slow.wakes_itself = true;
        slow
    }
}

impl Future for Slow {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        assert!(!self.is_over, "{} was polled after it was ready", self.name);
        self.polls += 1;
        if self.polls > self.pending {
            self.is_over = true;
            mark!("{}: poll {}, Ready", self.name, self.polls);
            return Poll::Ready(());
        }
        // Of very many polls the last two are enough to see.
        if self.pending < 100 || self.polls + 1 >= self.pending {
            mark!("{}: poll {}, Pending", self.name, self.polls);
        }
        if self.wakes_itself {
            cx.waker().wake_by_ref();
        }
        Poll::Pending
    }
}

impl Drop for Slow {
    fn drop(&mut self) {
        if self.is_over {
            OVER.with_borrow_mut(|over| over.push(self.name));
        } else {
            mark!("dropped {}, polled {} times", self.name, self.polls);
        }
    }
}

/// When a [`Fetch`] is woken.
#[derive(Clone, Copy)]
pub enum Woken {
    /// After its first poll, or so.
    Later,
    /// In the middle of its first poll.
    InThePoll,
    /// Once in vain, and again when its value is there.
    TooEarly,
}

/// Has a thread bring its value.
pub struct Fetch {
    pub word: String,
    pub woken: Woken,
    pub is_there: Arc<AtomicBool>,
    pub thread: Option<JoinHandle<()>>,
    pub second_poll: Option<mpsc::Sender<()>>,
}

impl Future for Fetch {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.is_there.load(Ordering::Acquire) {
            mark!("{} is there: Ready", self.word);
            if let Some(thread) = self.thread.take() {
                thread.join().expect("it doesn't panic");
            }
            return Poll::Ready(());
        }
        if let Some(second_poll) = self.second_poll.take() {
            mark!("polled again: Pending");
            let _ = second_poll.send(());
        }
        if self.thread.is_some() {
            return Poll::Pending;
        }
        mark!("Pending; a thread fetches {}, and will wake", self.word);
        let (waker, is_there, woken) = (cx.waker().clone(), Arc::clone(&self.is_there), self.woken);
        let (sender, polled_again) = mpsc::channel();
        let thread = thread::spawn(move || {
            if let Woken::TooEarly = woken {
                waker.wake_by_ref();
                let _ = polled_again.recv();
            }
            is_there.store(true, Ordering::Release);
            waker.wake_by_ref();
            waker.wake();
        });
        match self.woken {
            Woken::Later => self.thread = Some(thread),
            // Its wakes are over when this poll returns.
            Woken::InThePoll => thread.join().expect("it doesn't panic"),
            Woken::TooEarly => (self.thread, self.second_poll) = (Some(thread), Some(sender)),
        }
        Poll::Pending
    }
}
