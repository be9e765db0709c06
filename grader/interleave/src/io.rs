//! `std::io`, whose stdout and stderr are the schedule's.
//!
//! The real ones are locks that a thread may hold while another one has its turn, which would stop both.

use crate::{printing, schedule};
use std::fmt;
use std::marker::PhantomData;

pub use std::io::*;

macro_rules! stream {
    ($make:ident, $stream:ident, $lock:ident, $write:expr) => {
        /// The stream of the schedule.
        #[derive(Debug)]
        pub struct $stream(());

        /// The stream, which no other thread is kept from.
        #[derive(Debug)]
        pub struct $lock<'a>(PhantomData<(&'a (), *const ())>);

        /// As in the standard library.
        pub fn $make() -> $stream {
            $stream(())
        }

        impl $stream {
            /// As in the standard library, but keeps no other thread out.
            pub fn lock(&self) -> $lock<'static> {
                $lock(PhantomData)
            }
        }

        stream!(write $write, $stream, &$stream, $lock<'_>);
    };
    (write $write:expr, $($stream:ty),+) => { $(
        impl Write for $stream {
            #[track_caller]
            fn write(&mut self, bytes: &[u8]) -> Result<usize> {
                $write(&String::from_utf8_lossy(bytes));
                Ok(bytes.len())
            }

            fn flush(&mut self) -> Result<()> {
                Ok(())
            }

            #[track_caller]
            fn write_fmt(&mut self, text: fmt::Arguments<'_>) -> Result<()> {
                $write(&text.to_string());
                Ok(())
            }
        }
    )+ };
}

stream!(stdout, Stdout, StdoutLock, printing::write);
stream!(stderr, Stderr, StderrLock, to_stderr);

fn to_stderr(text: &str) {
    if schedule::with(|_| ()).is_none() {
        std::eprint!("{text}");
    }
}
