//! The batch: what is not noted yet is graded, many at a time, and each student's report is written as soon as it is whole.
//!
//! Whatever happens to the process, nothing that was noted is graded again, and nobody finds half a file. A report whose
//! score would change though its source did not is held back until somebody has seen the change.

use crate::intake::{Student, take};
use crate::journal::Journal;
use crate::record::{self, Graded, Record};
use crate::results::Results;
use crate::survey::{Handed, Unit, request, units};
use grader::error::{Error, Result};
use grader::files::{self, Digest};
use grader::grade::Grader;
use grader::lesson::Lesson;
use grader::outcome::Report;
use grader::parallel;
use grader::secret::Secret;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// What is graded, with what, and where it goes.
pub struct Batch<'a> {
    /// The road.
    pub grader: &'a Grader,
    /// The lessons that are graded.
    pub lessons: &'a [Lesson],
    /// Who handed in.
    pub students: &'a [Student],
    /// What they handed in.
    pub handed: &'a [Handed],
    /// Where secret seeds come from; none for public ones alone.
    pub seeds: Option<&'a Secret>,
    /// Where it goes.
    pub results: &'a Results,
    /// What was graded before.
    pub journal: &'a Journal,
    /// Whether scores that change for the same source are written without being asked about.
    pub accept: bool,
    /// Who hears how far it is.
    pub tell: &'a (dyn Fn(Progress<'_>) + Sync),
}

/// How far a batch is.
#[derive(Debug, Clone, Copy)]
pub struct Progress<'a> {
    /// Sources that are graded.
    pub done: usize,
    /// Sources that had to be graded.
    pub of: usize,
    /// The first student who handed the last one in.
    pub student: &'a str,
    /// Its verdict.
    pub report: &'a Report,
}

/// A score that is another than before, of the same source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The student's key.
    pub student: String,
    /// `lesson-05`.
    pub lesson: String,
    /// The score that was written.
    pub before: u64,
    /// The score now.
    pub now: u64,
}

/// What a batch came to.
#[derive(Debug, Default)]
pub struct Done {
    /// How many sources there are.
    pub sources: usize,
    /// How many of them were graded now.
    pub graded: usize,
    /// Scores that changed. Unless they were accepted, the reports of these students are as they were.
    pub changes: Vec<Change>,
    /// Students whose report could not be made for no fault of theirs.
    pub faults: Vec<String>,
}

/// How often something is tried that fails for no fault of the submission's.
const TRIES: usize = 3;

/// Submissions under way at a time: most wait for a compiler's turn, or for sleepers.
const WORKERS: usize = 48;

/// Grades what has to be graded, and writes the students' reports.
///
/// Fails if results can't be written; then all that was graded is kept.
pub fn run(batch: &Batch<'_>) -> Result<Done> {
    grader::pace::set(parallel::processors());
    let units = units(batch.handed);
    let tag = Digest::default().add("results", batch.results.root.as_os_str().as_encoded_bytes()).finish();
    let tag = format!("batch-{}", &tag[..8]);
    remove_leftovers(batch, &tag)?;
    let before: Vec<Option<Record>> = batch.students.iter().map(|student| published(batch, student)).collect();
    let to_grade: Vec<&Unit> = units.iter().filter(|unit| !batch.journal.has(&unit.key)).collect();

    let waiting: Vec<AtomicUsize> = batch.students.iter().map(|_| AtomicUsize::new(0)).collect();
    for student in to_grade.iter().flat_map(|unit| &unit.students) {
        waiting[*student].fetch_add(1, Ordering::Relaxed);
    }
    let faults: Mutex<BTreeMap<String, Report>> = Mutex::default();
    let (done, stopped) = (AtomicUsize::new(0), AtomicBool::new(false));
    let publish = |student: usize| -> Result<Vec<Change>> {
        let record = put_together(batch, student, &faults);
        let changes = changes(before[student].as_ref(), &record);
        if changes.is_empty() || batch.accept {
            files::write_if_changed(&batch.results.report(&record.key), record::write(&record).as_bytes())?;
        }
        Ok(changes)
    };
    let graded = parallel::map(&to_grade, WORKERS, |unit| -> Result<Vec<Change>> {
        if stopped.load(Ordering::Relaxed) {
            return Ok(Vec::new());
        }
        let one = || -> Result<Vec<Change>> {
            let report = grade(batch, unit, &tag);
            if report.grader_failed() {
                faults
                    .lock()
                    .unwrap_or_else(std::sync::PoisonError::into_inner)
                    .insert(unit.key.clone(), report.clone());
            } else {
                batch.journal.add(&unit.key, &report)?;
            }
            let student = &batch.students[unit.students[0]].key;
            let done = done.fetch_add(1, Ordering::Relaxed) + 1;
            (batch.tell)(Progress { done, of: to_grade.len(), student, report: &report });
            let mut changes = Vec::new();
            for student in &unit.students {
                if waiting[*student].fetch_sub(1, Ordering::AcqRel) == 1 {
                    changes.extend(publish(*student)?);
                }
            }
            Ok(changes)
        };
        one().inspect_err(|_| stopped.store(true, Ordering::Relaxed))
    });
    let mut came = Done { sources: units.len(), graded: done.into_inner(), ..Done::default() };
    for changes in graded {
        came.changes.extend(changes?);
    }
    let busy: std::collections::BTreeSet<usize> = to_grade.iter().flat_map(|unit| unit.students.clone()).collect();
    for student in (0..batch.students.len()).filter(|student| !busy.contains(student)) {
        came.changes.extend(publish(student)?);
    }
    came.changes.sort_by(|a, b| (&a.student, &a.lesson).cmp(&(&b.student, &b.lesson)));
    let faults = faults.into_inner().unwrap_or_default();
    let failed = |handed: &Handed| handed.lessons.iter().any(|(key, _)| faults.contains_key(key));
    came.faults = batch
        .students
        .iter()
        .zip(batch.handed)
        .filter(|(_, handed)| failed(handed))
        .map(|(student, _)| student.key.clone())
        .collect();
    Ok(came)
}

