//! Mutants that do the same as their base, or what no rule forbids: listed by the author, with the reason.

use super::Mutant;
use grader::error::Result;
use grader::lesson::Lesson;
use grader::manifest;
use std::path::PathBuf;

/// A mutant that lives with reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Equivalent {
    /// Why nothing has to kill it.
    pub why: String,
    /// Its patch. Line numbers in it are not looked at, so it holds while the solution changes elsewhere.
    pub patch: String,
}

impl Equivalent {
    /// Whether this mutant is meant.
    pub fn is(&self, mutant: &Mutant) -> bool {
        content(&self.patch) == content(&mutant.patch)
    }
}

/// The lines of a patch, without what says where they are.
fn content(patch: &str) -> Vec<&str> {
    let places = ["@@", "--- ", "+++ "];
    let lines = patch.lines().map(str::trim_end).filter(|line| !places.iter().any(|place| line.starts_with(place)));
    lines.skip_while(|line| line.is_empty()).collect()
}

/// Where a lesson lists them.
pub fn path(lesson: &Lesson) -> PathBuf {
    lesson.dir.join("equivalent.toml")
}

/// The list of a lesson; empty where it has none.
pub fn listed(lesson: &Lesson) -> Result<Vec<Equivalent>> {
    let path = path(lesson);
    if !path.is_file() {
        return Ok(Vec::new());
    }
    manifest::read(&path, |root| {
        root.only(&["equivalent"])?;
        let read = |node: &manifest::Node<'_>| {
            node.only(&["why", "patch"])?;
            Ok(Equivalent { why: node.get("why")?.string()?, patch: node.get("patch")?.string()? })
        };
        root.get("equivalent")?.list()?.iter().map(read).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn a_patch_is_known_again_when_the_lines_before_it_are_others() {
        let patch = "--- a/lib.rs\n+++ b/lib.rs\n@@ -3,3 +3,2 @@\n a\n-b\n c\n";
        let mutant = |patch: &str| Mutant { what: String::new(), files: BTreeMap::new(), patch: patch.to_owned() };
        let known = Equivalent { why: "so".to_owned(), patch: patch.to_owned() };
        assert!(known.is(&mutant(&patch.replace("-3,3 +3,2", "-9,3 +9,2"))));
        assert!(!known.is(&mutant(&patch.replace("-b", "-x"))));
    }
}
