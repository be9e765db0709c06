//! A look at everything that was handed in, before anything is graded: which sources there are, and who handed in each.
//!
//! Only hashes are kept, so that a class of ten thousand is as small in memory as its list of names.

use crate::intake::{Note, Student, take};
use grader::course::LessonId;
use grader::error::Result;
use grader::grade::{Grader, Origin, Request, Seeds};
use grader::lesson::Lesson;
use grader::parallel;
use grader::secret::Secret;
use grader::submission::{Submission, Unreadable};
use std::collections::BTreeMap;

/// What a student handed in.
#[derive(Debug, Clone)]
pub struct Handed {
    /// For each lesson, in their order, the key of its verdict, and the hash of the source; empty where there is none.
    pub lessons: Vec<(String, String)>,
    /// What was not taken, and why.
    pub notes: Vec<Note>,
}

/// A source that has to be graded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// The key of its verdict.
    pub key: String,
    /// The place of its lesson.
    pub lesson: usize,
    /// The places of the students who handed it in; it is read from the first.
    pub students: Vec<usize>,
}

/// What a verdict is asked for with: the same for a look and for the grading.
pub fn request<'a>(
    lesson: &'a Lesson,
    submission: std::result::Result<Submission, Unreadable>,
    seeds: Option<&Secret>,
    origin: &str,
) -> Request<'a> {
    let hash = submission.as_ref().map(Submission::hash).unwrap_or_default();
    let seeds = seeds.map_or(Seeds::Public, |secret| Seeds::PublicAnd(secret.seed(&lesson.id, &hash)));
    Request { lesson, submission, origin: Origin::Other(origin.to_owned()), seeds }
}

/// Reads what each student handed in, and keeps its keys.
pub fn survey(
    grader: &Grader,
    students: &[Student],
    lessons: &[Lesson],
    seeds: Option<&Secret>,
) -> Result<Vec<Handed>> {
    let ids: Vec<LessonId> = lessons.iter().map(|lesson| lesson.id.clone()).collect();
    let look = |student: &Student| -> Result<Handed> {
        let mut taken = take(student, &ids)?;
        let mut handed = Handed { lessons: Vec::new(), notes: taken.notes };
        for lesson in lessons {
            let Some(submission) = taken.submissions.remove(&lesson.id) else { continue };
            let hash = submission.as_ref().map(Submission::hash).unwrap_or_default();
            handed.lessons.push((grader.key(&request(lesson, submission, seeds, "")), hash));
        }
        Ok(handed)
    };
    parallel::map(students, parallel::processors(), look).into_iter().collect()
}

/// The sources among all that was handed in, each once, in the order in which students come.
pub fn units(handed: &[Handed]) -> Vec<Unit> {
    let mut places: BTreeMap<(usize, &str), usize> = BTreeMap::new();
    let mut units: Vec<Unit> = Vec::new();
    for (student, handed) in handed.iter().enumerate() {
        for (lesson, (key, _)) in handed.lessons.iter().enumerate() {
            let place = *places.entry((lesson, key)).or_insert(units.len());
            if place == units.len() {
                units.push(Unit { key: key.clone(), lesson, students: Vec::new() });
            }
            units[place].students.push(student);
        }
    }
    units
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_many_handed_in_is_one_unit() {
        let handed = |keys: &[&str]| Handed {
            lessons: keys.iter().map(|key| ((*key).to_owned(), String::new())).collect(),
            notes: Vec::new(),
        };
        let units = units(&[handed(&["a", "s"]), handed(&["b", "s"]), handed(&["a", "t"])]);
        let of: Vec<(&str, usize, Vec<usize>)> =
            units.iter().map(|unit| (unit.key.as_str(), unit.lesson, unit.students.clone())).collect();
        assert_eq!(of, [("a", 0, vec![0, 2]), ("s", 1, vec![0, 1]), ("b", 0, vec![1]), ("t", 1, vec![2])]);
    }
}
