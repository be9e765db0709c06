//! What was handed in: one row a student, made of a folder of folders, archives and bare files.
//!
//! It knows the names that learning platforms give to downloads, and unpacks no more than Rust files. Nothing is dropped
//! in silence: what is not taken is noted with its reason. It compiles nothing and judges nothing.

mod find;
mod gradescope;
mod names;
mod roster;
mod take;
mod unpack;

pub use roster::Roster;
pub(crate) use roster::{decoded, rows};
pub use take::{Taken, take};

use grader::error::{Error, Result};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// All that was handed in.
#[derive(Debug, Default)]
pub struct Intake {
    /// The students, in the order of their keys. A key occurs once.
    pub students: Vec<Student>,
    /// What belongs to no student, and why.
    pub ignored: Vec<Note>,
}

/// Something that was not taken, or not as it stood.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// The file or folder, as its owner knows it.
    pub path: String,
    /// Why.
    pub why: String,
}

/// Whoever handed something in, or should have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Student {
    /// Names the student's folder in the results: letters, digits, `-`, `_` and `.` only.
    pub key: String,
    /// The name as the roster has it, else as the submission's name says it.
    pub name: String,
    /// Number in the register, if it is known.
    pub id: Option<String>,
    /// E-mail address, if it is known.
    pub email: Option<String>,
    /// When it was handed in, if that is known.
    pub submitted: Option<Timestamp>,
    /// What was handed in.
    pub parts: Vec<Part>,
    /// What there is to say about it.
    pub notes: Vec<Note>,
}

/// A file or folder that somebody handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Where it lies.
    pub path: PathBuf,
    /// How its owner called it, without what a platform wrote around it.
    pub name: String,
    /// What it is.
    pub kind: Kind,
}

/// What a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A folder.
    Folder,
    /// A `.zip`.
    Zip,
    /// A `.tar.gz`.
    TarGz,
    /// A Rust file.
    Rust,
}

/// What a part is, by its name and whether it is a folder; nothing for what is never taken.
fn kind(name: &str, is_folder: bool) -> Option<Kind> {
    let lower = name.to_lowercase();
    match () {
        () if is_folder => Some(Kind::Folder),
        () if lower.ends_with(".zip") => Some(Kind::Zip),
        () if lower.ends_with(".tar.gz") || lower.ends_with(".tgz") => Some(Kind::TarGz),
        () if lower.ends_with(".rs") => Some(Kind::Rust),
        () => None,
    }
}

/// Looks at a folder of submissions. Nothing of them is read yet.
///
/// Fails if it is no folder, holds nothing, or is the work of a single student.
pub fn look(folder: &Path, roster: Option<&Roster>) -> Result<Intake> {
    let fail = |error| Error::io("list", folder, error);
    if !folder.is_dir() {
        return Err(Error::Usage(format!(
            "`{}` is no folder: `grade` takes one with a folder, a `.zip` or a `.tar.gz` a student",
            folder.display()
        )));
    }
    if folder.join("lessons").is_dir() || folder.join("src/lib.rs").is_file() {
        return Err(Error::Usage(format!(
            "`{}` looks like one submission, not like a folder of them: `cargo xtask check --path` checks it",
            folder.display()
        )));
    }
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(fail)? {
        paths.push(entry.map_err(fail)?.path());
    }
    paths.sort();
    let told = gradescope::read(folder)?;
    let mut intake = Intake::default();
    let mut students: BTreeMap<Owner, Student> = BTreeMap::new();
    for path in paths {
        match owner(&path) {
            Ok((named, part)) => {
                let told = told.get(&named.raw);
                let owner = Owner { who: named.who.clone(), apart: named.apart.then(|| named.raw.clone()) };
                let student = students.entry(owner).or_insert_with(|| Student {
                    key: String::new(),
                    name: told.map_or(named.name.clone(), |told| told.name.clone()),
                    id: told.and_then(|told| told.id.clone()).or(named.id.clone()),
                    email: told.and_then(|told| told.email.clone()),
                    submitted: told.and_then(|told| told.submitted),
                    parts: Vec::new(),
                    notes: Vec::new(),
                });
                student.parts.push(part);
            }
            Err(why) => intake.ignored.push(Note { path: shown(&path), why: why.to_owned() }),
        }
    }
    if students.is_empty() && intake.ignored.is_empty() {
        return Err(Error::Usage(format!("`{}` is empty: there is nothing to grade", folder.display())));
    }
    intake.students = students.into_values().collect();
    if let Some(roster) = roster {
        roster.match_up(&mut intake);
    }
    give_keys(&mut intake.students);
    Ok(intake)
}

/// Who two parts must share to be one student's. What a platform wrote several files of is one's; else each is one's own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Owner {
    who: String,
    apart: Option<String>,
}

