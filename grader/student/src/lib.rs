//! The student's side: what was reached, in a file that they may read and mend; which lesson comes next; the stub, and what
//! was put away for it; and the verdicts that are kept.

pub mod check;
pub mod doctor;
pub mod editor;
pub mod overview;
pub mod place;
pub mod progress;
pub mod put_away;
pub mod verdicts;
