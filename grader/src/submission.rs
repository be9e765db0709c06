//! What is taken from a student: the Rust files of one `src/` folder, read once, and nothing else.

use crate::course::LessonId;
use crate::files::Digest;
use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Source files, held in memory: what is judged can't change while it is judged.
#[derive(Debug, Clone)]
pub struct Submission {
    /// Contents by path below `src/`, with `/` between the parts. `lib.rs` is among them.
    pub files: BTreeMap<String, String>,
    /// The folder that stands before those paths in what a student is shown, such as `lessons/lesson-05-timeit/src`.
    pub shown: String,
    /// What was found and not taken, with the reason.
    pub ignored: Vec<String>,
}

/// Why there is nothing to judge: the student's affair, so a value and not an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The file or folder it is about.
    pub path: String,
    /// What is wrong with it.
    pub reason: Defect,
}

/// What is wrong with a submission's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Defect {
    /// It is not there.
    Missing,
    /// It holds nothing.
    Empty,
    /// It is not UTF-8.
    NotUtf8,
    /// It is a folder, a pipe or a device.
    NotAFile,
    /// It is a link, or lies behind one: a submission is its own files.
    Link,
    /// It, or all together, is larger than is taken.
    TooLarge,
    /// There are more files than are taken.
    TooMany,
    /// The system would not let us read it.
    NotReadable,
    /// It came in an archive that can't be unpacked.
    NotUnpacked,
}

impl Defect {
    /// What is wrong, in a word or two; also its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Defect::Missing => "missing",
            Defect::Empty => "empty",
            Defect::NotUtf8 => "not_utf8",
            Defect::NotAFile => "not_a_file",
            Defect::Link => "link",
            Defect::TooLarge => "too_large",
            Defect::TooMany => "too_many",
            Defect::NotReadable => "not_readable",
            Defect::NotUnpacked => "not_unpacked",
        }
    }

    /// All of them.
    pub const ALL: [Defect; 9] = [
        Defect::Missing,
        Defect::Empty,
        Defect::NotUtf8,
        Defect::NotAFile,
        Defect::Link,
        Defect::TooLarge,
        Defect::TooMany,
        Defect::NotReadable,
        Defect::NotUnpacked,
    ];
}

/// How many files are taken at most.
pub const MOST_FILES: usize = 64;
/// How many bytes of source are taken at most, over all files.
pub const MOST_BYTES: u64 = 1024 * 1024;

impl Submission {
    /// Reads a submission for this lesson from a folder: a clone of the course, or the lesson's own folder.
    ///
    /// `shown` is how that folder is called in messages; empty for paths that start inside it.
    pub fn read(folder: &Path, lesson: &LessonId, shown: &str) -> Result<Submission, Unreadable> {
        let within = |inner: &str| format!("{shown}{}{inner}", if shown.is_empty() { "" } else { "/" });
        let as_clone = format!("lessons/{}", lesson.folder());
        let inner = if folder.join("lessons").is_dir() { format!("{as_clone}/src") } else { "src".to_owned() };
        // A link anywhere on the way would lead to what is somebody else's. `folder` itself is the caller's word.
        let mut way = folder.to_owned();
        let mut named = PathBuf::new();
        for part in Path::new(&inner) {
            way.push(part);
            named.push(part);
            if fs::symlink_metadata(&way).is_ok_and(|about| about.is_symlink()) {
                let path = within(&named.display().to_string().replace('\\', "/"));
                return Err(Unreadable { path, reason: Defect::Link });
            }
        }
        read_src(&way, within(&inner))
    }

    /// Reads a submission from the folder that holds its `lib.rs`, whatever that folder is called.
    pub fn of_src(src: &Path, shown: &str) -> Result<Submission, Unreadable> {
        if fs::symlink_metadata(src).is_ok_and(|about| about.is_symlink()) {
            return Err(Unreadable { path: shown.to_owned(), reason: Defect::Link });
        }
        read_src(src, shown.to_owned())
    }

    /// Reads a submission that is a single file, to be the crate's `lib.rs`.
    pub fn of_file(path: &Path, shown: &str) -> Result<Submission, Unreadable> {
        let named = format!("{shown}/lib.rs");
        let source = read_file(path, &named, MOST_BYTES)?;
        if source.trim().is_empty() {
            return Err(Unreadable { path: named, reason: Defect::Empty });
        }
        Ok(Submission::of_files(BTreeMap::from([("lib.rs".to_owned(), source)]), shown))
    }

    /// A program of the course's own as a submission: `lib.rs` and what stands beside it, held in memory.
    ///
    /// `shown` is how its folder is called in messages.
    pub fn of_files(files: BTreeMap<String, String>, shown: &str) -> Submission {
        Submission { files, shown: shown.to_owned(), ignored: Vec::new() }
    }

