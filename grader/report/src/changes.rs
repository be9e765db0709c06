//! Two versions of a crate's files against each other, as a unified diff: for a terminal, and as JSON.

use anstyle::{AnsiColor, Style};
use serde_json::{Value, json};
use similar::TextDiff;
use std::collections::{BTreeMap, BTreeSet};

/// What differs in one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The file, by its path below `src/`.
    pub path: String,
    /// A unified diff with three lines of context.
    pub diff: String,
}

/// What differs between two crates, by their files' paths below `src/`; files that are the same are left out. The names
/// say what the two sides are called.
pub fn changes(old: &BTreeMap<String, String>, new: &BTreeMap<String, String>, names: (&str, &str)) -> Vec<Change> {
    let paths: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let text = |files: &BTreeMap<String, String>, path: &String| files.get(path).cloned().unwrap_or_default();
    let mut found = Vec::new();
    for path in paths {
        let (before, after) = (text(old, path), text(new, path));
        if before != after {
            let diff = TextDiff::from_lines(&before, &after);
            let (left, right) = (format!("{}/{path}", names.0), format!("{}/{path}", names.1));
            let diff = diff.unified_diff().context_radius(3).header(&left, &right).to_string();
            found.push(Change { path: path.clone(), diff });
        }
    }
    found
}

/// The changes with colours.
pub fn text(changes: &[Change]) -> String {
    let mut out = String::new();
    for line in changes.iter().flat_map(|change| change.diff.lines()) {
        let style = match line.chars().next() {
            _ if line.starts_with("--- ") || line.starts_with("+++ ") => Style::new().bold(),
            Some('-') => AnsiColor::Red.on_default(),
            Some('+') => AnsiColor::Green.on_default(),
            Some('@') => AnsiColor::Cyan.on_default(),
            _ => Style::new(),
        };
        // A student's file may hold what a terminal takes for a command.
        let line: String = line.chars().map(|c| if c.is_control() && c != '\t' { '·' } else { c }).collect();
        out.push_str(&format!("{style}{line}{style:#}\n"));
    }
    out
}

/// The changes as JSON. The form is described in `xtask/JSON.md`.
pub fn json(lesson: &str, against: &str, changes: &[Change]) -> Value {
    let files: Vec<Value> = changes.iter().map(|it| json!({ "path": it.path, "diff": it.diff })).collect();
    json!({ "schema": "yield-to-await/diff/v1", "lesson": lesson, "against": against, "files": files })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_shown_and_new_files_and_lost_ones_are() {
        let files = |all: &[(&str, &str)]| -> BTreeMap<String, String> {
            all.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
        };
        let old = files(&[("lib.rs", "a\nb\n"), ("same.rs", "s\n"), ("gone.rs", "g\n")]);
        let new = files(&[("lib.rs", "a\nc\u{1b}[2J\n"), ("same.rs", "s\n"), ("more.rs", "m\n")]);
        let found = changes(&old, &new, ("stub", "yours"));
        assert_eq!(found.iter().map(|it| it.path.as_str()).collect::<Vec<_>>(), ["gone.rs", "lib.rs", "more.rs"]);
        assert!(found[1].diff.starts_with("--- stub/lib.rs\n+++ yours/lib.rs\n@@ "), "{}", found[1].diff);
        let shown = anstream::adapter::strip_str(&text(&found)).to_string();
        assert!(shown.contains("-b\n+c·[2J\n") && shown.contains("-g\n") && shown.contains("+m\n"), "{shown}");
        assert!(changes(&old, &old, ("stub", "yours")).is_empty());
    }
}
