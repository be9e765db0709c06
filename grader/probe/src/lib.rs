//! What a probe needs: run one check, draw seeded inputs, put marks between the student's lines.
//!
//! A probe is linked with a student's crate and runs in a process of its own. It never knows what is expected:
//! it calls, and says what it saw. Whether that is right is the grader's to judge, from outside.
//!
//! This crate knows no lesson and no grader; it uses the standard library only, because every verdict waits for it.

pub mod growing;
pub mod wire;

mod clock;
mod drops;
mod explored;
mod flaws;
mod gates;
mod inputs;
mod marks;
mod own_tests;
mod panics;
mod steps;
mod wakes;

pub use clock::within_polls;
pub use drops::OnDrop;
#[doc(hidden)]
pub use explored::{Exploration, run_explored};
#[doc(hidden)]
pub use flaws::has_flaw;
pub use gates::{Gate, Opener, Passed, ThreadGate, every_chance};
pub use inputs::Inputs;
pub use marks::mark_line;
pub use own_tests::{OwnTest, run_tests};
pub use panics::{catch, message};
pub use probe_macros::check;
pub use steps::Steps;
pub use wakes::Wakes;

use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::exit;

/// The blocks of Rust in there are compiled as the examples here are.
#[cfg(doctest)]
#[doc = include_str!("../../../CONTRIBUTING.md")]
struct Contributing;

/// A check: it drives the student's crate with these inputs.
pub type Check = fn(&mut Inputs);

/// Makes `main` out of the checks of a probe; a check is named after its function.
///
/// Each of them carries [`#[check]`](check). One that does not is an error here, "expected type, found function": it
/// could not be left out when it alone does not fit a student's crate.
///
/// ```no_run
/// use probe::{Inputs, check, mark};
///
/// #[check]
/// fn greets(inputs: &mut Inputs) {
///     let name = inputs.word();
///     mark!("hello({name:?})");
/// }
///
/// probe::main!(greets);
/// ```
///
/// ```compile_fail,E0573
/// use probe::Inputs;
///
/// fn greets(_: &mut Inputs) {}
///
/// probe::main!(greets);
/// # fn main() {}
/// ```
#[macro_export]
macro_rules! main {
    ($($check:ident),+ $(,)?) => {
        $(const _: ::std::option::Option<$check> = ::std::option::Option::None;)+

        /// Runs the check that standard input asks for.
        pub fn main() {
            $crate::run(&[$((const { $crate::digest(stringify!($check)) }, $check as $crate::Check)),+]);
        }
    };
}

/// Prints a mark: a line of the transcript that the student's code can't print by itself.
///
/// Takes what `format!` takes. Control characters, line ends included, are escaped, so a mark is always one line.
#[macro_export]
macro_rules! mark {
    ($($arg:tt)*) => { $crate::mark_line(&::std::format!($($arg)*)) };
}

/// What stands for a check's name in a probe, so that the names themselves are nowhere in it: FNV-1a, 64 bits (Fowler,
/// Noll and Vo).
#[doc(hidden)]
pub const fn digest(name: &str) -> u64 {
    let (mut digest, mut i) = (0xcbf2_9ce4_8422_2325, 0);
    while i < name.len() {
        digest = (digest ^ name.as_bytes()[i] as u64).wrapping_mul(0x0100_0000_01b3);
        i += 1;
    }
    digest
}

/// Runs the one check that standard input asks for, and ends the transcript. Checks go by the [`digest`] of their names.
///
/// Standard input holds three lines: the check's name, the seed (decimal `u64`), and the nonce that frames marks.
/// They come by standard input rather than by argument, so that tested code doesn't learn from `std::env::args`
/// which check is running.
pub fn run(checks: &[(u64, Check)]) {
    let (check, seed, nonce, _) = asked(checks);
    marks::begin(nonce);
    panics::remember();
    let mut inputs = Inputs::from_seed(seed);
    match catch_unwind(AssertUnwindSafe(|| check(&mut inputs))) {
        Ok(()) => marks::end(),
        Err(payload) => {
            marks::panicked(&panics::words(&*payload), &panics::last_location());
            exit(wire::PANICKED);
        }
    }
}

/// The check that standard input asks for, its seed, the nonce, and the numbers behind it. Leaves if there is none.
fn asked<C: Copy>(checks: &[(u64, C)]) -> (C, u64, String, Vec<u64>) {
    let mut request = String::new();
    std::io::stdin().read_to_string(&mut request).unwrap_or_default();
    let mut lines = request.lines();
    let (name, seed, nonce) = (lines.next(), lines.next(), lines.next());
    let (Some(name), Some(Ok(seed)), Some(nonce)) = (name, seed.map(str::parse), nonce) else {
        eprintln!("a probe is started by the grader: `cargo xtask check`");
        exit(wire::UNKNOWN_CHECK);
    };
    let Some((_, check)) = checks.iter().find(|(known, _)| *known == digest(name)) else {
        eprintln!("this probe has no check `{name}`");
        exit(wire::UNKNOWN_CHECK);
    };
    (*check, seed, nonce.to_owned(), lines.filter_map(|line| line.parse().ok()).collect())
}

#[cfg(test)]
mod tests {
    use super::digest;

    #[test]
    fn a_name_has_the_digest_that_its_authors_publish() {
        assert_eq!(
            [digest(""), digest("a"), digest("foobar")],
            [0xcbf2_9ce4_8422_2325, 0xaf63_dc4c_8601_ec8c, 0x8594_4171_f739_67e8]
        );
    }
}
