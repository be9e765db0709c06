//! From sources to what can be observed: the student's crate, the probe linked with it, and the compile cases.
//!
//! It calls rustc directly, with dependencies that cargo built once, and knows no verdict: a program that does not
//! compile comes back as its diagnostics.

mod cases;
mod dependencies;
mod diagnostics;
mod explored;
mod foreign;
mod own_tests;
mod probe;
mod rustc;
mod submission;

pub use cases::CaseDiagnostics;
pub use dependencies::{Dependencies, lock_file};
pub use diagnostics::{Diagnostic, Place};
pub use explored::{ExploredBuild, build_explored, build_interleave, interleave_place};
pub use own_tests::{OwnTestsBuild, Services, build_own_tests, build_service};
pub use probe::{harness, support};
pub use rustc::{Budget, Compiled, OutOfBounds, Rustc, Target, Unit};
pub use submission::{BUDGET, Built, NotBuilt, SUBMISSION, Workplace, build_library, build_submission};
