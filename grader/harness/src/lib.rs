//! The crate `test` in the place of the compiler's own: what `rustc --test` makes of `#[test]` functions is handed to
//! the crate `probe`, which runs them and tells how each ended.
//!
//! `--extern test=…` puts it there. Its names and fields are those of the pinned toolchain's `library/test`, as far as
//! code that the compiler generates uses them; with another toolchain it may have to follow, and the tests of the road
//! say so. It knows no lesson and no service.

use probe::OwnTest;
use std::process::Termination;

pub use ShouldPanic::{No, Yes, YesWithMessage};
pub use TestFn::StaticTestFn;
pub use TestName::StaticTestName;

/// What a test is called.
#[derive(Debug, Clone, Copy)]
pub enum TestName {
    /// By its path in the crate: `tests::drops_the_slow_one`.
    StaticTestName(&'static str),
}

/// Whether a test should panic.
#[derive(Debug, Clone, Copy)]
pub enum ShouldPanic {
    /// No.
    No,
    /// Yes, however.
    Yes,
    /// Yes, with a message that contains this.
    YesWithMessage(&'static str),
}

/// Where a test stands. Nothing here asks.
#[derive(Debug, Clone, Copy)]
pub enum TestType {
    /// In the crate itself.
    UnitTest,
    /// In `tests/`.
    IntegrationTest,
    /// In a comment.
    DocTest,
    /// Anywhere.
    Unknown,
}

/// What the compiler knows of a test.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "the compiler's own fields, most of which nobody asks for here")]
pub struct TestDesc {
    pub name: TestName,
    pub ignore: bool,
    pub ignore_message: Option<&'static str>,
    pub source_file: &'static str,
    pub start_line: usize,
    pub start_col: usize,
    pub end_line: usize,
    pub end_col: usize,
    pub should_panic: ShouldPanic,
    pub compile_fail: bool,
    pub no_run: bool,
    pub test_type: TestType,
}

/// The code of a test.
#[derive(Debug, Clone, Copy)]
pub enum TestFn {
    /// A function.
    StaticTestFn(fn() -> Result<(), String>),
}

/// A test.
#[derive(Debug, Clone, Copy)]
pub struct TestDescAndFn {
    /// What the compiler knows of it.
    pub desc: TestDesc,
    /// Its code.
    pub testfn: TestFn,
}

/// What a test gave back, as a success or not. Whatever stands for a failing exit code is one, as in the compiler's own.
pub fn assert_test_result<T: Termination>(result: T) -> Result<(), String> {
    // An exit code can't be compared, but it can be shown.
    let (code, success) = (result.report(), std::process::ExitCode::SUCCESS);
    let shown = |code: &std::process::ExitCode| format!("{code:?}");
    if shown(&code) == shown(&success) { Ok(()) } else { Err("it gave back an error".to_owned()) }
}

/// The program of the tests: runs those that are not ignored.
pub fn test_main_static(tests: &[&TestDescAndFn]) {
    let own = |test: &&TestDescAndFn| {
        let (StaticTestName(name), StaticTestFn(body)) = (test.desc.name, test.testfn);
        let should_panic = match test.desc.should_panic {
            No => None,
            Yes => Some(""),
            YesWithMessage(part) => Some(part),
        };
        OwnTest { name, body, should_panic }
    };
    let tests: Vec<OwnTest> = tests.iter().filter(|test| !test.desc.ignore).map(own).collect();
    probe::run_tests(&tests);
}
