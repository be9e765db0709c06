//! The results of several machines, put together: each part must be there, and each student once.

use crate::journal::Journal;
use crate::record;
use crate::results::{Results, keys};
use grader::error::{Error, Result};
use grader::files;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Puts the parts into `results`. Gives how many students there are.
///
/// Fails before anything is written if a part or a student is missing, or two parts say different things of one student.
pub fn merge(parts: &[&PathBuf], results: &Results) -> Result<usize> {
    let mut wrong = Vec::new();
    let mut found: BTreeMap<String, &Path> = BTreeMap::new();
    let mut numbers: Vec<(u64, u64)> = Vec::new();
    for part in parts {
        let about: Value = std::fs::read(part.join("part.json"))
            .ok()
            .and_then(|it| serde_json::from_slice(&it).ok())
            .unwrap_or_default();
        if let Some(number) = about["number"].as_u64().zip(about["of"].as_u64()) {
            numbers.push(number);
        }
        let there = keys(part)?;
        for student in about["students"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if there.binary_search_by(|key| key.as_str().cmp(student)).is_err() {
                wrong.push(format!("`{}` has no report on {student}: grade it to its end", part.display()));
            }
        }
        for key in there {
            match found.get(&key) {
                Some(other) if same(other, part, &key)? => {}
                Some(other) => wrong.push(format!(
                    "{key} is in `{}` and in `{}`, and not the same",
                    other.display(),
                    part.display()
                )),
                None => {
                    found.insert(key, part);
                }
            }
        }
    }
    if let Some((_, of)) = numbers.first() {
        if let Some((_, other)) = numbers.iter().find(|(_, other)| other != of) {
            wrong.push(format!("one part is of {of}, another of {other}"));
        }
        let gone = (1..=*of).filter(|number| !numbers.contains(&(*number, *of)));
        wrong.extend(gone.map(|number| format!("part {number}/{of} is missing")));
    }
    if !wrong.is_empty() {
        return Err(Error::Usage(wrong.join("\n")));
    }
    let journal = Journal::open(&results.root)?;
    for (key, part) in &found {
        let path = report_in(part, key);
        let text = files::read(&path)?;
        let record = record::read(&text).ok_or_else(|| Error::Usage(format!("`{}` is damaged", path.display())))?;
        for graded in record.lessons.iter().filter(|graded| !graded.key.is_empty() && !journal.has(&graded.key)) {
            journal.add(&graded.key, &graded.report)?;
        }
        files::write_if_changed(&results.report(key), text.as_bytes())?;
    }
    Ok(found.len())
}

fn report_in(part: &Path, key: &str) -> PathBuf {
    part.join("students").join(key).join("report.json")
}

fn same(one: &Path, other: &Path, key: &str) -> Result<bool> {
    Ok(files::read(&report_in(one, key))? == files::read(&report_in(other, key))?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish;
    use crate::record::tests::{record, report};
    use crate::shard::Shard;

    /// Results with these students, as a part.
    fn part(folder: &Path, number: u64, students: &[(&str, bool)]) -> PathBuf {
        let root = folder.join(format!("part-{number}"));
        let results = Results::take(&root).unwrap();
        for (name, passed) in students {
            let text = record::write(&record(name, vec![report("lesson-05", *passed)]));
            files::write(&results.report(name), text.as_bytes()).unwrap();
        }
        publish::part(&root, Some(Shard { number, of: 2 }), &[]).unwrap();
        root
    }

    fn merged(parts: &[&PathBuf]) -> Result<usize> {
        let folder = tempfile::tempdir().unwrap();
        merge(parts, &Results::take(&folder.path().join("all")).unwrap())
    }

    #[test]
    fn parts_become_one_and_what_is_missing_or_twice_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let one = part(folder.path(), 1, &[("ann", true), ("bo", false)]);
        let two = part(folder.path(), 2, &[("kim", true), ("bo", false)]);
        assert_eq!(merged(&[&one, &two]).unwrap(), 3, "the same twice is no harm");
        assert!(merged(&[&one]).unwrap_err().to_string().contains("part 2/2 is missing"));
        let other = folder.path().join("other");
        files::make_folder(&other).unwrap();
        let two = part(&other, 2, &[("bo", true)]);
        assert!(merged(&[&one, &two]).unwrap_err().to_string().contains("bo is in"));
        let about = br#"{"number":2,"of":2,"students":["bo","eve"]}"#;
        files::write(&two.join("part.json"), about).unwrap();
        assert!(merged(&[&one, &two]).unwrap_err().to_string().contains("no report on eve"));
    }
}
