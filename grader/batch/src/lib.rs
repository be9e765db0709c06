//! Many submissions: taking them in, grading them so that nothing is lost, and what comes of them together.
//!
//! A submission goes `grader`'s road, as that of a single student does; nothing of the road is here. What is said to
//! people is `report`'s; this crate decides what is graded when, what is kept, and what is a number in a gradebook.

pub mod intake;

pub mod journal;
pub mod record;
pub mod results;

pub mod run;
pub mod survey;

pub mod merge;
pub mod policy;
pub mod publish;
pub mod shard;
