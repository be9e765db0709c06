//! Values of the probe's own that jobs of lesson 01 work with.

use probe::mark;
use std::fmt::{self, Display};
use std::marker::PhantomPinned;
use std::ops::Add;
use std::thread::{self, ThreadId};

/// A number that says on which thread it is added.
///
/// `Clone` and `Default` are for crates that ask for more than they should: that is seen in `any_type`, not here.
#[derive(Clone, Default)]
pub struct Watched {
    pub value: i64,
    pub caller: Option<ThreadId>,
}

impl Add for Watched {
    type Output = Watched;

    fn add(self, other: Watched) -> Watched {
        mark!("{} + {} is added on {}", self.value, other.value, whose_thread(self.caller));
        Watched { value: self.value + other.value, caller: self.caller }
    }
}

impl Display for Watched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

/// The thread that asks is the caller's, or it is not.
pub fn whose_thread(caller: Option<ThreadId>) -> &'static str {
    if Some(thread::current().id()) == caller { "the caller's thread" } else { "another thread" }
}

/// Neither `Clone` nor `Default` nor `Debug`, nor `Unpin`.
pub struct Ticket(pub u64, PhantomPinned);

impl Ticket {
    /// A ticket with this number.
    pub fn number(number: u64) -> Self {
        Ticket(number, PhantomPinned)
    }
}