    /// `lib.rs` as a student is shown it.
    pub fn source(&self) -> String {
        if self.shown.is_empty() { "lib.rs".to_owned() } else { format!("{}/lib.rs", self.shown) }
    }

    /// SHA-256 over paths and contents.
    pub fn hash(&self) -> String {
        let mut digest = Digest::default();
        for (path, source) in &self.files {
            digest.add(path, source.as_bytes());
        }
        digest.finish()
    }
}

/// `main.rs` is the slide's program and `bin/` can hold more: neither is part of the crate that is judged.
fn belongs_to_the_crate(path: &str) -> bool {
    path != "main.rs" && !path.starts_with("bin/")
}

fn read_src(src: &Path, shown: String) -> Result<Submission, Unreadable> {
    let wrong = |path: String, reason| Err(Unreadable { path, reason });
    match fs::metadata(src) {
        Ok(about) if about.is_dir() => {}
        Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => return wrong(shown, Defect::NotReadable),
        _ => return wrong(format!("{shown}/lib.rs"), Defect::Missing),
    }
    let mut submission = Submission { files: BTreeMap::new(), shown, ignored: Vec::new() };
    let mut room = MOST_BYTES;
    let mut folders = vec![(src.to_owned(), String::new())];
    let mut seen = 0;
    while let Some((folder, prefix)) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else {
            return wrong(format!("{}/{prefix}", submission.shown), Defect::NotReadable);
        };
        for entry in entries.flatten() {
            seen += 1;
            if seen > 16 * MOST_FILES {
                return wrong(submission.shown, Defect::TooMany);
            }
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = format!("{prefix}{name}");
            let named = format!("{}/{path}", submission.shown);
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            // Such a name could hide others: the compiler's list of files is one of lines, and what is no text looks alike.
            if path.contains(|c: char| c.is_control() || c == char::REPLACEMENT_CHARACTER) {
                submission.ignored.push(named);
                continue;
            }
            if path == "lib.rs" || (path.ends_with(".rs") && !is_folder && belongs_to_the_crate(&path)) {
                let source = read_file(&entry.path(), &named, room)?;
                room -= source.len() as u64;
                submission.files.insert(path, source);
                if submission.files.len() > MOST_FILES {
                    return wrong(submission.shown, Defect::TooMany);
                }
            } else if is_folder {
                folders.push((entry.path(), format!("{path}/")));
            } else if belongs_to_the_crate(&path) {
                submission.ignored.push(named);
            }
        }
    }
    submission.ignored.sort();
    match submission.files.get("lib.rs") {
        None => wrong(format!("{}/lib.rs", submission.shown), Defect::Missing),
        Some(source) if source.trim().is_empty() => wrong(format!("{}/lib.rs", submission.shown), Defect::Empty),
        Some(_) => Ok(submission),
    }
}

fn read_file(path: &Path, shown: &str, room: u64) -> Result<String, Unreadable> {
    let wrong = |reason| Unreadable { path: shown.to_owned(), reason };
    let about = fs::symlink_metadata(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::PermissionDenied => wrong(Defect::NotReadable),
        _ => wrong(Defect::Missing),
    })?;
    if about.is_symlink() {
        return Err(wrong(Defect::Link));
    }
    if !about.is_file() {
        return Err(wrong(Defect::NotAFile));
    }
    if about.len() > room {
        return Err(wrong(Defect::TooLarge));
    }
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(|_| wrong(Defect::NotReadable))?;
    // It may have grown since.
    file.take(room + 1).read_to_end(&mut bytes).map_err(|_| wrong(Defect::NotReadable))?;
    if bytes.len() as u64 > room {
        return Err(wrong(Defect::TooLarge));
    }
    String::from_utf8(bytes).map_err(|_| wrong(Defect::NotUtf8))
}

