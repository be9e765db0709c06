//! A program as what it changes in another one: a unified diff, below a head of `#` lines.

use diffy::Patch;
use grader::error::{Error, Result};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// Applies the text of a patch to the files of its base. `path` is the patch's own, for the errors.
pub fn apply(text: &str, mut base: BTreeMap<String, String>, path: &Path) -> Result<BTreeMap<String, String>> {
    let parts = parts(text);
    if parts.is_empty() {
        return Err(Error::course(path, "changes nothing: it has no `--- a/lib.rs`"));
    }
    for part in parts {
        let patch =
            Patch::from_str(part).map_err(|error| Error::course(path, format!("is no unified diff: {error}")))?;
        let named = patch.modified().or(patch.original()).unwrap_or_default();
        let name = named.strip_prefix("b/").or_else(|| named.strip_prefix("a/")).unwrap_or(named);
        let file = base
            .get_mut(name)
            .ok_or_else(|| Error::course(path, format!("changes `{name}`, which its base does not have")))?;
        *file = diffy::apply(file, &patch).map_err(|error| {
            Error::course(
                path,
                format!("does not apply to `{name}` of its base ({error}): `cargo xtask audit --rebase`"),
            )
        })?;
    }
    Ok(base)
}

/// The patch that makes `changed` of `base`, without a head. Files that only one of them has can't be told so.
pub fn make(base: &BTreeMap<String, String>, changed: &BTreeMap<String, String>) -> String {
    let mut out = String::new();
    for (name, old) in base {
        let Some(new) = changed.get(name).filter(|new| *new != old) else { continue };
        let diff = diffy::create_patch(old, new).to_string();
        let diff = diff.replacen("--- original", &format!("--- a/{name}"), 1);
        let _ = write!(out, "{}", diff.replacen("+++ modified", &format!("+++ b/{name}"), 1));
    }
    out
}

/// The diffs of the single files: each begins with `--- `, and the line after it with `+++ `.
fn parts(text: &str) -> Vec<&str> {
    let lines: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let starts: Vec<usize> = lines
        .windows(2)
        .filter(|pair| text[pair[0]..].starts_with("--- ") && text[pair[1]..].starts_with("+++ "))
        .map(|pair| pair[0])
        .collect();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().zip(ends).map(|(start, end)| &text[*start..end]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn what_was_made_applies_also_over_several_files() {
        let base = files(&[("lib.rs", "mod a;\nfn x() {}\n"), ("a.rs", "1\n2\n3\n"), ("b.rs", "same\n")]);
        let changed = files(&[("lib.rs", "mod a;\nfn y() {}\n"), ("a.rs", "1\n3\n"), ("b.rs", "same\n")]);
        let patch = make(&base, &changed);
        assert!(patch.starts_with("--- a/a.rs\n+++ b/a.rs\n"), "{patch}");
        assert_eq!(apply(&format!("# en: x\n{patch}"), base, Path::new("p")).unwrap(), changed);
    }

    #[test]
    fn a_patch_whose_base_went_away_says_how_to_mend_it() {
        let patch = make(&files(&[("lib.rs", "a\nb\nc\n")]), &files(&[("lib.rs", "a\nx\nc\n")]));
        let error = apply(&patch, files(&[("lib.rs", "quite\nanother\n")]), Path::new("w.patch")).unwrap_err();
        assert!(error.to_string().contains("--rebase"), "{error}");
        assert!(apply("# en: x\n", files(&[]), Path::new("w.patch")).unwrap_err().to_string().contains("nothing"));
    }
}
