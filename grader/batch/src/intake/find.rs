//! Where in a student's folder each lesson's work lies: a whole fork, lesson folders, a bare crate or bare files.
//!
//! It follows no link and looks no deeper than people nest their folders. Files are not opened here.

use super::Note;
use grader::course::LessonId;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Where a lesson's work lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A clone of the course.
    Clone(PathBuf),
    /// The folder with its `lib.rs`.
    Src(PathBuf),
    /// A file that is to be its `lib.rs`.
    File(PathBuf),
}

impl Place {
    fn path(&self) -> &Path {
        let (Place::Clone(path) | Place::Src(path) | Place::File(path)) = self;
        path
    }
}

/// How deep a fork may lie in folders that only wrap it.
const DEEPEST: usize = 5;
/// How many entries are looked at.
const MOST_ENTRIES: usize = 20_000;

/// What is looked for, and what was found.
pub struct Search<'a> {
    lessons: &'a [LessonId],
    root: &'a Path,
    /// Each lesson's place; the one that lies least deep, and of those the first by name.
    pub found: BTreeMap<LessonId, Place>,
    /// What was not taken.
    pub notes: Vec<Note>,
    seen: usize,
}

/// Looks for these lessons in a folder. Where just one is wanted, a crate or a file without a lesson's name is that one.
pub fn find<'a>(root: &'a Path, lessons: &'a [LessonId]) -> Search<'a> {
    let mut search = Search { lessons, root, found: BTreeMap::new(), notes: Vec::new(), seen: 0 };
    let mut level = vec![root.to_owned()];
    for _ in 0..DEEPEST {
        let mut next = Vec::new();
        for folder in level {
            next.extend(search.look_at(&folder));
        }
        level = next;
    }
    search
}

impl Search<'_> {
    /// Takes what lies in this folder; gives the folders below it that may hold more.
    fn look_at(&mut self, folder: &Path) -> Vec<PathBuf> {
        let Ok(entries) = std::fs::read_dir(folder) else {
            self.note(folder, "can't be listed");
            return Vec::new();
        };
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        self.seen += paths.len();
        if self.seen > MOST_ENTRIES {
            self.note(folder, "was left out: there are too many files");
            return Vec::new();
        }
        let mut below = Vec::new();
        for path in paths {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let Ok(about) = std::fs::symlink_metadata(&path) else { continue };
            if name.starts_with('.') || ["target", "__MACOSX", "node_modules"].contains(&name.as_str()) {
                continue;
            }
            if about.is_symlink() {
                self.note(&path, "is a link; links are not followed");
            } else if about.is_dir() {
                below.extend(self.folder(folder, &path, &name));
            } else if about.is_file() {
                self.file(folder, &path, &name);
            } else {
                self.note(&path, "is a pipe, a socket or a device");
            }
        }
        below
    }

    fn folder(&mut self, parent: &Path, path: &Path, name: &str) -> Option<PathBuf> {
        if name == "lessons" {
            let there: Vec<LessonId> =
                self.lessons.iter().filter(|id| path.join(id.folder()).is_dir()).cloned().collect();
            there.into_iter().for_each(|id| self.put(id, Place::Clone(parent.to_owned())));
            return None;
        }
        if let Some(id) = self.named(name) {
            let src = path.join("src");
            let place =
                if src.join("lib.rs").exists() || !path.join("lib.rs").exists() { src } else { path.to_owned() };
            self.put(id, Place::Src(place));
            return None;
        }
        if name == "src" {
            match self.only() {
                Some(id) if path.join("lib.rs").exists() => self.put(id, Place::Src(path.to_owned())),
                None if path.join("lib.rs").exists() => self.note(path, "does not say which lesson it is"),
                _ => {}
            }
            return None;
        }
        // The course's own folders in a fork hold copies of all lessons that are nobody's work.
        let courses = ["solutions", "grader", "xtask", "tests", "benches", "examples"];
        (!courses.contains(&name)).then(|| path.to_owned())
    }

    fn file(&mut self, folder: &Path, path: &Path, name: &str) {
        let Some(stem) = name.strip_suffix(".rs") else {
            // A fork has its own manifests and texts at its root; one's own notes are told.
            if folder == self.root && !name.starts_with("Cargo.") && !is_archive(name) {
                self.note(path, "is no Rust file");
            }
            return;
        };
        match (self.named(stem), self.only()) {
            (Some(id), _) => self.put(id, Place::File(path.to_owned())),
            (None, Some(id)) if stem == "lib" => self.put(id, Place::Src(folder.to_owned())),
            // A module beside `lib.rs`, or the slide's program.
            (None, Some(_)) if folder.join("lib.rs").exists() || stem == "main" => {}
            // Whatever it is called: the only Rust file that there is.
            (None, Some(id)) if is_alone(folder) => self.put(id, Place::File(path.to_owned())),
            _ => self.note(path, "does not say which lesson it is"),
        }
    }

    fn put(&mut self, id: LessonId, place: Place) {
        match self.found.get(&id) {
            None => {
                self.found.insert(id, place);
            }
            Some(_) => {
                let why = format!("holds {id} once more; the first is taken");
                self.note(place.path(), &why);
            }
        }
    }

    fn note(&mut self, path: &Path, why: &str) {
        let path = path.strip_prefix(self.root).unwrap_or(path).display().to_string().replace('\\', "/");
        let path = if path.is_empty() { ".".to_owned() } else { path };
        if self.notes.len() < 100 {
            self.notes.push(Note { path, why: why.to_owned() });
        }
    }

    fn only(&self) -> Option<LessonId> {
        if let [id] = self.lessons { Some(id.clone()) } else { None }
    }

    /// The lesson that a folder or a file is named after.
    fn named(&self, name: &str) -> Option<LessonId> {
        let name = name.to_lowercase().replace(['_', ' '], "-");
        let is = |id: &&LessonId| {
            let number = format!("{:02}", id.number);
            [id.to_string(), id.folder(), id.slug.clone(), format!("{number}-{}", id.slug)].contains(&name)
                || name == number
                || name.strip_prefix("lesson-").or(name.strip_prefix("lesson")) == Some(&id.number.to_string())
                || name.strip_prefix("lesson") == Some(&number)
        };
        self.lessons.iter().find(is).cloned()
    }
}

