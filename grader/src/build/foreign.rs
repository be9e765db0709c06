//! What a submission's crate was made of, by the compiler's own list: a file of anybody else's is refused by name.
//!
//! A path attribute and the macros that include files can name any file that the compiler may read. In a sandbox it can't
//! read others; the list is held against the layout all the same, and everywhere else it is what finds them.

use super::diagnostics::{Diagnostic, Place};
use crate::error::Result;
use crate::files;
use crate::submission::Submission;
use std::path::{Path, PathBuf};

/// The first file that the crate took from outside of `src`, the layout of this submission, as an error at the line that
/// names it. `list` is what the compiler wrote: `made: of this and\ that`.
pub fn taken(list: &Path, src: &Path, submission: &Submission) -> Result<Option<Diagnostic>> {
    let own = |path: &PathBuf| {
        let path = path.canonicalize().unwrap_or_else(|_| path.clone());
        let src = src.canonicalize().unwrap_or_else(|_| src.to_owned());
        path.strip_prefix(&src)
            .is_ok_and(|inner| submission.files.contains_key(&inner.to_string_lossy().replace('\\', "/")))
    };
    let foreign = read_list(&files::read(list)?).into_iter().find(|path| !own(path));
    let written = |path: &Path| path.strip_prefix(src).unwrap_or(path).display().to_string();
    Ok(foreign.map(|path| refused(&written(&path), Some(named_at(&path, submission)))))
}

/// The same for what the compiler was not let read: its errors, told as what they are.
pub fn named(errors: Vec<Diagnostic>, src: &Path) -> Vec<Diagnostic> {
    let told = |error: Diagnostic| {
        let path = error.headline.strip_prefix("couldn't read `").and_then(|rest| rest.split('`').next());
        match (path, &error.place) {
            (Some(path), Some(place)) => {
                let written = Path::new(path).strip_prefix(src).unwrap_or(Path::new(path));
                refused(&written.display().to_string(), Some(place.clone()))
            }
            _ => error,
        }
    };
    errors.into_iter().map(told).collect()
}

fn refused(path: &str, place: Option<Place>) -> Diagnostic {
    let headline = format!("takes `{path}`: a submission is its own files");
    let at = place.as_ref().map(|place| format!("\n --> {}:{}:{}", place.file, place.line, place.column));
    let rendered = format!("error: {headline}{}\n", at.unwrap_or_default());
    Diagnostic { code: None, headline, place, rendered }
}

/// The line that seems to name the file: the first with the longest end of its path in it; else the first of all.
fn named_at(path: &Path, submission: &Submission) -> Place {
    let parts: Vec<String> = path.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    let ends = (0..parts.len()).map(|from| parts[from..].join("/"));
    let lines = || {
        submission.files.iter().flat_map(|(name, text)| (1..).zip(text.lines()).map(move |(n, line)| (name, n, line)))
    };
    let found = ends.into_iter().find_map(|end| lines().find(|(_, _, line)| line.contains(&end)));
    let (name, line) = found.map_or(("lib.rs", 1), |(name, line, _)| (name.as_str(), line));
    let file = if submission.shown.is_empty() { name.to_owned() } else { format!("{}/{name}", submission.shown) };
    Place { file, line, column: 1, end_line: line, end_column: 1 }
}

/// The files behind the first colon, in the form of a makefile: a space in a name follows a backslash.
fn read_list(text: &str) -> Vec<PathBuf> {
    let Some((_, files)) = text.lines().next().and_then(|line| line.split_once(": ")) else { return Vec::new() };
    let mut found = vec![String::new()];
    let mut chars = files.chars();
    while let Some(c) = chars.next() {
        match (c, found.last_mut()) {
            (' ', _) => found.push(String::new()),
            ('\\', Some(name)) => match chars.next() {
                Some(escaped @ (' ' | '#')) => name.push(escaped),
                Some(other) => name.extend(['\\', other]),
                None => name.push('\\'),
            },
            (c, Some(name)) => name.push(c),
            (_, None) => {}
        }
    }
    found.into_iter().filter(|name| !name.is_empty()).map(PathBuf::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn the_list_is_read_with_spaces_in_names() {
        let list = "/w/lib.rlib: /w/src/lib.rs /w/my\\ work/x.rs\n\n/w/src/lib.rs:\n";
        assert_eq!(read_list(list), [PathBuf::from("/w/src/lib.rs"), PathBuf::from("/w/my work/x.rs")]);
    }

    /// As the compiler writes it: a blank in a name is behind a backslash, and nothing else is.
    #[test]
    fn every_name_without_a_line_end_comes_back_from_the_list() {
        for seed in 0..2000 {
            let mut inputs = probe::Inputs::from_seed(seed);
            let names: Vec<String> = (0..inputs.size(1..=5))
                .map(|_| {
                    let parts = ["a", " ", "  ", "#", ":", "$", "й", "\u{1b}", "/", "..", "*", "'"];
                    let ends: String = (0..inputs.size(0..=6)).map(|_| *inputs.pick(&parts)).collect();
                    format!("/w/src/{ends}.rs")
                })
                .collect();
            let escaped: Vec<String> = names.iter().map(|name| name.replace(' ', "\\ ")).collect();
            let list = format!("/w/lib.rlib: {}\n\n", escaped.join(" "));
            assert_eq!(read_list(&list), names.iter().map(PathBuf::from).collect::<Vec<_>>(), "seed {seed}: {list}");
        }
    }

    #[test]
    fn the_line_that_names_the_file_is_found() {
        let lib = "// x\nmod own;\n#[path = \"../../solutions/lesson-05/src/lib.rs\"] mod taken;\n";
        let files = BTreeMap::from([("lib.rs".to_owned(), lib.to_owned()), ("own.rs".to_owned(), String::new())]);
        let submission = Submission::of_files(files, "src");
        let place = named_at(Path::new("/course/solutions/lesson-05/src/lib.rs"), &submission);
        assert_eq!((place.file.as_str(), place.line), ("src/lib.rs", 3));
    }

    #[test]
    fn what_could_not_be_read_is_told_as_what_is_not_its_own() {
        let place = Place { file: "src/lib.rs".to_owned(), line: 2, column: 9, end_line: 2, end_column: 9 };
        let error = Diagnostic {
            code: None,
            headline: "couldn't read `/w/src/../../secret`: Permission denied (os error 13)".to_owned(),
            place: Some(place.clone()),
            rendered: String::new(),
        };
        let told = named(vec![error], Path::new("/w/src")).remove(0);
        assert_eq!(told.headline, "takes `../../secret`: a submission is its own files");
        assert_eq!(told.place, Some(place));
    }
}
