//! Where a student goes on in a lesson: the line that an editor is to be opened at.

use crate::verdicts::newest_verdict;
use grader::course::{Course, LessonId};
use grader::submission::Submission;

/// A line of the student's own source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The file, by its path from the course's root.
    pub file: String,
    /// The line, from 1.
    pub line: u64,
}

/// The first line that is still to be written; else the one that the newest verdict on this very source points at; else
/// the first of all.
pub fn spot(course: &Course, id: &LessonId) -> Spot {
    let shown = format!("lessons/{}", id.folder());
    let beginning = Spot { file: format!("{shown}/src/lib.rs"), line: 1 };
    let Ok(submission) = Submission::read(&course.lesson_dir(id), id, &shown) else { return beginning };
    let verdict = newest_verdict(course, &id.to_string()).filter(|it| it.made_by.submission == submission.hash());
    let place = verdict.and_then(|report| report.first_to_mend()?.outcome.place());
    let told = place.map(|place| Spot { file: place.file, line: place.line });
    to_do(&submission).or(told).unwrap_or(beginning)
}

/// The first `TODO` or `todo!` of a submission, of `lib.rs` before all other files.
fn to_do(submission: &Submission) -> Option<Spot> {
    let lib_first = |path: &&String| *path != "lib.rs";
    let mut paths: Vec<&String> = submission.files.keys().collect();
    paths.sort_by_key(lib_first);
    paths.into_iter().find_map(|path| {
        let open = |line: &str| line.contains("todo!(") || line.contains("TODO");
        let line = submission.files[path].lines().position(open)?;
        Some(Spot { file: format!("{}/{path}", submission.shown), line: line as u64 + 1 })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use grader::files;

    #[test]
    fn what_is_still_to_be_written_comes_first_and_an_unreadable_lesson_has_a_beginning() {
        let folder = tempfile::tempdir().unwrap();
        let id = LessonId::of_folder("lesson-05-timeit").unwrap();
        let course = Course { root: folder.path().to_owned(), lessons: vec![id.clone()] };
        let shown = "lessons/lesson-05-timeit/src";
        let at = |file: &str, line| Spot { file: format!("{shown}/{file}"), line };
        assert_eq!(spot(&course, &id), at("lib.rs", 1));
        let write = |file: &str, text: &str| {
            files::write(&course.root.join(shown).join(file), text.as_bytes()).unwrap();
        };
        write("clock.rs", "// one\n// TODO: a clock\n");
        write("lib.rs", "mod clock;\n");
        assert_eq!(spot(&course, &id), at("clock.rs", 2));
        write("lib.rs", "mod clock;\n\nfn x() {\n    todo!()\n}\n");
        assert_eq!(spot(&course, &id), at("lib.rs", 4));
    }
}
