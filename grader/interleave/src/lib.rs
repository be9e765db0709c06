//! The standard library with its threads under explored schedules.
//!
//! Compiled under the name `std` (`--extern std=…`), this crate lets an unchanged program meet every order in which its
//! threads can take their steps, as far as a bound on preemptions goes. It re-exports the real standard library and
//! replaces what threads meet through: `sync`, `thread`, `time::Instant`, `hint::spin_loop`, and what prints.
//!
//! [`explore`] runs a body again and again, each time under another schedule. [`wire`] is what it tells, as data and as
//! text, and needs nothing of the rest: a reader takes this crate without its default features.
//!
//! Who does what: `explore` walks over the schedules, `schedule` runs one and owns each decision, `baton` lets one real
//! thread run at a time, `object` knows what threads share, and the modules named like the standard library's are the
//! library itself. Those never decide who runs: they say what they wait for, and `schedule` answers.
//!
//! No module knows what a body is about.

pub mod wire;

#[cfg(feature = "shim")]
pub use ::std::*;

#[cfg(feature = "shim")]
mod baton;
#[cfg(feature = "shim")]
mod choice;
#[cfg(feature = "shim")]
mod explore;
#[cfg(feature = "shim")]
mod frontier;
#[cfg(feature = "shim")]
mod keys;
#[cfg(feature = "shim")]
mod object;
#[cfg(feature = "shim")]
mod processor;
#[cfg(feature = "shim")]
mod record;
#[cfg(feature = "shim")]
mod schedule;
#[cfg(feature = "shim")]
mod tally;

#[cfg(feature = "shim")]
pub mod hint;
#[cfg(feature = "shim")]
pub mod io;
#[cfg(feature = "shim")]
pub mod prelude;
#[cfg(feature = "shim")]
#[doc(hidden)]
pub mod printing;
#[cfg(feature = "shim")]
pub mod sync;
#[cfg(feature = "shim")]
pub mod thread;
#[cfg(feature = "shim")]
pub mod time;

#[cfg(feature = "shim")]
pub use explore::{Options, explore};
#[cfg(feature = "shim")]
pub use schedule::{others_alive, promise, wait_until_idle};
#[cfg(feature = "shim")]
pub use tally::Tally;
