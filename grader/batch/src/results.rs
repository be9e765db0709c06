//! The folder of results: what lies where in it, and that one batch at a time writes to it.
//!
//! `students/KEY/report.json` is what is known of a student, `verdicts/` and `journal.jsonl` what was graded, `key` the
//! secret that seeds are drawn from. Everything else is made of the students' reports and may be deleted.

use grader::error::{Error, Result};
use grader::files;
use serde_json::{Value, json};
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// The name of this form; it changes when a reader of the old one would misread the new one.
const FORM: &str = "yield-to-await/results/v1";

/// A folder of results that this process writes to, and no other.
#[derive(Debug)]
pub struct Results {
    /// The folder.
    pub root: PathBuf,
    _lock: File,
}

impl Results {
    /// Takes a folder of results, or makes one.
    ///
    /// Fails if another batch has it, if it holds something else, or if a version wrote it that this one can't read.
    pub fn take(root: &Path) -> Result<Results> {
        let about = root.join("results.json");
        let is_new = match std::fs::read_dir(root) {
            Ok(mut entries) => entries.next().is_none(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => true,
            Err(error) => return Err(Error::io("list", root, error)),
        };
        // A lock beside nothing is what a batch left that was stopped at once.
        if !is_new && !about.is_file() && !root.join("lock").is_file() {
            return Err(Error::Usage(format!(
                "`{}` holds something else than results: name an empty folder, or one that is not there yet",
                root.display()
            )));
        }
        files::make_folder(root)?;
        let lock = root.join("lock");
        let file = File::create(&lock).map_err(|error| Error::io("make", &lock, error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(std::fs::TryLockError::WouldBlock) => {
                let what = "has another batch at work in it; wait for it, or name another folder";
                return Err(Error::Usage(format!("`{}` {what}", root.display())));
            }
            Err(std::fs::TryLockError::Error(error)) => return Err(Error::io("lock", &lock, error)),
        }
        if about.is_file() {
            known_form(&about)?;
        } else {
            files::write(&about, format!("{}\n", json!({ "schema": FORM })).as_bytes())?;
        }
        Ok(Results { root: root.to_owned(), _lock: file })
    }

    /// The key that secret seeds are made with: from here, made at the first call, so that a batch which goes on draws the
    /// same inputs.
    pub fn key(&self) -> Result<Vec<u8>> {
        let path = self.root.join("key");
        if let Ok(key) = std::fs::read(&path)
            && key.len() == 32
        {
            return Ok(key);
        }
        let fail = |error| Error::io("make a key in", &path, error);
        let mut key = [0; 32];
        File::open("/dev/urandom").and_then(|mut source| source.read_exact(&mut key)).map_err(fail)?;
        let beside = self.root.join("key.new");
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&beside).map_err(fail)?;
        file.write_all(&key).and_then(|()| file.sync_all()).map_err(fail)?;
        std::fs::rename(&beside, &path).map_err(fail)?;
        Ok(key.to_vec())
    }

    /// Where the report on a student lies.
    pub fn report(&self, student: &str) -> PathBuf {
        self.student(student).join("report.json")
    }

    /// Where all lies that is made for a student.
    pub fn student(&self, student: &str) -> PathBuf {
        students(&self.root).join(student)
    }

    /// The keys of the students that have a report, in their order.
    pub fn students(&self) -> Result<Vec<String>> {
        keys(&self.root)
    }
}

/// Where the students' folders lie in results.
fn students(root: &Path) -> PathBuf {
    root.join("students")
}

/// The keys of the students with a report in a folder of results, in their order.
pub fn keys(root: &Path) -> Result<Vec<String>> {
    let folder = students(root);
    let entries = match std::fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Error::io("list", &folder, error)),
    };
    let mut keys: Vec<String> = entries
        .flatten()
        .filter(|entry| entry.path().join("report.json").is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    keys.sort();
    Ok(keys)
}

/// Fails unless a file says that its folder is of a form that is known here.
pub fn known_form(about: &Path) -> Result<()> {
    let value: Value = serde_json::from_str(&files::read(about)?).unwrap_or_default();
    if value["schema"] == FORM {
        return Ok(());
    }
    Err(Error::Usage(format!(
        "`{}` is of the form `{}`, and this grader knows `{FORM}`: use the grader that wrote it, or another folder",
        about.display(),
        value["schema"].as_str().unwrap_or("?")
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_batch_at_a_time_has_a_folder() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("results");
        let first = Results::take(&root).unwrap();
        let error = Results::take(&root).unwrap_err();
        assert!(matches!(&error, Error::Usage(text) if text.contains("another batch")), "{error}");
        let key = first.key().unwrap();
        drop(first);
        let again = Results::take(&root).unwrap();
        assert_eq!(again.key().unwrap(), key, "the seeds stay the same");
    }

    #[test]
    fn what_holds_something_else_or_is_newer_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        files::write(&folder.path().join("thesis.txt"), b"x").unwrap();
        let error = Results::take(folder.path()).unwrap_err();
        assert!(error.to_string().contains("something else"), "{error}");
        assert_eq!(files::below(folder.path()).unwrap().len(), 1);
        let newer = tempfile::tempdir().unwrap();
        files::write(&newer.path().join("results.json"), b"{\"schema\":\"yield-to-await/results/v9\"}").unwrap();
        let error = Results::take(newer.path()).unwrap_err();
        assert!(error.to_string().contains("results/v9"), "{error}");
    }
}