/// The report on a student that was written before.
fn published(batch: &Batch<'_>, student: &Student) -> Option<Record> {
    record::read(&std::fs::read_to_string(batch.results.report(&student.key)).ok()?)
}

/// Grades a source; what fails for no fault of its own is tried again, and in the end is a report that says so.
fn grade(batch: &Batch<'_>, unit: &Unit, tag: &str) -> Report {
    let lesson = &batch.lessons[unit.lesson];
    let mut last = String::new();
    for _ in 0..TRIES {
        match grade_once(batch, unit, tag) {
            Ok(report) if !report.grader_failed() => return report,
            Ok(report) => last = why(&report),
            Err(error @ (Error::Course(_) | Error::Usage(_) | Error::Refused(_))) => {
                return Report::failed(lesson, &error.chain());
            }
            Err(error) => last = error.chain(),
        }
    }
    Report::failed(lesson, &last)
}

fn why(report: &Report) -> String {
    let of_a_check = |check: &grader::outcome::CheckReport| match &check.outcome {
        grader::outcome::Outcome::GraderFault(why) => Some(format!("{}: {why}", check.id)),
        _ => None,
    };
    report.fault.clone().or_else(|| report.checks.iter().find_map(of_a_check)).unwrap_or_default()
}

fn grade_once(batch: &Batch<'_>, unit: &Unit, tag: &str) -> Result<Report> {
    let lesson = &batch.lessons[unit.lesson];
    let student = &batch.students[unit.students[0]];
    let mut taken = take(student, std::slice::from_ref(&lesson.id))?;
    // Which file stands for the lesson may depend on how many lessons were asked for.
    if batch.lessons.len() > 1 {
        let ids: Vec<_> = batch.lessons.iter().map(|lesson| lesson.id.clone()).collect();
        taken = take(student, &ids)?;
    }
    let submission = taken.submissions.remove(&lesson.id).ok_or_else(|| Error::machine("a lesson was not taken"))?;
    let origin = format!("{tag}-{}", &unit.key[..16]);
    let request = request(lesson, submission, batch.seeds, &origin);
    if batch.grader.key(&request) != unit.key {
        return Err(Error::machine(format!("what {} handed in was changed while it was graded", student.key)));
    }
    let report = batch.grader.grade(&request);
    files::remove_folder(&batch.grader.course.scratch().join("builds").join(lesson.id.to_string()).join(&origin))?;
    report
}

/// Removes what a batch into the same results left when it was killed.
fn remove_leftovers(batch: &Batch<'_>, tag: &str) -> Result<()> {
    for lesson in batch.lessons {
        let folder = batch.grader.course.scratch().join("builds").join(lesson.id.to_string());
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with(tag) {
                files::remove_folder(&entry.path())?;
            }
        }
    }
    Ok(())
}

/// All that is known of a student now.
fn put_together(batch: &Batch<'_>, at: usize, faults: &Mutex<BTreeMap<String, Report>>) -> Record {
    let (student, handed) = (&batch.students[at], &batch.handed[at]);
    let mut record = Record::of(student);
    record.notes.clone_from(&handed.notes);
    if !record.handed_in {
        return record;
    }
    for (lesson, (key, _)) in batch.lessons.iter().zip(&handed.lessons) {
        let failed = faults.lock().unwrap_or_else(std::sync::PoisonError::into_inner).get(key).cloned();
        let graded = match failed.or_else(|| batch.journal.load(key)) {
            Some(report) if !report.grader_failed() => Graded { key: key.clone(), report },
            Some(report) => Graded { key: String::new(), report },
            None => {
                let why = "the stored verdict is damaged: run `grade` again";
                Graded { key: String::new(), report: Report::failed(lesson, why) }
            }
        };
        record.lessons.push(graded);
    }
    record
}

/// The scores that are other than before though the source is the same.
fn changes(before: Option<&Record>, now: &Record) -> Vec<Change> {
    let Some(before) = before else { return Vec::new() };
    let mut all = Vec::new();
    for graded in &now.lessons {
        let (lesson, source) = (&graded.report.lesson, &graded.report.made_by.submission);
        let same = |old: &&Graded| old.report.lesson == *lesson && old.report.made_by.submission == *source;
        let Some(old) = before.lessons.iter().find(same) else { continue };
        let (was, is) = (&old.report, &graded.report);
        if was.score() != is.score() && !was.grader_failed() && !is.grader_failed() {
            let (student, lesson) = (now.key.clone(), lesson.clone());
            all.push(Change { student, lesson, before: was.score(), now: is.score() });
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::tests::{record, report};

    #[test]
    fn only_what_changes_for_the_same_source_is_a_change() {
        let was = record("ann", vec![report("lesson-05", true), report("lesson-17", true)]);
        assert_eq!(changes(None, &was), []);
        assert_eq!(changes(Some(&was), &was), []);
        let now = record("ann", vec![report("lesson-05", false), report("lesson-17", true)]);
        let change = Change { student: "ann".to_owned(), lesson: "lesson-05".to_owned(), before: 10, now: 0 };
        assert_eq!(changes(Some(&was), &now), [change]);
        let mut other = now.clone();
        other.lessons[0].report.made_by.submission = "t".repeat(64);
        assert_eq!(changes(Some(&was), &other), [], "another source is another score");
    }
}