/// Whose a file is by its name, and what it is; or why it is nobody's.
fn owner(path: &Path) -> std::result::Result<(names::Named, Part), &'static str> {
    let raw = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if raw.starts_with('.') || raw == "__MACOSX" || raw == "Thumbs.db" {
        return Err("belongs to the system, not to a student");
    }
    if raw == gradescope::METADATA {
        return Err("was read: it says whose the folders are");
    }
    let about = std::fs::symlink_metadata(path).map_err(|_| "can't be looked at")?;
    if about.is_symlink() {
        return Err("is a link; links are not followed");
    }
    if !about.is_dir() && !about.is_file() {
        return Err("is a pipe, a socket or a device");
    }
    let named = names::read(&raw, about.is_dir());
    let kind = kind(&named.file, about.is_dir()).ok_or("is neither a folder, nor a .zip, a .tar.gz or a .rs")?;
    let part = Part { path: path.to_owned(), name: named.file.clone(), kind };
    Ok((named, part))
}

/// The last part of a path, as it is shown.
fn shown(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Gives each student a key of its own, which depends on no other student but by a number where two are called alike.
fn give_keys(students: &mut [Student]) {
    students.sort_by(|a, b| (&a.name, &a.id, parts_of(a)).cmp(&(&b.name, &b.id, parts_of(b))));
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    for student in students.iter_mut() {
        let key = names::key(&student.name);
        let times = taken.entry(key.to_lowercase()).or_default();
        *times += 1;
        student.key = if *times == 1 { key } else { format!("{key}~{times}") };
    }
    let twice = |key: &str| taken.get(&key.split('~').next().unwrap_or(key).to_lowercase()).is_some_and(|n| *n > 1);
    for student in students.iter_mut().filter(|student| twice(&student.key)) {
        let why = "the name occurs more than once; each has a row of its own".to_owned();
        student.notes.push(Note { path: student.name.clone(), why });
    }
    students.sort_by(|a, b| a.key.cmp(&b.key));
}

fn parts_of(student: &Student) -> Vec<&Path> {
    student.parts.iter().map(|part| part.path.as_path()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder_with(entries: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for entry in entries {
            match entry.strip_suffix('/') {
                Some(name) => grader::files::make_folder(&folder.path().join(name)).unwrap(),
                None => grader::files::write(&folder.path().join(entry), b"//").unwrap(),
            }
        }
        folder
    }

    fn keys(intake: &Intake) -> Vec<&str> {
        intake.students.iter().map(|student| student.key.as_str()).collect()
    }

    #[test]
    fn each_name_is_a_student_and_the_rest_is_noted() {
        let folder = folder_with(&["ann/", "bob.zip", "eve.tar.gz", "kim.rs", "notes.docx", ".DS_Store", "__MACOSX/"]);
        let intake = look(folder.path(), None).unwrap();
        assert_eq!(keys(&intake), ["ann", "bob", "eve", "kim"]);
        let ignored: Vec<&str> = intake.ignored.iter().map(|note| note.path.as_str()).collect();
        assert_eq!(ignored, [".DS_Store", "__MACOSX", "notes.docx"]);
    }

    #[test]
    fn files_of_a_platform_are_one_students_and_like_named_folders_are_not() {
        let folder = folder_with(&[
            "smithjohn_123_456_lib.rs",
            "smithjohn_123_457_clock.rs",
            "smithjohn_124_458_lib.rs",
            "Ann/",
            "Ann.zip",
            "ann/",
        ]);
        let intake = look(folder.path(), None).unwrap();
        assert_eq!(keys(&intake), ["Ann", "Ann~2", "ann~3", "smithjohn", "smithjohn~2"]);
        assert_eq!(intake.students[3].parts.len(), 2);
        assert!(intake.students.iter().all(|student| student.notes.len() == 1), "{intake:?}");
    }

    #[test]
    fn names_that_no_file_system_should_meet_become_keys() {
        let long = "x".repeat(251);
        let folder = folder_with(&["=1+2/", "a b/", "two\nlines/", "<script>/", "Zoe\u{301}/", &format!("{long}.zip")]);
        let intake = look(folder.path(), None).unwrap();
        for student in &intake.students {
            let plain = |c: char| c.is_alphanumeric() || "-_.~".contains(c);
            assert!(student.key.chars().all(plain) && student.key.len() < 100, "{}", student.key);
        }
        assert_eq!(intake.students.len(), 6);
    }

    #[test]
    #[cfg(unix)]
    fn links_are_nobodys() {
        let folder = folder_with(&["ann/"]);
        std::os::unix::fs::symlink("/etc", folder.path().join("bob")).unwrap();
        let intake = look(folder.path(), None).unwrap();
        assert_eq!(keys(&intake), ["ann"]);
        assert_eq!(intake.ignored[0].why, "is a link; links are not followed");
    }

    #[test]
    fn what_is_no_folder_of_submissions_is_a_wrong_call() {
        for (entries, says) in [(&[][..], "is empty"), (&["lessons/", "src/"], "looks like one submission")] {
            let folder = folder_with(entries);
            let error = look(folder.path(), None).unwrap_err();
            assert!(matches!(&error, Error::Usage(text) if text.contains(says)), "{error}");
        }
        assert!(matches!(look(Path::new("not there"), None), Err(Error::Usage(_))));
    }
}
