//! What students believe: the wrong programs of a lesson, and which of them a failing transcript equals.

use crate::error::{Error, Result};
use crate::files;
use crate::words::Text;
use std::path::{Path, PathBuf};

/// A program that must be rejected, and why somebody would write it.
#[derive(Debug, Clone)]
pub struct WrongProgram {
    /// `prints-after-the-body`.
    pub name: String,
    /// The file: a whole `lib.rs`.
    pub path: PathBuf,
    /// The ids of the checks that it fails.
    pub fails: Vec<String>,
    /// What its author believed, and what to look at.
    pub belief: Text,
}

/// The wrong programs of the lesson whose checks lie in this folder, by name.
pub fn wrong_programs(checks: &Path) -> Result<Vec<WrongProgram>> {
    programs(checks, "wrong")?.into_iter().map(|path| read(&path)).collect()
}

/// The differently-built right programs of the lesson whose checks lie in this folder.
pub fn right_programs(checks: &Path) -> Result<Vec<PathBuf>> {
    programs(checks, "right")
}

fn programs(checks: &Path, kind: &str) -> Result<Vec<PathBuf>> {
    let folder = checks.join(kind);
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    Ok(files::below(&folder)?.into_iter().filter(|path| path.extension().is_some_and(|end| end == "rs")).collect())
}

fn read(path: &Path) -> Result<WrongProgram> {
    let header = Header::read(path)?;
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let fails = header.get("fails")?.split(',').map(|id| id.trim().to_owned()).collect();
    Ok(WrongProgram {
        name,
        path: path.to_owned(),
        fails,
        belief: Text { en: header.get("en")?, ru: header.get("ru")? },
    })
}

/// The `//! key: value` lines that a program begins with; a value may go on in lines without a key.
pub struct Header<'a> {
    path: &'a Path,
    values: Vec<(String, String)>,
}

impl<'a> Header<'a> {
    /// Reads the lines at the head of the file.
    pub fn read(path: &'a Path) -> Result<Header<'a>> {
        let mut values: Vec<(String, String)> = Vec::new();
        for line in
            files::read(path)?.lines().map_while(|line| line.strip_prefix("//!").map(str::trim).map(str::to_owned))
        {
            match (line.split_once(':'), values.last_mut()) {
                (Some((key @ ("fails" | "en" | "ru"), value)), _) => {
                    values.push((key.to_owned(), value.trim().to_owned()));
                }
                (_, Some((_, value))) if !line.is_empty() => {
                    value.push(' ');
                    value.push_str(&line);
                }
                _ => {}
            }
        }
        Ok(Header { path, values })
    }

    /// The value of a key. Fails when the file does not give it.
    pub fn get(&self, key: &str) -> Result<String> {
        let value = self.values.iter().find(|(known, _)| known == key).map(|(_, value)| value.clone());
        value.filter(|value| !value.is_empty()).ok_or_else(|| {
            Error::Machine(format!(
                "`{}` should begin with the lines `//! fails:`, `//! en:` and `//! ru:`; `{key}` is missing",
                self.path.display()
            ))
        })
    }
}
