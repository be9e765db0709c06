//! Clocks that go on by hand: one that calls back when it is told to, one that does so at once.

use lesson_15::Clock;
use probe::mark;
use std::cell::{Cell, RefCell};
use std::time::Duration;

/// A clock that stands still until it is told to go on, and says what it was asked for.
#[derive(Default)]
pub struct TestClock {
    now: Cell<Duration>,
    alarms: RefCell<Vec<(Duration, Box<dyn FnOnce() + Send>)>>,
}

impl Clock for TestClock {
    fn now(&self) -> Duration {
        self.now.get()
    }

    fn call_at(&self, when: Duration, callback: Box<dyn FnOnce() + Send>) {
        mark!("call_at({when:?})");
        self.alarms.borrow_mut().push((when, callback));
    }
}

impl TestClock {
    /// Goes on, then calls back whom it should, the earliest first.
    pub fn advance(&self, by: Duration) {
        self.now.set(self.now.get() + by);
        mark!("the clock shows {:?}", self.now());
        let (mut due, later): (Vec<_>, Vec<_>) = self.alarms.take().into_iter().partition(|(at, _)| *at <= self.now());
        self.alarms.replace(later);
        due.sort_by_key(|(at, _)| *at);
        for (_, callback) in due {
            callback();
        }
    }
}

/// A clock on which every time has come by the end of `call_at`.
#[derive(Default)]
pub struct HastyClock(Cell<Duration>);

impl Clock for HastyClock {
    fn now(&self) -> Duration {
        self.0.get()
    }

    fn call_at(&self, when: Duration, callback: Box<dyn FnOnce() + Send>) {
        mark!("call_at({when:?}) calls back before it returns");
        self.0.set(when);
        callback();
        mark!("call_at returns");
    }
}
