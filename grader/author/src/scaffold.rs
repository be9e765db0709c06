//! A new lesson: both crates, its checks, one wrong and one right program, its texts, and its place in every list.
//!
//! All of it or nothing: what the lesson needs is written into a folder beside, and renamed into place.

mod lists;
mod template;

use crate::audit::lists::TRYBUILD_MANIFEST;
use grader::course::{Course, LessonId};
use grader::error::{Error, Result};
use grader::files;
use grader::readme;
use grader::words::Lang;
use std::path::{Path, PathBuf};

/// What stands in a new lesson wherever its author has to write something. The audit asks for each to be gone.
pub const TO_WRITE: &str = "TODO(author)";

/// Reads the number and the slug of a lesson that is to be made. Fails, as a wrong call, where they are none, or the
/// course has a lesson of either.
pub fn new_id(course: &Course, number: &str, slug: &str) -> Result<LessonId> {
    let number = match number.parse::<u32>() {
        Ok(number) if (1..=99).contains(&number) => number,
        _ => return Err(Error::Usage(format!("`{number}` is no number for a lesson: 1 to 99"))),
    };
    let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    if !slug.starts_with(|c: char| c.is_ascii_lowercase())
        || slug.split('-').any(|part| part.is_empty() || !letters(part))
    {
        return Err(Error::Usage(format!(
            "`{slug}` is no slug: lower-case letters and digits in words joined by single hyphens, such as `tail-callback`"
        )));
    }
    let id = LessonId { number, slug: slug.to_owned() };
    for place in ["lessons", "solutions", "grader/checks"] {
        let folder = course.root.join(place);
        let entries = std::fs::read_dir(&folder).map_err(|error| Error::io("list", &folder, error))?;
        let mut known = entries.flatten().filter_map(|entry| LessonId::of_folder(entry.file_name().to_str()?));
        if let Some(known) = known.find(|known| known.number == number || known.slug == slug) {
            return Err(Error::Usage(format!("`{place}/{}` is there already", known.folder())));
        }
    }
    Ok(id)
}

/// Makes a lesson. With `asynchronous` its functions wait on tokio's clock, which the probe pauses.
///
/// Gives the files that were written and changed. What fails leaves the course as it was.
pub fn new_lesson(course: &Course, id: &LessonId, asynchronous: bool) -> Result<Vec<PathBuf>> {
    let root = &course.root;
    let lists = lists::with(root, id, asynchronous)?;
    let beside = tempfile::tempdir_in(root).map_err(|error| Error::io("make a folder in", root, error))?;
    let mut written = Vec::new();
    for (path, text) in template::files(id, asynchronous) {
        files::write(&beside.path().join(&path), text.as_bytes())?;
        written.push(root.join(path));
    }
    let mut done = Undo { folders: Vec::new(), files: Vec::new() };
    for folder in [course.lesson_dir(id), course.solution_dir(id), course.checks_dir(id)] {
        let made = beside.path().join(folder.strip_prefix(root).unwrap_or(&folder));
        std::fs::rename(&made, &folder).map_err(|error| Error::io("put in place", &folder, error))?;
        done.folders.push(folder);
    }
    for (path, text) in lists {
        let before = files::read(&path)?;
        files::write(&path, text.as_bytes())?;
        done.files.push((path.clone(), before));
        written.push(path);
    }
    done.keep();
    Ok(written)
}

/// What was done so far, to be undone unless all of it is.
struct Undo {
    folders: Vec<PathBuf>,
    files: Vec<(PathBuf, String)>,
}

impl Undo {
    fn keep(mut self) {
        self.folders.clear();
        self.files.clear();
    }
}

impl Drop for Undo {
    fn drop(&mut self) {
        for folder in &self.folders {
            let _ = files::remove_folder(folder);
        }
        for (path, before) in &self.files {
            let _ = files::write(path, before.as_bytes());
        }
    }
}

