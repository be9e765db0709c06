//! The course as a folder: which lessons there are, and where what belongs to them lies.

use crate::error::{Error, Result};
use crate::files;
use std::fmt;
use std::path::{Path, PathBuf};

/// The course's own clone: trusted, unlike what is graded with it.
#[derive(Debug, Clone)]
pub struct Course {
    /// The root folder, absolute.
    pub root: PathBuf,
    /// The lessons that `grader/checks/` knows, in their order.
    pub lessons: Vec<LessonId>,
}

/// A lesson's name: its number and its slug.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LessonId {
    /// 5 for `lesson-05-timeit`.
    pub number: u32,
    /// `timeit` for `lesson-05-timeit`.
    pub slug: String,
}

impl LessonId {
    /// Reads the name of a lesson's folder, such as `lesson-05-timeit`.
    pub fn of_folder(name: &str) -> Option<LessonId> {
        let (number, slug) = name.strip_prefix("lesson-")?.split_once('-')?;
        let id = LessonId { number: number.parse().ok()?, slug: slug.to_owned() };
        (id.folder() == name && !slug.is_empty()).then_some(id)
    }

    /// The name of its folders: `lesson-05-timeit`.
    pub fn folder(&self) -> String {
        format!("{self}-{}", self.slug)
    }

    /// The name of its library: `lesson_05`.
    pub fn crate_name(&self) -> String {
        format!("lesson_{:02}", self.number)
    }

    fn answers_to(&self, name: &str) -> bool {
        let number = name.strip_prefix("lesson-").unwrap_or(name);
        number.parse() == Ok(self.number) || [self.slug.as_str(), &self.folder()].contains(&name)
    }
}

/// `lesson-05`: the package's name, and what a student types.
impl fmt::Display for LessonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "lesson-{:02}", self.number)
    }
}

impl Course {
    /// Looks at the course in this folder. Fails when that is not the course.
    pub fn open(root: &Path) -> Result<Course> {
        let checks = root.join("grader/checks");
        let entries = std::fs::read_dir(&checks).map_err(|error| Error::io("list", &checks, error))?;
        let mut lessons: Vec<LessonId> =
            entries.flatten().filter_map(|entry| LessonId::of_folder(entry.file_name().to_str()?)).collect();
        lessons.sort();
        if lessons.is_empty() {
            return Err(Error::course(&checks, "holds no lesson: is this the course's folder?"));
        }
        Ok(Course { root: root.to_owned(), lessons })
    }

    /// The lesson that a student means by `lesson-05`, `5`, `05`, `timeit` or `lesson-05-timeit`.
    ///
    /// An unknown name is a usage error that says which known one is nearest, as by the measure of Jaro and Winkler.
    pub fn find(&self, name: &str) -> Result<&LessonId> {
        let wanted = name.trim_end_matches('/').to_lowercase();
        let wanted = wanted.strip_prefix("lessons/").unwrap_or(&wanted);
        if let Some(lesson) = self.lessons.iter().find(|lesson| lesson.answers_to(wanted)) {
            return Ok(lesson);
        }
        let alike = |lesson: &LessonId| {
            [lesson.to_string(), lesson.slug.clone(), lesson.folder()]
                .iter()
                .map(|known| strsim::jaro_winkler(known, wanted))
                .fold(0.0, f64::max)
        };
        let nearest = self.lessons.iter().max_by(|a, b| alike(a).total_cmp(&alike(b)));
        let hint = match nearest {
            Some(lesson) if alike(lesson) > 0.7 => format!("; did you mean `{lesson}` ({})?", lesson.slug),
            _ => "; `cargo xtask list` shows all lessons".to_owned(),
        };
        if let Some(unfinished) = self.unfinished(wanted) {
            return Err(Error::Usage(unfinished));
        }
        Err(Error::Usage(format!("no lesson is called `{name}`{hint}")))
    }

    /// What there is of a lesson that lacks its checks, in a sentence.
    fn unfinished(&self, wanted: &str) -> Option<String> {
        let places = ["lessons", "solutions"];
        let folders = places.iter().flat_map(|place| std::fs::read_dir(self.root.join(place)).into_iter().flatten());
        let ids = folders.flatten().filter_map(|entry| LessonId::of_folder(entry.file_name().to_str()?));
        let id = ids.into_iter().find(|id| id.answers_to(wanted))?;
        let there: Vec<String> = [self.lesson_dir(&id), self.solution_dir(&id)]
            .iter()
            .filter(|folder| folder.is_dir())
            .map(|folder| format!("`{}`", folder.strip_prefix(&self.root).unwrap_or(folder).display()))
            .collect();
        let folder = id.folder();
        Some(format!("{id} is not finished: there is {}, but no `grader/checks/{folder}`", there.join(" and ")))
    }

    /// The lesson whose folder (of the student, the solution or the checks) this path lies in.
    pub fn containing(&self, path: &Path) -> Option<&LessonId> {
        let below = path.strip_prefix(&self.root).ok()?;
        let folders = below.components().filter_map(|part| part.as_os_str().to_str());
        folders.filter_map(LessonId::of_folder).find_map(|id| self.lessons.iter().find(|known| **known == id))
    }

    /// Where the student works on it.
    pub fn lesson_dir(&self, lesson: &LessonId) -> PathBuf {
        self.root.join("lessons").join(lesson.folder())
    }

