//! The stub put back in a student's place, and what stood there put away: `backups/lesson-05-timeit/1/`, and so on.
//!
//! Nothing here asks; whoever calls has. Nothing is ever removed that was not copied before, and no copy is written over.

use grader::course::{Course, LessonId};
use grader::error::{Error, Result};
use grader::files;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What a student's work was replaced by, and where it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PutAway {
    /// The folder that the work was copied into, by its path from the course's root.
    pub backup: String,
}

type Files = BTreeMap<PathBuf, Vec<u8>>;

/// Puts the stub in the place of the student's files of a lesson. Nothing, if it stands there already.
///
/// Fails where the course has no stub to give back.
pub fn reset(course: &Course, id: &LessonId) -> Result<Option<PutAway>> {
    replace(course, id, &crate_files(&course.stub(id))?)
}

/// Puts what was put away last back into its place; what stands there is put away in turn, so that this undoes itself.
/// Nothing, if nothing was put away, or it is just what stands there.
pub fn undo(course: &Course, id: &LessonId) -> Result<Option<PutAway>> {
    let Some(last) = backups(course, id).pop() else { return Ok(None) };
    let kept = crate_files(&backup(course, id, last))?;
    replace(course, id, &kept)
}

fn replace(course: &Course, id: &LessonId, by: &Files) -> Result<Option<PutAway>> {
    let src = course.lesson_dir(id).join("src");
    let now = if src.is_dir() { crate_files(&src)? } else { Files::new() };
    if now == *by {
        return Ok(None);
    }
    let number = backups(course, id).last().map_or(1, |last| last + 1);
    let to = backup(course, id, number);
    files::make_folder(&to)?;
    for (path, contents) in &now {
        files::write(&to.join(path), contents)?;
    }
    for (path, contents) in by {
        files::write(&src.join(path), contents)?;
    }
    for path in now.keys().filter(|path| !by.contains_key(*path)) {
        let path = src.join(path);
        std::fs::remove_file(&path).map_err(|error| Error::io("remove", &path, error))?;
    }
    Ok(Some(PutAway { backup: format!("backups/{}/{number}", id.folder()) }))
}

/// What belongs to the student's crate below its `src/`: all but the slide's program.
fn crate_files(src: &Path) -> Result<Files> {
    let mut all = Files::new();
    for path in files::below(src)? {
        let name = path.strip_prefix(src).unwrap_or(&path).to_owned();
        if name != Path::new("main.rs") && !name.starts_with("bin") {
            let contents = std::fs::read(&path).map_err(|error| Error::io("read", &path, error))?;
            all.insert(name, contents);
        }
    }
    Ok(all)
}

fn backup(course: &Course, id: &LessonId, number: u32) -> PathBuf {
    course.root.join("backups").join(id.folder()).join(number.to_string())
}

/// The numbers of what was put away, in their order.
fn backups(course: &Course, id: &LessonId) -> Vec<u32> {
    let folder = course.root.join("backups").join(id.folder());
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut numbers: Vec<u32> = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect();
    numbers.sort_unstable();
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reset_keeps_every_file_and_can_be_undone_and_done_again() {
        let folder = tempfile::tempdir().unwrap();
        let id = LessonId::of_folder("lesson-05-timeit").unwrap();
        let course = Course { root: folder.path().to_owned(), lessons: vec![id.clone()] };
        let src = course.lesson_dir(&id).join("src");
        let write = |path: PathBuf, text: &str| files::write(&path, text.as_bytes()).unwrap();
        assert!(reset(&course, &id).is_err(), "no stub to give back");
        write(course.stub(&id).join("lib.rs"), "todo!()");
        write(course.stub(&id).join("tests.rs"), "// none yet");
        assert_eq!(undo(&course, &id).unwrap(), None, "nothing was put away");
        write(src.join("lib.rs"), "mine");
        write(src.join("clock/mod.rs"), "more");
        write(src.join("main.rs"), "the slide's");

        let names = |all: &Files| all.keys().map(|path| path.display().to_string()).collect::<Vec<_>>();
        let put = reset(&course, &id).unwrap().unwrap();
        assert_eq!(put.backup, "backups/lesson-05-timeit/1");
        assert_eq!(names(&crate_files(&src).unwrap()), ["lib.rs", "tests.rs"]);
        assert_eq!(files::read(&src.join("lib.rs")).unwrap(), "todo!()");
        assert_eq!(files::read(&course.root.join(&put.backup).join("clock/mod.rs")).unwrap(), "more");
        assert_eq!(reset(&course, &id).unwrap(), None, "it is the stub already");

        assert_eq!(undo(&course, &id).unwrap().unwrap().backup, "backups/lesson-05-timeit/2");
        assert_eq!(files::read(&src.join("clock/mod.rs")).unwrap(), "more");
        assert_eq!(files::read(&src.join("lib.rs")).unwrap(), "mine");
        undo(&course, &id).unwrap().unwrap();
        assert_eq!(files::read(&src.join("lib.rs")).unwrap(), "todo!()");
        assert!(src.join("main.rs").is_file());
    }

    #[test]
    fn a_lesson_whose_folder_is_gone_gets_its_stub_back() {
        let folder = tempfile::tempdir().unwrap();
        let id = LessonId::of_folder("lesson-05-timeit").unwrap();
        let course = Course { root: folder.path().to_owned(), lessons: vec![id.clone()] };
        files::write(&course.stub(&id).join("lib.rs"), b"todo!()").unwrap();
        assert!(reset(&course, &id).unwrap().is_some());
        assert_eq!(files::read(&course.lesson_dir(&id).join("src/lib.rs")).unwrap(), "todo!()");
    }
}
