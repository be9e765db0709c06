//! The preludes of the standard library, with macros that print into the schedule.

macro_rules! preludes {
    ($($edition:ident)*) => { $(
        /// The prelude of this name.
        pub mod $edition {
            pub use crate::{dbg, eprint, eprintln, print, println};
            pub use std::prelude::$edition::*;
        }
    )* };
}

preludes! { v1 rust_2015 rust_2018 rust_2021 rust_2024 }
