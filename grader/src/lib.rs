//! The road of one submission: course, lesson, submission, build, observe, judge, report.
//!
//! The modules go that way in this order, and none points back. Nothing here makes text for people, prints, or knows
//! what is done with a report; `process` starts every process, and the wires of `probe` and `interleave` are all that is known of
//! them.

pub mod course;
pub mod lesson;
pub mod readme;
pub mod submission;

pub mod build;
pub mod observe;

pub mod judge;
pub mod outcome;
pub mod tried;

mod explored;
mod own_tests;
mod seeds;
mod settle;

pub mod beliefs;
pub mod demo;
pub mod grade;
pub mod quiz;
pub mod reference;

pub mod error;
pub mod event;
pub mod exit_code;
pub mod files;
pub mod hold;
pub mod key;
pub mod manifest;
pub mod pace;
pub mod parallel;
pub mod secret;
pub mod toolchain;
pub mod transcript;
pub mod words;
