//! The lines that a program begins with: what it fails, which rules it breaks, what its author believed.

use grader::error::{Error, Result};
use grader::files;
use std::path::{Path, PathBuf};

/// The keys that a head may have.
const KEYS: [&str; 7] = ["base", "breaks", "en", "fails", "file", "races", "ru"];

/// The `//! key: value` lines at the top of a file (`# key: value` in a patch); a value may go on in lines without a key.
pub struct Head {
    path: PathBuf,
    values: Vec<(String, String)>,
}

impl Head {
    /// Reads the head of a file.
    pub fn read(path: &Path) -> Result<Head> {
        Ok(Head::of(path, &files::read(path)?))
    }

    /// Takes a head from the beginning of this text; `path` is for the errors.
    pub fn of(path: &Path, text: &str) -> Head {
        Head { path: path.to_owned(), values: parse(text) }
    }

    /// The value of a key. Fails when the file does not give it.
    pub fn get(&self, key: &str) -> Result<String> {
        let value = self.values.iter().find(|(known, _)| known == key).map(|(_, value)| value.clone());
        value.filter(|value| !value.is_empty()).ok_or_else(|| {
            Error::course(
                &self.path,
                format!("should begin with the lines `//! fails:`, `//! en:` and `//! ru:` (with `#` in a patch); `{key}` is missing"),
            )
        })
    }

    /// The value of a key, taken apart at its commas.
    pub fn list(&self, key: &str) -> Result<Vec<String>> {
        Ok(self.get(key)?.split(',').map(|item| item.trim().to_owned()).filter(|item| !item.is_empty()).collect())
    }
}

/// A program without its head, and the head as the `#` lines of a patch; the head is empty if the text begins with none.
///
/// The head ends at the first blank line.
pub(super) fn split(text: &str) -> (String, String) {
    let head: Vec<&str> = text.lines().take_while(|line| line.starts_with("//!")).collect();
    if parse(&head.join("\n")).is_empty() {
        return (String::new(), text.to_owned());
    }
    let mut rest: Vec<&str> = text.lines().skip(head.len()).collect();
    if rest.first().is_some_and(|line| line.trim().is_empty()) {
        rest.remove(0);
    }
    let head = head.iter().map(|line| format!("#{}\n", &line[3..])).collect();
    (head, rest.iter().map(|line| format!("{line}\n")).collect())
}

fn parse(text: &str) -> Vec<(String, String)> {
    let mut values: Vec<(String, String)> = Vec::new();
    let head = text.lines().map_while(|line| line.strip_prefix("//!").or_else(|| line.strip_prefix('#')));
    for line in head.map(str::trim) {
        match (line.split_once(':'), values.last_mut()) {
            (Some((key, value)), _) if KEYS.contains(&key) => values.push((key.to_owned(), value.trim().to_owned())),
            (_, Some((_, value))) if !line.is_empty() => {
                value.push(' ');
                value.push_str(line);
            }
            _ => {}
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_may_go_on_and_a_patch_has_a_head_too() {
        let rust =
            parse("//! fails: a, b\n//! en: One: two\n//!   and more.\n//!\n//! ru: Да.\n\nfn x() {}\n//! fails: c\n");
        let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        assert_eq!(rust, [pair("fails", "a, b"), pair("en", "One: two and more."), pair("ru", "Да.")]);
        assert_eq!(parse("# base: right/x\n# en: A.\n--- a/lib.rs\n"), [pair("base", "right/x"), pair("en", "A.")]);
    }
}
