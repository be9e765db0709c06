//! Mutants: what becomes of a lesson's solution when one thing in it is changed, and whether the checks notice.
//!
//! Two makers: cargo-mutants, which replaces bodies and operators, and our own, which changes single statements. Each mutant is
//! a program like any other, goes the same road, and is shown as the patch that makes it.

mod edits;
mod equivalent;
mod run;
mod statements;
mod tool;

pub use equivalent::{Equivalent, path as equivalent_path};
pub use run::{Tested, of_right, of_solution};

use crate::programs;
use edits::Edit;
use grader::error::{Error, Result};
use grader::grade::Grader;
use std::collections::{BTreeMap, BTreeSet};

/// A program that differs from its base in one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mutant {
    /// What was changed, and where: `lib.rs:12: the statement is gone`.
    pub what: String,
    /// Its files, by their paths below `src/`.
    pub files: BTreeMap<String, String>,
    /// The patch that makes it from its base.
    pub patch: String,
}

/// All mutants of a program, by their places, each once: what two makers make alike is one.
///
/// Fails where cargo-mutants can't be had, and where a file is no Rust.
fn all(grader: &Grader, base: &BTreeMap<String, String>) -> Result<Vec<Mutant>> {
    let mut edits: Vec<(String, Edit)> = Vec::new();
    for (file, text) in base {
        let own = statements::edits(text).map_err(|error| Error::machine(format!("`{file}` is no Rust: {error}")))?;
        edits.extend(own.into_iter().map(|edit| (file.clone(), edit)));
    }
    edits.extend(tool::edits(grader, base)?);
    edits.sort_by_key(|(file, edit)| (file.clone(), edit.range.start, edit.range.end));
    let mut seen = BTreeSet::from([base.clone()]);
    let mut mutants = Vec::new();
    for (file, edit) in edits {
        let text = &base[&file];
        let line = text[..edit.range.start].lines().count().max(1);
        let mut files = base.clone();
        files.insert(file.clone(), edit.apply(text));
        if seen.insert(files.clone()) {
            let patch = programs::make(base, &files);
            mutants.push(Mutant { what: format!("{file}:{line}: {}", edit.what), files, patch });
        }
    }
    Ok(mutants)
}
