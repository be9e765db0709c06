//! What a service of ours does wrong on purpose, for a learner's own test to find out.
//!
//! A service is right where no flaw is asked for. One program holds all of them: which one a run has is asked for by
//! standard input, like a check, and the names of the flaws are nowhere in the program.

use std::sync::OnceLock;

static FLAW: OnceLock<Option<u64>> = OnceLock::new();

/// From here on this is the flaw that there is, by the digest of its name.
pub(crate) fn choose(flaw: Option<u64>) {
    FLAW.set(flaw).expect("a process has its flaw chosen once");
}

#[doc(hidden)]
pub fn has_flaw(name: u64) -> bool {
    FLAW.get().copied().flatten() == Some(name)
}

/// Whether this run has the flaw of that name: the service then does the wrong thing. Never, outside of such a run.
///
/// ```
/// fn answer(n: u32) -> u32 {
///     if probe::flaw!("counts-from-one") { n + 1 } else { n }
/// }
/// assert_eq!(answer(0), 0);
/// ```
#[macro_export]
macro_rules! flaw {
    ($name:literal) => {
        $crate::has_flaw(const { $crate::digest($name) })
    };
}