/// The folder that a submission's sources are laid out in for the compiler, below `folder`.
pub fn lay_out(submission: &Submission, folder: &Path) -> crate::error::Result<PathBuf> {
    let src = folder.join("src");
    if src.is_dir() {
        for path in crate::files::below(&src)? {
            let relative = path.strip_prefix(&src).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            if !submission.files.contains_key(&relative) {
                fs::remove_file(&path).map_err(|error| crate::error::Error::io("remove", &path, error))?;
            }
        }
    }
    for (path, source) in &submission.files {
        crate::files::write_if_changed(&src.join(path), source.as_bytes())?;
    }
    Ok(src)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lesson() -> LessonId {
        LessonId { number: 5, slug: "timeit".to_owned() }
    }

    fn folder_with(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (path, contents) in files {
            crate::files::write(&folder.path().join(path), contents).unwrap();
        }
        folder
    }

    fn defect(files: &[(&str, &[u8])]) -> (String, Defect) {
        let folder = folder_with(files);
        let unreadable = Submission::read(folder.path(), &lesson(), "").unwrap_err();
        (unreadable.path, unreadable.reason)
    }

    #[test]
    fn only_the_crates_rust_files_are_taken() {
        let folder = folder_with(&[
            ("src/lib.rs", b"mod clock;"),
            ("src/clock/mod.rs", b""),
            ("src/main.rs", b"fn main() {}"),
            ("src/notes.txt", b"x"),
            ("build.rs", b"fn main() {}"),
            (".cargo/config.toml", b""),
        ]);
        let submission = Submission::read(folder.path(), &lesson(), "").unwrap();
        assert_eq!(submission.files.keys().collect::<Vec<_>>(), ["clock/mod.rs", "lib.rs"]);
        assert_eq!(submission.ignored, ["src/notes.txt"]);
        assert_eq!(submission.shown, "src");
    }

    #[test]
    fn a_clone_of_the_course_holds_the_lesson_in_its_place() {
        let folder = folder_with(&[("lessons/lesson-05-timeit/src/lib.rs", b"//"), ("src/lib.rs", b"// not this")]);
        let submission = Submission::read(folder.path(), &lesson(), "../ann").unwrap();
        assert_eq!(submission.files["lib.rs"], "//");
        assert_eq!(submission.shown, "../ann/lessons/lesson-05-timeit/src");
    }

    #[test]
    fn what_is_wrong_with_a_submission_is_named() {
        let lib = || "src/lib.rs".to_owned();
        assert_eq!(defect(&[]), (lib(), Defect::Missing));
        assert_eq!(defect(&[("src/main.rs", b"fn main() {}")]), (lib(), Defect::Missing));
        assert_eq!(defect(&[("src/lib.rs", b" \n")]), (lib(), Defect::Empty));
        assert_eq!(defect(&[("src/lib.rs", b"\xff\xfe")]), (lib(), Defect::NotUtf8));
        assert_eq!(defect(&[("src/lib.rs/x.rs", b"")]), (lib(), Defect::NotAFile));
        assert_eq!(defect(&[("src/lib.rs", &vec![b' '; MOST_BYTES as usize + 1])]), (lib(), Defect::TooLarge));
        let half = vec![b'/'; MOST_BYTES as usize / 2 + 1];
        assert_eq!(defect(&[("src/lib.rs", &half), ("src/more.rs", &half)]).1, Defect::TooLarge);
        let many: Vec<String> = (0..MOST_FILES).map(|i| format!("src/m{i}.rs")).collect();
        let mut files: Vec<(&str, &[u8])> = many.iter().map(|path| (path.as_str(), b"//".as_slice())).collect();
        files.push(("src/lib.rs", b"//"));
        assert_eq!(defect(&files), ("src".to_owned(), Defect::TooMany));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_followed_wherever_it_stands() {
        let lesson_dir = format!("lessons/{}", lesson().folder());
        for (link, file, named) in [
            ("src/lib.rs", "lib.rs", "src/lib.rs"),
            ("src", "lib.rs", "src"),
            ("src/more", "x.rs", ""),
            (&format!("{lesson_dir}/src"), "lib.rs", "lessons/lesson-05-timeit/src"),
            (&lesson_dir, "src/lib.rs", "lessons/lesson-05-timeit"),
            ("lessons", &format!("{}/src/lib.rs", lesson().folder()), "lessons"),
        ] {
            let secret = folder_with(&[(file, b"// secret")]);
            let folder = folder_with(&[]);
            let at = folder.path().join(link);
            crate::files::make_folder(at.parent().unwrap()).unwrap();
            let to = if link.ends_with(".rs") { secret.path().join(file) } else { secret.path().to_owned() };
            std::os::unix::fs::symlink(to, &at).unwrap();
            if named.is_empty() {
                crate::files::write(&folder.path().join("src/lib.rs"), b"mod more;").unwrap();
                let submission = Submission::read(folder.path(), &lesson(), "").unwrap();
                assert_eq!(submission.ignored, ["src/more"]);
                continue;
            }
            let unreadable = Submission::read(folder.path(), &lesson(), "").unwrap_err();
            assert_eq!((unreadable.path.as_str(), unreadable.reason), (named, Defect::Link));
        }
    }

    #[test]
    fn what_an_earlier_submission_left_is_not_compiled_again() {
        let folder = tempfile::tempdir().unwrap();
        let mut submission = Submission {
            files: BTreeMap::from([("lib.rs".to_owned(), "//".to_owned()), ("old.rs".to_owned(), "//".to_owned())]),
            shown: "src".to_owned(),
            ignored: Vec::new(),
        };
        let src = lay_out(&submission, folder.path()).unwrap();
        submission.files.remove("old.rs");
        lay_out(&submission, folder.path()).unwrap();
        assert_eq!(crate::files::below(folder.path()).unwrap(), [src.join("lib.rs")]);
    }
}
