//! Reports as texts: for a terminal, and in the formats that other programs read.
//!
//! Every form is a pure function of a `Report` and the lesson's own texts. `screen` prints; nothing here judges or reads a submission.

pub mod changes;
pub mod diff;
pub mod github;
pub mod hint;
pub mod json;
mod json_faults;
mod json_own_tests;
mod json_schedule;
pub mod junit;
pub mod lessons;
pub mod live;
pub mod overview;
pub mod own_tests;
pub mod phrases;
pub mod schedule;
pub mod screen;
pub mod strangers;
pub mod terminal;

#[cfg(feature = "many")]
pub mod canvas;
#[cfg(feature = "many")]
pub mod gradebook;
#[cfg(feature = "many")]
pub mod gradescope;
#[cfg(feature = "many")]
pub mod html;
#[cfg(feature = "many")]
pub mod markdown;
#[cfg(feature = "many")]
pub mod moodle;
#[cfg(feature = "many")]
pub mod shown;