/// The files of the course that name every lesson.
fn listing(root: &Path) -> [PathBuf; 4] {
    [
        root.join(readme::file_name(Lang::En)),
        root.join(readme::file_name(Lang::Ru)),
        root.join(TRYBUILD_MANIFEST),
        root.join("Cargo.lock"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn course(root: &Path) -> Course {
        for (path, text) in [
            ("lessons/lesson-01-first/x", ""),
            ("solutions/lesson-01-first/x", ""),
            ("grader/checks/lesson-02-only-checks/x", ""),
            (
                "README.md",
                "a\n<!-- lessons -->\n\n| | l |\n|--:|---|\n| 01 | x |\n\nz\n\n| | code |\n|--:|---|\n| 0 | x |\n",
            ),
            ("README.ru.md", "a\n<!-- lessons -->\n\n| | l |\n|--:|---|\n| 01 | x |\n\nz\n"),
            (TRYBUILD_MANIFEST, "[dev-dependencies]\nlesson_01 = { x }\n\n[lints]\n"),
            (
                "Cargo.lock",
                "version = 4\n\n[[package]]\nname = \"held\"\nversion = \"0.1.0\"\ndependencies = [\n \"author\",\n \"solution-01\",\n \"trybuild\",\n]\n\n\
                 [[package]]\nname = \"lesson-01\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"solution-01\"\nversion = \"0.1.0\"\n",
            ),
        ] {
            files::write(&root.join(path), text.as_bytes()).unwrap();
        }
        Course { root: root.to_owned(), lessons: Vec::new() }
    }

    #[test]
    fn what_is_no_number_and_no_slug_and_what_is_there_already_is_refused() {
        let root = tempfile::tempdir().unwrap();
        let course = course(root.path());
        for (number, slug, why) in [
            ("0", "x", "is no number"),
            ("100", "x", "is no number"),
            ("x", "x", "is no number"),
            ("3", "", "is no slug"),
            ("3", "Two", "is no slug"),
            ("3", "a--b", "is no slug"),
            ("3", "a-", "is no slug"),
            ("3", "../x", "is no slug"),
            ("3", "3", "is no slug"),
            ("1", "other", "`lessons/lesson-01-first` is there already"),
            ("2", "other", "`grader/checks/lesson-02-only-checks` is there already"),
            ("3", "first", "`lessons/lesson-01-first` is there already"),
        ] {
            let error = new_id(&course, number, slug).unwrap_err().to_string();
            assert!(error.contains(why), "{number} {slug}: {error}");
        }
        assert_eq!(new_id(&course, "03", "third").unwrap().folder(), "lesson-03-third");
    }

    #[test]
    fn a_lesson_is_in_every_list_and_one_that_fails_half_way_leaves_nothing() {
        let root = tempfile::tempdir().unwrap();
        let course = course(root.path());
        let id = new_id(&course, "3", "third").unwrap();
        // A list that can't be written into, since it is a folder, once the crates are there.
        let before = files::below(root.path()).unwrap();
        std::fs::rename(root.path().join("Cargo.lock"), root.path().join("kept")).unwrap();
        assert!(new_lesson(&course, &id, false).is_err());
        std::fs::rename(root.path().join("kept"), root.path().join("Cargo.lock")).unwrap();
        assert_eq!(files::below(root.path()).unwrap(), before);

        new_lesson(&course, &id, true).unwrap();
        let [en, ru, held, lock] = listing(root.path()).map(|path| files::read(&path).unwrap());
        for (text, row) in [
            (&en, "| 01 | x |\n| 03 | [`third`](lessons/lesson-03-third/) | TODO(author): a title | + | 30 |\n\nz"),
            (&ru, "| 03 | [`third`](lessons/lesson-03-third/README.ru.md) | TODO(author): название | + | 30 |\n\nz"),
            (&held, "lesson_01 = { x }\nlesson_03 = { package = \"solution-03\", path = \"../lesson-03-third\" }\n\n"),
            (&lock, " \"solution-01\",\n \"solution-03\",\n \"trybuild\",\n"),
            (
                &lock,
                "\"lesson-01\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"lesson-03\"\nversion = \"0.1.0\"\ndependencies = [\n \"tokio\",\n]\n\n[[package]]\nname = \"solution-01\"",
            ),
            (&lock, "name = \"solution-03\"\nversion = \"0.1.0\"\ndependencies = [\n \"tokio\",\n]\n"),
        ] {
            assert!(text.contains(row), "{text}\nlacks\n{row}");
        }
        assert!(root.path().join("grader/checks/lesson-03-third/wrong/greets-the-world.rs").is_file());
        assert!(new_id(&course, "3", "third").is_err());
    }
}
