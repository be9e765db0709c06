//! Whether the compile cases of a lesson pin what they claim to, and one token apart from what compiles.

use super::Audit;
use super::lists::TRYBUILD_MANIFEST;
use grader::error::Result;
use grader::files;
use grader::judge::{self, Pinned};
use grader::lesson::{Check, Lesson};
use std::collections::BTreeSet;

/// What the compiler calls a name that leads nowhere: an unresolved import or path.
pub const UNRESOLVED: [&str; 2] = ["E0432", "E0433"];

/// How many lines twins may differ in; one token apart is the aim.
pub const MOST_CHANGED: usize = 6;

/// Every failing case pins an error on the line that it marks, and its twin is a few tokens away.
pub(super) fn cases(lesson: &Lesson, audit: &mut Audit) -> Result<()> {
    let folder = lesson.dir.join("compile");
    let mut known = BTreeSet::new();
    for case in lesson.checks.iter().flat_map(Check::cases) {
        known.extend([case.fail.clone(), case.stderr.clone(), case.pass.clone()]);
        let (fail, pass) = (files::read(&case.fail)?, files::read(&case.pass)?);
        let diff = similar::TextDiff::from_lines(fail.as_str(), pass.as_str());
        let changed = diff.iter_all_changes().filter(|change| change.tag() != similar::ChangeTag::Equal);
        let lines = changed.filter(|change| !change.value().trim_start().starts_with("//")).count();
        if !(1..=MOST_CHANGED).contains(&lines) {
            audit
                .findings
                .push(format!("compile/{}: its twins differ in {lines} lines; one token apart is the aim", case.name));
        }
        let stderr = files::read(&case.stderr).unwrap_or_default();
        if let Some(code) = UNRESOLVED.iter().find(|code| stderr.contains(&format!("error[{code}]"))) {
            audit.findings.push(format!(
                "compile/{}: its `.stderr` pins {code}, an import that is not there: that is a mistake of the case or of \
                 `{TRYBUILD_MANIFEST}`, and no student's; mend it, and write the file anew with `--update`",
                case.name
            ));
        }
        let quotes_std = stderr
            .lines()
            .zip(stderr.lines().skip(1))
            .any(|(place, next)| place.trim_start().starts_with("--> $RUST/") && next.trim() == "|");
        if quotes_std {
            audit.findings.push(format!(
                "compile/{}: quotes the standard library's source, which few have installed; take out the lines between `--> $RUST/…` and the next note",
                case.name
            ));
        }
        match judge::read_pinned(case) {
            Err(error) => audit.findings.push(error.to_string()),
            Ok(pinned) => {
                audit.findings.extend(marks(&case.name, &fail, &pinned));
            }
        }
    }
    if folder.is_dir() {
        for path in files::below(&folder)?.into_iter().filter(|path| !known.contains(path)) {
            audit.findings.push(format!("`{}` belongs to no check", path.display()));
        }
    }
    Ok(())
}

/// Where the marks `//~ NAME` of a failing case and what is pinned for it differ.
fn marks(name: &str, fail: &str, pinned: &[Pinned]) -> Vec<String> {
    let marked: Vec<(u64, &str)> =
        (1..).zip(fail.lines()).filter_map(|(line, text)| Some((line, text.split_once("//~ ")?.1.trim()))).collect();
    if marked.is_empty() {
        let first = pinned
            .first()
            .map_or(String::new(), |first| format!(": end line {} with `//~ {}`", first.line, first.name));
        return vec![format!("compile/{name}: marks no line{first}")];
    }
    let mut found = Vec::new();
    for (line, said) in marked {
        let there: Vec<&str> = pinned.iter().filter(|it| it.line == line).map(|it| it.name.as_str()).collect();
        if there.is_empty() {
            let pinned: Vec<String> = pinned.iter().map(|it| format!("{} at line {}", it.name, it.line)).collect();
            found.push(format!("compile/{name}: marks line {line}, but pins {}", pinned.join(", ")));
        } else if !there.contains(&said) {
            let there = there.join("` and `");
            found.push(format!("compile/{name}: line {line} is marked `//~ {said}`, but `{there}` is pinned there"));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_names_the_error_of_its_line() {
        let pinned = [Pinned { name: "E0597".to_owned(), line: 2 }];
        assert_eq!(marks("a", "x\ny //~ E0597\n", &pinned), [] as [&str; 0]);
        assert_eq!(
            marks("a", "x\ny //~ E0499\n", &pinned),
            ["compile/a: line 2 is marked `//~ E0499`, but `E0597` is pinned there"]
        );
        assert_eq!(marks("a", "x //~ E0597\ny\n", &pinned), ["compile/a: marks line 1, but pins E0597 at line 2"]);
        assert_eq!(marks("a", "x\ny\n", &pinned), ["compile/a: marks no line: end line 2 with `//~ E0597`"]);
    }
}
