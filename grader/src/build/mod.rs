//! From sources to what can be observed: the student's crate, the probe linked with it, and the compile cases.
//!
//! It calls rustc directly, with dependencies that cargo built once, and knows no verdict: a program that does not
//! compile comes back as its diagnostics.

mod cases;
mod dependencies;
mod diagnostics;
mod probe;
mod rustc;

pub use cases::{CaseDiagnostics, compile_cases};
pub use dependencies::Dependencies;
pub use diagnostics::{Diagnostic, Place};
pub use probe::{ProbeBuild, build_probe, support};
pub use rustc::{Compiled, Rustc, Target};
