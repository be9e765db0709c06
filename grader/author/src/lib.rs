//! For those who write lessons: whether a lesson's checks can be trusted, and its texts are true.

pub mod audit;
pub mod mutants;
pub mod picture;
pub mod programs;
pub mod scaffold;
