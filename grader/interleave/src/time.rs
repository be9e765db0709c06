//! `std::time`, whose `Instant` is virtual: time goes by when somebody waits for it, and a little at each look.

use crate::record::Op;
use crate::schedule::{self, Wish, arrive, note};
use std::fmt;
use std::ops::{Add, AddAssign, Sub, SubAssign};
use std::panic::Location;

pub use std::time::{Duration, SystemTime, SystemTimeError, TryFromFloatSecsError, UNIX_EPOCH};

/// Goes by between two looks at the clock.
const LOOK: Duration = Duration::from_micros(1);
/// Goes by when a thread does nothing but look: who waits that way is not to need thousands of steps.
const STARE: Duration = Duration::from_millis(1);

/// The schedule's time, now; zero where no schedule runs.
pub(crate) fn now() -> Duration {
    schedule::with(|schedule| schedule.clock).unwrap_or_default()
}

/// The time that is so far from now.
pub(crate) fn after(pause: Duration) -> Duration {
    now().saturating_add(pause)
}

/// A moment of the schedule's time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(Duration);

impl Instant {
    /// This moment, which is later than each one before.
    #[must_use]
    #[track_caller]
    pub fn now() -> Instant {
        let op = Op::bare("now", Location::caller());
        let by = match schedule::with(|schedule| schedule.stares(&op)) {
            Some(true) => {
                arrive(op, Wish { yields: true, ..Wish::NOTHING });
                STARE
            }
            _ => {
                note(op);
                LOOK
            }
        };
        Instant(schedule::with(|schedule| schedule.pass(by)).unwrap_or_default())
    }

    /// As in the standard library.
    #[must_use]
    pub fn duration_since(&self, earlier: Instant) -> Duration {
        self.0.saturating_sub(earlier.0)
    }

    /// As in the standard library.
    #[must_use]
    pub fn checked_duration_since(&self, earlier: Instant) -> Option<Duration> {
        self.0.checked_sub(earlier.0)
    }

    /// As in the standard library.
    #[must_use]
    pub fn saturating_duration_since(&self, earlier: Instant) -> Duration {
        self.0.saturating_sub(earlier.0)
    }

    /// As in the standard library.
    #[must_use]
    #[track_caller]
    pub fn elapsed(&self) -> Duration {
        Instant::now().duration_since(*self)
    }

    /// As in the standard library.
    #[must_use]
    pub fn checked_add(&self, duration: Duration) -> Option<Instant> {
        self.0.checked_add(duration).map(Instant)
    }

    /// As in the standard library. A schedule starts an hour after the earliest moment that there is.
    #[must_use]
    pub fn checked_sub(&self, duration: Duration) -> Option<Instant> {
        self.0.checked_sub(duration).map(Instant)
    }
}

impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Instant").field(&self.0).finish()
    }
}

impl Add<Duration> for Instant {
    type Output = Instant;

    fn add(self, duration: Duration) -> Instant {
        self.checked_add(duration).expect("overflow when adding duration to instant")
    }
}

impl AddAssign<Duration> for Instant {
    fn add_assign(&mut self, duration: Duration) {
        *self = *self + duration;
    }
}

impl Sub<Duration> for Instant {
    type Output = Instant;

    fn sub(self, duration: Duration) -> Instant {
        self.checked_sub(duration).expect("overflow when subtracting duration from instant")
    }
}

impl SubAssign<Duration> for Instant {
    fn sub_assign(&mut self, duration: Duration) {
        *self = *self - duration;
    }
}

impl Sub for Instant {
    type Output = Duration;

    fn sub(self, earlier: Instant) -> Duration {
        self.duration_since(earlier)
    }
}
