//! The submissions of one student, read: out of folders as they lie, out of archives and bare files by way of a folder of
//! our own. Read when they are graded, so that a class is never in memory at once.

use super::find::{Place, find};
use super::unpack::unpack;
use super::{Kind, Note, Part, Student, kind};
use grader::course::LessonId;
use grader::error::{Error, Result};
use grader::files::{self, Temporary};
use grader::submission::{Defect, MOST_BYTES, Submission, Unreadable};
use std::collections::BTreeMap;
use std::path::Path;

/// How the folder of a submission's files is called in every verdict, wherever it came from: so what is the same source is
/// the same submission.
const SHOWN: &str = "src";

/// What a student handed in for each lesson that was asked for.
#[derive(Debug)]
pub struct Taken {
    /// The submissions, or why there is none.
    pub submissions: BTreeMap<LessonId, std::result::Result<Submission, Unreadable>>,
    /// What was not taken, and why.
    pub notes: Vec<Note>,
}

/// Reads what a student handed in. Fails only if the machine does; what is wrong with an archive or a file is a value.
pub fn take(student: &Student, lessons: &[LessonId]) -> Result<Taken> {
    let mut taken = Taken { submissions: BTreeMap::new(), notes: student.notes.clone() };
    let mut locked = false;
    let bare: Vec<&Part> = student.parts.iter().filter(|part| part.kind == Kind::Rust).collect();
    for part in &student.parts {
        match part.kind {
            Kind::Folder => {
                let before = taken.submissions.len();
                from_folder(&part.path, lessons, &mut taken);
                if taken.submissions.len() == before {
                    for (path, kind) in archives_in(&part.path)? {
                        locked |= !from_archive(&path, kind, lessons, &mut taken)?;
                    }
                }
            }
            Kind::Zip | Kind::TarGz => locked |= !from_archive(&part.path, part.kind, lessons, &mut taken)?,
            Kind::Rust => {}
        }
    }
    if !bare.is_empty() {
        from_files(&bare, lessons, &mut taken)?;
    }
    let none = match locked {
        true => (student.parts.first().map_or(String::new(), |part| part.name.clone()), Defect::NotUnpacked),
        false => (format!("{SHOWN}/lib.rs"), Defect::Missing),
    };
    for id in lessons {
        let (path, reason) = none.clone();
        taken.submissions.entry(id.clone()).or_insert(Err(Unreadable { path, reason }));
    }
    taken.notes.sort();
    taken.notes.dedup();
    Ok(taken)
}

fn from_folder(folder: &Path, lessons: &[LessonId], taken: &mut Taken) {
    let search = find(folder, lessons);
    taken.notes.extend(search.notes);
    for (id, place) in search.found {
        if taken.submissions.contains_key(&id) {
            taken.notes.push(Note { path: id.to_string(), why: "was handed in twice; the first is taken".to_owned() });
            continue;
        }
        let mut read = match &place {
            Place::Clone(clone) => Submission::read(clone, &id, ""),
            Place::Src(src) => Submission::of_src(src, SHOWN),
            Place::File(file) => Submission::of_file(file, SHOWN),
        };
        if let Ok(submission) = &mut read {
            submission.shown = SHOWN.to_owned();
            let ignored = std::mem::take(&mut submission.ignored);
            taken
                .notes
                .extend(ignored.into_iter().map(|path| Note { path, why: "is no Rust file of the crate".to_owned() }));
        }
        taken.submissions.insert(id, read);
    }
}

/// Whether it could be unpacked.
fn from_archive(path: &Path, kind: Kind, lessons: &[LessonId], taken: &mut Taken) -> Result<bool> {
    let folder = Temporary::new()?;
    match unpack(path, kind, folder.path()) {
        Ok(notes) => {
            taken.notes.extend(notes);
            from_folder(folder.path(), lessons, taken);
            Ok(true)
        }
        Err(why) => {
            taken.notes.push(Note { path: super::shown(path), why });
            Ok(false)
        }
    }
}

