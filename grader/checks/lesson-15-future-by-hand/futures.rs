//! Futures that tell of each poll, and tasks that tell of each wake.

use probe::{Wakes, mark};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// A task in name only: its waker says that it was called.
pub fn task(name: String) -> (Wakes, Waker) {
    Wakes::then(move || mark!("the waker of {name} is called"))
}

/// A future that is ready at a given poll, and tells of each one.
pub struct Steps {
    pub name: char,
    pub left: u32,
}

impl Future for Steps {
    type Output = char;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<char> {
        let name = self.name;
        match self.left {
            0 => {
                mark!("{name} is polled again, though it was ready before");
                return Poll::Ready(name);
            }
            1 => mark!("{name} is polled: ready"),
            _ => mark!("{name} is polled: pending"),
        }
        self.left -= 1;
        if self.left == 0 { Poll::Ready(name) } else { Poll::Pending }
    }
}

/// A future that calls its waker in each poll, and is ready at a given one.
pub struct Knocks {
    pub name: char,
    pub left: u32,
}

impl Future for Knocks {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        mark!("{} is polled, and calls its waker", self.name);
        cx.waker().wake_by_ref();
        self.left = self.left.saturating_sub(1);
        if self.left == 0 { Poll::Ready(()) } else { Poll::Pending }
    }
}
