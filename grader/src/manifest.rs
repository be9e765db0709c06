//! TOML with errors that name the file and the line. It knows what TOML is, and nothing of what the course writes in it.

use crate::error::{Error, Mistake, Result};
use crate::files;
use crate::words::Text;
use std::cell::RefCell;
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads the file and hands its top table to `parse`. Fails with all wrong keys of the file at once.
pub fn read<T>(path: &Path, parse: impl FnOnce(Node<'_>) -> Result<T>) -> Result<T> {
    let text = files::read(path)?;
    parse_text(path, &text, parse)
}

/// Like [`read`], for a text that was read already; `path` is for the errors.
pub fn parse_text<T>(path: &Path, text: &str, parse: impl FnOnce(Node<'_>) -> Result<T>) -> Result<T> {
    let file = File { path, text, mistakes: RefCell::default() };
    let table = DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        Error::Course(vec![file.mistake(at, format!("is not valid TOML: {}", error.message()))])
    })?;
    let root = Spanned::new(table.span(), DeValue::Table(table.into_inner()));
    let parsed = parse(Node { file: &file, name: String::new(), value: &root });
    let mut mistakes = file.mistakes.into_inner();
    match parsed {
        Ok(parsed) if mistakes.is_empty() => Ok(parsed),
        Ok(_) => Err(Error::Course(mistakes)),
        Err(Error::Course(last)) => {
            mistakes.extend(last);
            Err(Error::Course(mistakes))
        }
        Err(other) => Err(other),
    }
}

/// A file that is being read, and the mistakes that reading goes on after.
struct File<'a> {
    path: &'a Path,
    text: &'a str,
    mistakes: RefCell<Vec<Mistake>>,
}

impl File<'_> {
    fn mistake(&self, offset: usize, what: String) -> Mistake {
        let line = 1 + self.text.bytes().take(offset).filter(|byte| *byte == b'\n').count();
        Mistake { line: Some(line), ..Mistake::new(self.path, what) }
    }
}

/// A value of the file, and where it stands.
#[derive(Clone)]
pub struct Node<'a> {
    file: &'a File<'a>,
    name: String,
    value: &'a Spanned<DeValue<'a>>,
}

impl<'a> Node<'a> {
    /// An error about this value, with the file, the line and the key.
    pub fn wrong(&self, what: &str) -> Error {
        Error::Course(vec![self.mistake(what)])
    }

    fn mistake(&self, what: &str) -> Mistake {
        let name = if self.name.is_empty() { String::new() } else { format!("`{}` ", self.name) };
        self.file.mistake(self.value.span().start, format!("{name}{what}"))
    }

    /// The value under a key of this table, if it is there.
    pub fn find(&self, key: &str) -> Option<Node<'a>> {
        let value = self.value.get_ref().get(key)?;
        let name = if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) };
        Some(Node { file: self.file, name, value })
    }

    /// The value under a key of this table. Fails if it is not there.
    pub fn get(&self, key: &str) -> Result<Node<'a>> {
        self.find(key).ok_or_else(|| self.wrong(&format!("lacks the key `{key}`")))
    }

    /// The keys of this table, in the order of the alphabet. Fails on anything else.
    pub fn keys(&self) -> Result<Vec<String>> {
        let table = self.value.get_ref().as_table().ok_or_else(|| self.wrong("should be a table"))?;
        Ok(table.keys().map(|key| key.get_ref().to_string()).collect())
    }

    /// Notes each key of this table that is not one of these: a misspelt key must not be lost in silence. Reading goes on,
    /// so that all of them are told at once, and fails in the end.
    pub fn only(&self, known: &[&str]) -> Result<()> {
        for key in self.keys()?.into_iter().filter(|key| !known.contains(&key.as_str())) {
            let mistake = self.get(&key)?.mistake(&format!("is not known here; known are: {}", known.join(", ")));
            self.file.mistakes.borrow_mut().push(mistake);
        }
        Ok(())
    }

    /// A string that is not empty.
    pub fn string(&self) -> Result<String> {
        match self.value.get_ref().as_str() {
            Some(text) if !text.trim().is_empty() => Ok(text.to_owned()),
            _ => Err(self.wrong("should be a string that is not empty")),
        }
    }

    /// A whole number that is not negative.
    pub fn number(&self) -> Result<u64> {
        let integer = self.value.get_ref().as_integer();
        integer
            .and_then(|integer| u64::from_str_radix(integer.as_str(), integer.radix()).ok())
            .ok_or_else(|| self.wrong("should be a whole number, zero or more"))
    }

    /// `true` or `false`.
    pub fn flag(&self) -> Result<bool> {
        self.value.get_ref().as_bool().ok_or_else(|| self.wrong("should be `true` or `false`"))
    }

    /// The elements of an array.
    pub fn list(&self) -> Result<Vec<Node<'a>>> {
        let array = self.value.get_ref().as_array().ok_or_else(|| self.wrong("should be an array"))?;
        let node = |(i, value)| Node { file: self.file, name: format!("{}[{i}]", self.name), value };
        Ok(array.iter().enumerate().map(node).collect())
    }

    /// An array of strings.
    pub fn strings(&self) -> Result<Vec<String>> {
        self.list()?.iter().map(Node::string).collect()
    }

    /// An array of numbers.
    pub fn numbers(&self) -> Result<Vec<u64>> {
        self.list()?.iter().map(Node::number).collect()
    }

    /// A table with the keys `en` and `ru`.
    pub fn both_languages(&self) -> Result<Text> {
        self.only(&["en", "ru"])?;
        Ok(Text { en: self.get("en")?.string()?, ru: self.get("ru")?.string()? })
    }

    /// The raw TOML of this value, as it stands in the file.
    pub fn source(&self) -> &'a str {
        &self.file.text[self.value.span()]
    }
}

/// A string as TOML writes it.
pub fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error_of(text: &str, parse: impl FnOnce(Node<'_>) -> Result<()>) -> String {
        parse_text(Path::new("checks/lesson.toml"), text, parse).unwrap_err().to_string()
    }

    #[test]
    fn errors_name_the_file_the_line_and_the_key() {
        assert_eq!(
            error_of("a = 1\n[check]\npoints = 'ten'\n", |root| root.get("check")?.get("points")?.number().map(drop)),
            "`checks/lesson.toml:3`: `check.points` should be a whole number, zero or more"
        );
        assert_eq!(
            error_of("a = 1\nb = 2\nc = 3\n", |root| root.only(&["a"]).and(root.get("d").map(drop))),
            "`checks/lesson.toml:2`: `b` is not known here; known are: a\n\
             `checks/lesson.toml:3`: `c` is not known here; known are: a\n\
             `checks/lesson.toml:1`: lacks the key `d`"
        );
        assert_eq!(error_of("", |root| root.get("title").map(drop)), "`checks/lesson.toml:1`: lacks the key `title`");
        assert!(error_of("a = \n", |_| Ok(())).starts_with("`checks/lesson.toml:1`: is not valid TOML: "));
    }

    #[test]
    fn what_is_quoted_reads_back() {
        for text in ["plain", "a \"b\" \\ c", "line\nend\t\u{7f}", "Обратный отсёт"] {
            let file = format!("x = {}", quoted(text));
            let back = parse_text(Path::new("x"), &file, |root| root.get("x")?.string()).unwrap();
            assert_eq!(back, text);
        }
    }
}