    /// Where its reference solution lies.
    pub fn solution_dir(&self, lesson: &LessonId) -> PathBuf {
        self.root.join("solutions").join(lesson.folder())
    }

    /// Where the stub is kept that a student begins with: the files of `src/` as the course has them, whatever became of
    /// the student's.
    pub fn stub(&self, lesson: &LessonId) -> PathBuf {
        self.checks_dir(lesson).join("stub")
    }

    /// Where all lies that the grader knows of it.
    pub fn checks_dir(&self, lesson: &LessonId) -> PathBuf {
        self.root.join("grader/checks").join(lesson.folder())
    }

    /// Makes a folder a copy of all that the course is built and graded from: what is the same already stays as it is, and
    /// what the course does not have goes. Target folders are left out, and left alone.
    pub fn copy_into(&self, to: &Path) -> Result<()> {
        let files = [
            "Cargo.toml",
            "Cargo.lock",
            "rust-toolchain.toml",
            "clippy.toml",
            "rustfmt.toml",
            "README.md",
            "README.ru.md",
        ];
        let folders = [".cargo", "grader", "lessons", "solutions", "xtask"];
        for file in files {
            files::copy(&self.root.join(file), &to.join(file))?;
        }
        for folder in folders.into_iter().filter(|folder| self.root.join(folder).is_dir()) {
            for source in sources(&self.root.join(folder))? {
                files::copy(&source, &to.join(source.strip_prefix(&self.root).unwrap_or(&source)))?;
            }
            for copy in sources(&to.join(folder))? {
                if !self.root.join(copy.strip_prefix(to).unwrap_or(&copy)).is_file() {
                    std::fs::remove_file(&copy).map_err(|error| Error::io("remove", &copy, error))?;
                }
            }
        }
        Ok(())
    }

    /// Where the grader keeps what it can make again.
    pub fn scratch(&self) -> PathBuf {
        self.root.join("target/grader")
    }
}

/// The files below a folder, but for those in target folders.
fn sources(folder: &Path) -> Result<Vec<PathBuf>> {
    let in_target = |path: &PathBuf| path.components().any(|part| part.as_os_str() == "target");
    let relative = |path: &PathBuf| path.strip_prefix(folder).unwrap_or(path).to_owned();
    Ok(files::below(folder)?.into_iter().filter(|path| !in_target(&relative(path))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn course() -> Course {
        let lessons = ["lesson-05-timeit", "lesson-17-gather"].map(|name| LessonId::of_folder(name).unwrap()).to_vec();
        Course { root: PathBuf::from("/course"), lessons }
    }

    #[test]
    fn a_lesson_answers_to_all_its_names() {
        for name in
            ["lesson-05", "lesson-5", "5", "05", "timeit", "lesson-05-timeit", "lessons/lesson-05-timeit/", "TimeIt"]
        {
            assert_eq!(course().find(name).unwrap().number, 5, "{name}");
        }
    }

    #[test]
    fn a_copy_has_what_the_course_has_and_keeps_its_builds() {
        let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let write = |root: &Path, path: &str| files::write(&root.join(path), path.as_bytes()).unwrap();
        for file in [
            "Cargo.toml",
            "Cargo.lock",
            "rust-toolchain.toml",
            "clippy.toml",
            "rustfmt.toml",
            "README.md",
            "README.ru.md",
        ] {
            write(from.path(), file);
        }
        for folder in [".cargo", "grader", "lessons", "solutions", "xtask"] {
            write(from.path(), &format!("{folder}/file"));
        }
        write(from.path(), "xtask/target/not-copied");
        for path in ["target/kept", "xtask/target/kept", "grader/tests/gone.rs"] {
            write(to.path(), path);
        }
        let course = Course { root: from.path().to_owned(), lessons: Vec::new() };
        course.copy_into(to.path()).unwrap();
        for path in ["Cargo.lock", ".cargo/file", "xtask/file", "target/kept", "xtask/target/kept"] {
            assert_eq!(files::read(&to.path().join(path)).unwrap(), path);
        }
        for path in ["xtask/target/not-copied", "grader/tests/gone.rs"] {
            assert!(!to.path().join(path).exists(), "{path}");
        }
    }

    #[test]
    fn a_typo_gets_the_nearest_lesson() {
        let said = |name| course().find(name).unwrap_err().to_string();
        assert_eq!(
            said("lesson-17-gahter"),
            "no lesson is called `lesson-17-gahter`; did you mean `lesson-17` (gather)?"
        );
        assert_eq!(said("timit"), "no lesson is called `timit`; did you mean `lesson-05` (timeit)?");
        assert_eq!(said("zzz"), "no lesson is called `zzz`; `cargo xtask list` shows all lessons");
    }

    #[test]
    fn only_whole_names_are_lessons() {
        for name in ["lesson-05", "lesson-5-timeit", "lesson-05-", "lesson-x-y", "05-timeit"] {
            assert_eq!(LessonId::of_folder(name), None, "{name}");
        }
    }

    #[test]
    fn a_path_inside_a_lesson_names_it() {
        let course = course();
        let number = |path: &str| course.containing(Path::new(path)).map(|lesson| lesson.number);
        assert_eq!(number("/course/lessons/lesson-05-timeit/src"), Some(5));
        assert_eq!(number("/course/grader/checks/lesson-17-gather"), Some(17));
        assert_eq!(number("/course/lessons"), None);
        assert_eq!(number("/elsewhere/lesson-05-timeit"), None);
    }
}
