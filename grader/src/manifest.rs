//! TOML with errors that name the file and the line. It knows what TOML is, and nothing of what the course writes in it.

use crate::error::{Error, Result};
use crate::files;
use crate::words::Text;
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads the file and hands its top table to `parse`.
pub fn read<T>(path: &Path, parse: impl FnOnce(Node<'_>) -> Result<T>) -> Result<T> {
    let text = files::read(path)?;
    parse_text(path, &text, parse)
}

/// Like [`read`], for a text that was read already; `path` is for the errors.
pub fn parse_text<T>(path: &Path, text: &str, parse: impl FnOnce(Node<'_>) -> Result<T>) -> Result<T> {
    let table = DeTable::parse(text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_of(text, span.start));
        Error::Machine(format!("`{}:{line}` is not valid TOML: {}", path.display(), error.message()))
    })?;
    let span = table.span();
    let root = Spanned::new(span, DeValue::Table(table.into_inner()));
    parse(Node { path, text, name: String::new(), value: &root })
}

fn line_of(text: &str, offset: usize) -> usize {
    1 + text.bytes().take(offset).filter(|byte| *byte == b'\n').count()
}

/// A value of the file, and where it stands.
#[derive(Clone)]
pub struct Node<'a> {
    path: &'a Path,
    text: &'a str,
    name: String,
    value: &'a Spanned<DeValue<'a>>,
}

impl<'a> Node<'a> {
    /// An error about this value, with the file, the line and the key.
    pub fn wrong(&self, what: &str) -> Error {
        let line = line_of(self.text, self.value.span().start);
        let name = if self.name.is_empty() { String::new() } else { format!("`{}` ", self.name) };
        Error::Machine(format!("`{}:{line}`: {name}{what}", self.path.display()))
    }

    /// The value under a key of this table, if it is there.
    pub fn find(&self, key: &str) -> Option<Node<'a>> {
        let value = self.value.get_ref().get(key)?;
        let name = if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) };
        Some(Node { path: self.path, text: self.text, name, value })
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

    /// Fails if this table has a key that is not one of these: a misspelt key must not be lost in silence.
    pub fn only(&self, known: &[&str]) -> Result<()> {
        match self.keys()?.into_iter().find(|key| !known.contains(&key.as_str())) {
            Some(key) => Err(self.get(&key)?.wrong(&format!("is not known here; known are: {}", known.join(", ")))),
            None => Ok(()),
        }
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
        let node = |(i, value)| Node { path: self.path, text: self.text, name: format!("{}[{i}]", self.name), value };
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
        &self.text[self.value.span()]
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
            error_of("a = 1\nb = 2\n", |root| root.only(&["a"])),
            "`checks/lesson.toml:2`: `b` is not known here; known are: a"
        );
        assert_eq!(error_of("", |root| root.get("title").map(drop)), "`checks/lesson.toml:1`: lacks the key `title`");
        assert!(error_of("a = \n", |_| Ok(())).starts_with("`checks/lesson.toml:1` is not valid TOML: "));
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
