//! What it costs to hold a submission: the same grading of a folder under limits and in each sandbox of this machine.

use grader::course::Course;
use grader::error::{Error, Result};
use grader::grade::{Grader, Origin, Request, Seeds};
use grader::hold::Hold;
use grader::lesson::Lesson;
use grader::submission::Submission;
use process::sandbox::{Tools, probe};
use std::path::Path;
use std::time::{Duration, Instant};

/// A grader for each level that can be had here, the one without a sandbox first.
///
/// `confine` is the built program of that name in the copy of the course that lies in `root`.
pub fn graders(root: &Path, confine: &Path) -> Result<Vec<Grader>> {
    let open = || Grader::open(Course::open(root)?, Box::new(|_| {}));
    let mut graders = vec![open()?];
    let strongest = Tools::with_system_bubblewrap(confine.to_owned());
    for tools in [Tools { bwrap: None, ..strongest.clone() }, strongest] {
        let mut grader = open()?;
        let Ok(sandbox) = probe(&tools, &[&grader.toolchain.sysroot(), root]) else { continue };
        grader.hold = Hold::Sandbox(Box::new(sandbox));
        // Without bubblewrap both are the same.
        if graders.iter().all(|other| other.hold.isolation() != grader.hold.isolation()) {
            graders.push(grader);
        }
    }
    Ok(graders)
}

/// Grades the lesson's solution as somebody's folder, and gives how long that took. It must get full marks.
pub fn time(grader: &Grader, lesson: &Lesson) -> Result<Duration> {
    let folder = grader.course.solution_dir(&lesson.id);
    let submission = Submission::read(&folder, &lesson.id, "");
    let request = Request { lesson, submission, origin: Origin::folder(&folder), seeds: Seeds::Public };
    let started = Instant::now();
    let report = grader.grade(&request)?;
    let took = started.elapsed();
    if report.full_marks() { Ok(took) } else { Err(Error::course(&folder, "does not get full marks in a sandbox")) }
}
