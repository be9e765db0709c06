//! What was graded: a line a verdict, only ever added to, and the verdicts beside it.
//!
//! A verdict is written whole before its line is. So whatever a line names is there, and what a batch had not noted when
//! it was killed is graded once more. A line that was cut is taken away when the journal is opened.

use grader::error::{Error, Result};
use grader::files;
use grader::outcome::Report;
use report::json;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The journal of a folder of results.
pub struct Journal {
    root: PathBuf,
    path: PathBuf,
    file: Mutex<File>,
    /// The length of each verdict that is noted, in bytes, by its key.
    noted: Mutex<BTreeMap<String, u64>>,
}

impl Journal {
    /// Opens the journal of this folder, or begins one.
    pub fn open(root: &Path) -> Result<Journal> {
        let path = root.join("journal.jsonl");
        let fail = |error| Error::io("read", &path, error);
        let mut file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(fail)?;
        let mut text = Vec::new();
        file.read_to_end(&mut text).map_err(fail)?;
        let whole = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        file.set_len(whole as u64).and_then(|()| file.seek(SeekFrom::End(0))).map_err(fail)?;
        let read = |line: &[u8]| {
            let value: Value = serde_json::from_slice(line).ok()?;
            Some((value["key"].as_str()?.to_owned(), value["bytes"].as_u64()?))
        };
        let noted = text[..whole].split(|byte| *byte == b'\n').filter_map(read).collect();
        Ok(Journal { root: root.to_owned(), path, file: Mutex::new(file), noted: Mutex::new(noted) })
    }

    /// Whether a verdict with this key is noted, and is there.
    pub fn has(&self, key: &str) -> bool {
        let noted = self.noted.lock().unwrap_or_else(PoisonError::into_inner).get(key).copied();
        noted.is_some_and(|bytes| std::fs::metadata(self.verdict(key)).is_ok_and(|about| about.len() == bytes))
    }

    /// Keeps a verdict and notes it. Fails if it can't be written; then it counts as not graded.
    pub fn add(&self, key: &str, report: &Report) -> Result<()> {
        let text = format!("{:#}\n", json::write(report));
        files::write(&self.verdict(key), text.as_bytes())?;
        let made_by = &report.made_by;
        let line = serde_json::json!({
            "key": key, "bytes": text.len(), "lesson": report.lesson, "submission": made_by.submission,
            "checks": made_by.checks, "score": report.score(), "points": report.points(),
        });
        let fail = |error| Error::io("write to", &self.path, error);
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let before = file.stream_position().map_err(fail)?;
        if let Err(error) = file.write_all(format!("{line}\n").as_bytes()).and_then(|()| file.sync_data()) {
            // Half a line would take the next one with it.
            let _ = file.set_len(before).and_then(|()| file.seek(SeekFrom::End(0)).map(drop));
            return Err(fail(error));
        }
        self.noted.lock().unwrap_or_else(PoisonError::into_inner).insert(key.to_owned(), text.len() as u64);
        Ok(())
    }

    /// A verdict that is noted. Nothing, if it was damaged since.
    pub fn load(&self, key: &str) -> Option<Report> {
        json::read(&serde_json::from_slice(&std::fs::read(self.verdict(key)).ok()?).ok()?)
    }

    /// Where a verdict lies. A folder of ten thousand files is slow to look at, so there are many folders.
    fn verdict(&self, key: &str) -> PathBuf {
        self.root.join("verdicts").join(key.get(..2).unwrap_or("__")).join(format!("{key}.json"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::tests::report;

    #[test]
    fn what_is_noted_is_there_after_a_kill_and_what_was_cut_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let (a, b) = ("a".repeat(64), "b".repeat(64));
        let journal = Journal::open(folder.path()).unwrap();
        journal.add(&a, &report("lesson-05", true)).unwrap();
        journal.add(&b, &report("lesson-05", false)).unwrap();
        drop(journal);
        let path = folder.path().join("journal.jsonl");
        let whole = std::fs::read(&path).unwrap();
        for cut in [1, 2, 40] {
            files::write(&path, &whole[..whole.len() - cut]).unwrap();
            let journal = Journal::open(folder.path()).unwrap();
            assert!(journal.has(&a) && !journal.has(&b), "cut by {cut}");
            assert_eq!(journal.load(&a), Some(report("lesson-05", true)));
            journal.add(&b, &report("lesson-05", false)).unwrap();
            drop(journal);
            assert_eq!(std::fs::read(&path).unwrap(), whole, "the same to the byte");
        }
    }

    #[test]
    fn a_verdict_that_was_cut_or_is_gone_counts_as_not_graded() {
        let folder = tempfile::tempdir().unwrap();
        let key = "c".repeat(64);
        let journal = Journal::open(folder.path()).unwrap();
        journal.add(&key, &report("lesson-05", true)).unwrap();
        files::write(&journal.verdict(&key), b"{").unwrap();
        assert!(!journal.has(&key) && journal.load(&key).is_none());
        std::fs::remove_file(journal.verdict(&key)).unwrap();
        assert!(!Journal::open(folder.path()).unwrap().has(&key));
    }
}