/// Files that a platform handed out one by one, as the student had them beside each other.
fn from_files(parts: &[&Part], lessons: &[LessonId], taken: &mut Taken) -> Result<()> {
    let folder = Temporary::new()?;
    for part in parts {
        let about = std::fs::metadata(&part.path).map_err(|error| Error::io("look at", &part.path, error))?;
        let name = Path::new(&part.name).file_name().unwrap_or_default();
        let to = folder.path().join(name);
        if about.len() > MOST_BYTES {
            let why = "is too large".to_owned();
            taken.notes.push(Note { path: part.name.clone(), why });
            continue;
        }
        if to.exists() {
            let why = "was handed in more than once; the last is taken".to_owned();
            taken.notes.push(Note { path: part.name.clone(), why });
        }
        match std::fs::read(&part.path) {
            Ok(contents) => files::write(&to, &contents)?,
            Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => {
                taken.notes.push(Note { path: part.name.clone(), why: "may not be read".to_owned() });
            }
            Err(error) => return Err(Error::io("read", &part.path, error)),
        }
    }
    from_folder(folder.path(), lessons, taken);
    Ok(())
}

/// The archives in a folder in which nothing else was found.
fn archives_in(folder: &Path) -> Result<Vec<(std::path::PathBuf, Kind)>> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok(Vec::new()) };
    let mut all = Vec::new();
    for entry in entries.flatten() {
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        match kind(&entry.file_name().to_string_lossy(), false) {
            Some(kind @ (Kind::Zip | Kind::TarGz)) if is_file => all.push((entry.path(), kind)),
            _ => {}
        }
    }
    all.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::super::look;
    use super::*;
    use std::io::Write;

    fn lesson() -> Vec<LessonId> {
        vec![LessonId::of_folder("lesson-05-timeit").unwrap()]
    }

    fn zip_of(name: &str, contents: &[u8]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(contents).unwrap();
        writer.finish().unwrap().into_inner()
    }

    /// What the students of a folder with these files handed in for lesson 05.
    fn taken(files: &[(&str, &[u8])]) -> Vec<(String, Taken)> {
        let folder = tempfile::tempdir().unwrap();
        files.iter().for_each(|(path, contents)| grader::files::write(&folder.path().join(path), contents).unwrap());
        let intake = look(folder.path(), None).unwrap();
        intake.students.iter().map(|student| (student.key.clone(), take(student, &lesson()).unwrap())).collect()
    }

    fn of(taken: &Taken) -> std::result::Result<String, Defect> {
        match &taken.submissions[&lesson()[0]] {
            Ok(submission) => Ok(submission.hash()),
            Err(unreadable) => Err(unreadable.reason),
        }
    }

    #[test]
    fn one_source_is_the_same_submission_however_it_was_handed_in() {
        let all = taken(&[
            ("fork/lessons/lesson-05-timeit/src/lib.rs", b"// mine"),
            ("folder/src/lib.rs", b"// mine"),
            ("packed.zip", &zip_of("x/lesson-05/src/lib.rs", b"// mine")),
            ("inside/work.zip", &zip_of("lib.rs", b"// mine")),
            ("smithjohn_1_2_lib-3.rs", b"// mine"),
            ("Ann Lee_9_assignsubmission_file_/lesson-05.rs", b"// mine"),
        ]);
        assert_eq!(all.len(), 6);
        let hashes: std::collections::BTreeSet<String> = all.iter().map(|(_, taken)| of(taken).unwrap()).collect();
        assert_eq!(hashes.len(), 1);
        assert!(all.iter().all(|(_, taken)| taken.submissions[&lesson()[0]].as_ref().unwrap().shown == "src"));
    }

    #[test]
    fn what_can_not_be_taken_says_why() {
        let all = taken(&[
            ("a/README.md", b"x"),
            ("b.zip", b"no zip"),
            ("c/src/lib.rs", b""),
            ("d/src/lib.rs", b"\xff\xff"),
            ("e.rs", b" "),
            ("f.zip", &zip_of("src/lib.rs", &vec![b' '; 2 << 20])),
        ]);
        let defects: Vec<Defect> = all.iter().map(|(_, taken)| of(taken).unwrap_err()).collect();
        use Defect::{Empty, Missing, NotUnpacked, NotUtf8, TooLarge};
        assert_eq!(defects, [Missing, NotUnpacked, Empty, NotUtf8, Empty, TooLarge]);
        assert_eq!(all[1].1.notes[0].path, "b.zip");
    }
}
