//! The student's side: what was reached, in a file that they may read and mend, and the verdicts that are kept.

pub mod check;
pub mod progress;
pub mod verdicts;