fn is_archive(name: &str) -> bool {
    super::kind(name, false).is_some()
}

fn is_alone(folder: &Path) -> bool {
    let is_rust = |name: &std::ffi::OsStr| name.to_string_lossy().ends_with(".rs");
    std::fs::read_dir(folder).is_ok_and(|all| all.flatten().filter(|entry| is_rust(&entry.file_name())).count() == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lessons(all: &[&str]) -> Vec<LessonId> {
        all.iter().map(|name| LessonId::of_folder(name).unwrap()).collect()
    }

    fn both() -> Vec<LessonId> {
        lessons(&["lesson-05-timeit", "lesson-17-gather"])
    }

    /// The places found, by lesson, as paths from the root; and the notes.
    fn found(files: &[&str], lessons: &[LessonId]) -> (Vec<String>, Vec<String>) {
        let folder = tempfile::tempdir().unwrap();
        files.iter().for_each(|file| grader::files::write(&folder.path().join(file), b"//").unwrap());
        let search = find(folder.path(), lessons);
        let show = |(id, place): (&LessonId, &Place)| {
            let path = place.path().strip_prefix(folder.path()).unwrap().display();
            match place {
                Place::Clone(_) => format!("{id} clone {path}"),
                Place::Src(_) => format!("{id} src {path}"),
                Place::File(_) => format!("{id} file {path}"),
            }
        };
        let notes = search.notes.iter().map(|note| format!("{}: {}", note.path, note.why)).collect();
        (search.found.iter().map(show).collect(), notes)
    }

    #[test]
    fn a_fork_is_found_in_what_wraps_it() {
        let (places, notes) = found(
            &[
                "course-main/lessons/lesson-05-timeit/src/lib.rs",
                "course-main/solutions/lesson-17-gather/src/lib.rs",
                "course-main/README.md",
                "course-main/target/lesson-17-gather/src/lib.rs",
            ],
            &both(),
        );
        assert_eq!((places, notes), (vec!["lesson-05 clone course-main".to_owned()], Vec::new()));
    }

    #[test]
    fn lesson_folders_and_files_go_by_any_of_their_names() {
        let (places, _) = found(&["work/Lesson_05/src/lib.rs", "work/gather/lib.rs"], &both());
        assert_eq!(places, ["lesson-05 src work/Lesson_05/src", "lesson-17 src work/gather"]);
        let (places, _) = found(&["lesson5.rs", "17-gather.rs"], &both());
        assert_eq!(places, ["lesson-05 file lesson5.rs", "lesson-17 file 17-gather.rs"]);
    }

    #[test]
    fn what_bears_no_name_is_the_only_lesson_that_is_asked_for() {
        let one = lessons(&["lesson-05-timeit"]);
        assert_eq!(found(&["src/lib.rs", "Cargo.toml"], &one).0, ["lesson-05 src src"]);
        assert_eq!(found(&["lib.rs", "clock.rs"], &one).0, ["lesson-05 src "]);
        assert_eq!(found(&["my solution.rs"], &one).0, ["lesson-05 file my solution.rs"]);
        let (places, notes) = found(&["a.rs", "b.rs"], &one);
        assert_eq!((places.len(), notes.len()), (0, 2));
        let (places, notes) = found(&["lib.rs", "essay.pdf"], &both());
        assert_eq!((places.len(), notes.len()), (0, 2), "{notes:?}");
    }

    #[test]
    fn the_first_of_two_is_taken_and_the_other_told() {
        let (places, notes) = found(&["a/lesson-05/src/lib.rs", "b/lesson-05/src/lib.rs"], &both());
        assert_eq!(places, ["lesson-05 src a/lesson-05/src"]);
        assert_eq!(notes, ["b/lesson-05/src: holds lesson-05 once more; the first is taken"]);
    }
}
