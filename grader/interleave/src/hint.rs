//! `std::hint`, with a spin loop that lets others go.

use crate::record::Op;
use crate::schedule::{Wish, arrive};
use std::panic::Location;

pub use std::hint::*;

/// Has others go first, as `thread::yield_now` does.
#[track_caller]
pub fn spin_loop() {
    arrive(Op::bare("spin", Location::caller()), Wish { yields: true, ..Wish::NOTHING });
}
