//! Gates: they force an order on what would else run in any, so that no check has to wait for time to pass.

mod futures;
mod threads;

pub use futures::Gate;
pub use threads::{Opener, Passed, ThreadGate, every_chance};
