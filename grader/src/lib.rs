//! The grader's library: it builds, observes and judges submissions of the course's lessons.
//!
//! The road of a submission goes through these modules in this order; nothing points back.
//! No module but `report` makes text for people, and none prints.

pub mod course;
pub mod lesson;
pub mod submission;

pub mod build;
pub mod demo;
pub mod exit_code;
pub mod grade;
pub mod judge;
pub mod observe;
pub mod outcome;
pub mod reference;
pub mod report;

pub mod audit;
pub mod misconception;
pub mod progress;
pub mod quiz;

pub mod error;
pub mod files;
pub mod manifest;
pub mod parallel;
pub mod process;
pub mod toolchain;
pub mod transcript;
pub mod words;
