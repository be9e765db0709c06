//! The other kind of a lesson's program: it explores one check's schedules, and says what came of them.
//!
//! How that is done is the affair of the crate `interleave`, which `explored.rs` is compiled with. Nothing here knows it:
//! the text that it tells goes into one frame, between the same first and last word as a probe's.

use crate::{asked, marks};

/// A check: explores with at most so many preemptions, and so many schedules. Gives the text of what came of it, which
/// has no control characters but tabs and line ends.
pub type Exploration = fn(u32, u64) -> String;

/// Makes `main` out of the checks of an `explored.rs`; a check is named after its function, which takes nothing.
///
/// ```ignore
/// use interleave::promise;
///
/// fn runs_once() {
///     promise(lesson_30::runs() == 1, "it runs once");
/// }
///
/// probe::explored!(runs_once);
/// ```
#[macro_export]
macro_rules! explored {
    ($($check:ident),+ $(,)?) => {
        /// Explores the check that standard input asks for.
        pub fn main() {
            $crate::run_explored(&[$((const { $crate::digest(stringify!($check)) }, |preemptions, schedules| {
                let defaults = ::interleave::Options::default();
                let options = ::interleave::Options {
                    max_preemptions: preemptions,
                    max_schedules: schedules,
                    ..defaults
                };
                ::interleave::wire::write(&::interleave::explore(options, $check))
            })),+]);
        }
    };
}

/// Explores the one check that standard input asks for: the lines of a probe's request, then the most preemptions and
/// the most schedules.
pub fn run_explored(checks: &[(u64, Exploration)]) {
    let (check, _, nonce, numbers) = asked(checks);
    let [preemptions, schedules] = numbers[..] else {
        eprintln!("an exploration is asked for with two bounds");
        std::process::exit(crate::wire::UNKNOWN_CHECK);
    };
    marks::begin(nonce);
    let told = check(u32::try_from(preemptions).unwrap_or(u32::MAX), schedules);
    marks::told(&told);
    marks::end();
}
