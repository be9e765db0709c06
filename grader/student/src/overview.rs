//! How far a student is: the rows of `cargo xtask list`, and which lesson comes next.

use crate::progress::{Progress, Reached};
use grader::course::{Course, LessonId};
use grader::error::{Error, Result};
use grader::lesson::Lesson;
use grader::submission::Submission;
use report::lessons::{Row, State};
use std::path::Path;

/// A row a lesson, in their order; and what keeps lessons from being read, which then have none.
pub fn rows(course: &Course) -> Result<(Vec<Row>, Vec<Error>)> {
    let progress = Progress::load(course)?;
    let (mut rows, mut errors) = (Vec::new(), Vec::new());
    for id in &course.lessons {
        match Lesson::load(course, id) {
            Ok(lesson) => rows.push(row(course, &lesson, &progress.of(id))),
            Err(error) => errors.push(error),
        }
    }
    Ok((rows, errors))
}

/// The row of one lesson.
pub fn row(course: &Course, lesson: &Lesson, reached: &Reached) -> Row {
    let id = &lesson.id;
    let hash = Submission::read(&course.lesson_dir(id), id, "").map(|submission| submission.hash());
    let state = if reached.solved() {
        State::Passed {
            changed: hash.is_ok_and(|hash| hash != reached.passed),
            more_checks: reached.points != lesson.points(),
        }
    } else if reached.points > 0 {
        State::Begun
    } else {
        State::Untouched
    };
    Row {
        id: id.clone(),
        title: lesson.title.clone(),
        score: reached.score,
        points: lesson.points(),
        minutes: lesson.minutes,
        state,
    }
}

/// The lesson that is meant where none is named: the one whose folder `here` lies in, else the next.
pub fn current(course: &Course, here: Option<&Path>) -> Result<LessonId> {
    match here.and_then(|here| course.containing(here)) {
        Some(id) => Ok(id.clone()),
        None => next(course, &Progress::load(course)?),
    }
}

/// The first lesson that never had full marks; the last of all, if every one had.
pub fn next(course: &Course, progress: &Progress) -> Result<LessonId> {
    let open = course.lessons.iter().find(|id| !progress.of(id).solved());
    let next = open.or(course.lessons.last());
    next.cloned().ok_or_else(|| Error::machine("a course without a lesson was opened"))
}

/// The first lesson after this one that never had full marks, else [`next`].
pub fn after(course: &Course, progress: &Progress, id: &LessonId) -> Result<LessonId> {
    let later = course.lessons.iter().find(|it| *it > id && !progress.of(it).solved());
    later.map_or_else(|| next(course, progress), |it| Ok(it.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_next_was_never_solved_and_comes_after_the_one_at_hand() {
        let lessons: Vec<LessonId> =
            ["lesson-01-a", "lesson-02-b", "lesson-03-c"].map(|name| LessonId::of_folder(name).unwrap()).to_vec();
        let course = Course { root: "/course".into(), lessons: lessons.clone() };
        let mut progress = Progress::default();
        let number = |id: Result<LessonId>| id.unwrap().number;
        assert_eq!(number(next(&course, &progress)), 1);
        assert_eq!(number(after(&course, &progress, &lessons[1])), 3);
        assert_eq!(number(after(&course, &progress, &lessons[2])), 1, "around, to what was left out");
        for id in &lessons {
            progress.entry(id).note(1, 1, "source");
        }
        assert_eq!(number(next(&course, &progress)), 3, "all are solved");
        progress.entry(&lessons[0]).note(0, 1, "worse");
        assert_eq!(number(next(&course, &progress)), 3, "solved once is solved");
    }
}
