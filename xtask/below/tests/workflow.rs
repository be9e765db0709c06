//! The workflow for students' repositories: its own steps are run here, with a `cargo` that starts the built program.
#![cfg(unix)]

#[path = "../../../grader/tests/common/mod.rs"]
mod common;
mod copied;

use copied::{Copied, LIB, bounded};
use process::{Ended, Exit};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// The script of a job's step "The verdict", from the workflow's own text.
fn script(job: &str) -> String {
    let workflow = std::fs::read_to_string(common::root().join(".github/workflows/check.yml")).unwrap();
    let (_, job) = workflow.split_once(&format!("\n  {job}:\n")).unwrap();
    let (_, step) = job.split_once("- name: The verdict\n").unwrap();
    let (_, lines) = step.split_once("run: |\n").unwrap();
    let inside = lines.lines().take_while(|line| line.starts_with("          ") || line.is_empty());
    inside.map(|line| format!("{}\n", line.trim_start_matches("          "))).collect()
}

/// Runs a script as GitHub does.
fn bash(script: &str, cwd: &Path, env: &[(&str, &str)]) -> Exit {
    let mut all: Vec<_> = env.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
    let path = format!("{}:/usr/bin:/bin", cwd.join("tools").display());
    all.push(("PATH".into(), path.into()));
    bounded(Path::new("/bin/bash"), &["--noprofile", "--norc", "-eo", "pipefail", "-c", script], cwd, all)
}

/// What the grading step calls cargo with, for these lessons.
fn words(lessons: &str) -> Vec<String> {
    let place = tempfile::tempdir().unwrap();
    let course = place.path().join("course");
    let cargo = course.join("tools/cargo");
    grader::files::write(&cargo, b"#!/bin/sh\nprintf '%s\\n' \"$@\"\n").unwrap();
    std::fs::set_permissions(&cargo, PermissionsExt::from_mode(0o755)).unwrap();
    let env = [("LESSONS", lessons), ("SEEDS", "secret"), ("TEXTS", "en")];
    let exit = bash(&script("grade"), &course, &env);
    assert_eq!(exit.ended, Ended::Code(0), "{}", String::from_utf8_lossy(&exit.stderr));
    assert_eq!(std::fs::read_to_string(place.path().join("verdict/code")).unwrap(), "0\n");
    let said = std::fs::read_to_string(place.path().join("verdict/log")).unwrap();
    said.lines().map(str::to_owned).collect()
}

/// The exit code and the output of the publishing step, for what the grading step left.
fn published(log: &str, summary: &str, code: &str) -> (Ended, String, String) {
    let place = tempfile::tempdir().unwrap();
    for (name, text) in [("log", log), ("summary.md", summary), ("code", code)] {
        grader::files::write(&place.path().join("verdict").join(name), text.as_bytes()).unwrap();
    }
    let shown = place.path().join("shown");
    let exit = bash(&script("publish"), place.path(), &[("GITHUB_STEP_SUMMARY", shown.to_str().unwrap())]);
    (exit.ended, String::from_utf8(exit.stdout).unwrap(), std::fs::read_to_string(shown).unwrap())
}

#[test]
fn lessons_are_names_and_never_flags() {
    let last = |lessons: &str| {
        let words = words(lessons);
        assert_eq!(words[..4], ["xtask", "check", "--path", "../submission"]);
        words[words.iter().position(|word| word == "en").unwrap() + 1..].to_vec()
    };
    for none in ["", "  ", "\n \t\n"] {
        assert_eq!(last(none), ["--all"], "{none:?}");
    }
    assert_eq!(last("5 timeit"), ["--", "5", "timeit"]);
    assert_eq!(last("5\n6 *\n"), ["--", "5", "6", "*"]);
    assert_eq!(last("--help"), ["--", "--help"]);
}

#[test]
fn a_job_that_is_told_nonsense_is_not_green() {
    let copied = Copied::new();
    let work = tempfile::tempdir().unwrap();
    for lessons in ["--help", "--version", "nothing", "5 --i-trust-this-code"] {
        let words: Vec<String> = words(lessons)[1..]
            .iter()
            .map(|word| word.replace("../submission", work.path().to_str().unwrap()))
            .collect();
        let said = copied.say(&words.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(said.code, 2, "{lessons}: {} {}", said.out, said.err);
    }
}

#[test]
fn the_workflows_call_grades_a_students_repository() {
    let copied = Copied::new();
    let student = tempfile::tempdir().unwrap();
    let grade = |source: &[u8]| {
        grader::files::write(&student.path().join(LIB), source).unwrap();
        let words: Vec<String> = words("5")[1..]
            .iter()
            .map(|word| word.replace("../submission", student.path().to_str().unwrap()))
            .collect();
        copied.say(&words.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let solution = std::fs::read(copied.root().join("solutions/lesson-05-timeit/src/lib.rs")).unwrap();
    let said = grade(&solution);
    assert_eq!((said.code, said.out.contains("::error")), (0, false), "{} {}", said.out, said.err);
    let said = grade(b"pub fn timeit( {");
    assert_eq!(said.code, 3);
    // The path is that in the student's own repository, so that GitHub shows the mark beside the line.
    assert!(said.out.starts_with(&format!("::error file={LIB},line=1,")), "{}", said.out);
}

#[test]
fn what_is_published_commands_nothing_but_annotations() {
    let log = "::error file=a.rs,title=x::no\n::stop-commands::t\n0 of 80 points\n::t::\n::set-output name=x::y\n";
    let (ended, said, summary) = published(log, "### lesson-05\n", "1\n");
    assert_eq!((ended, summary.as_str()), (Ended::Code(1), "### lesson-05\n"));
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines[0], "::error file=a.rs,title=x::no");
    assert!(lines[1].starts_with("::stop-commands::") && lines[1].len() == 17 + 32, "{said}");
    assert_eq!(lines[2], "0 of 80 points");
    assert_eq!(lines.len(), 4, "{said}");
}

#[test]
fn only_a_code_of_zero_is_a_green_job() {
    for (code, ended) in [("0\n", 0), ("3\n", 3), ("5\n", 5), ("7\n", 4), ("101\n", 4), ("x\n", 4), ("0; true\n", 4)] {
        assert_eq!(published("", "", code).0, Ended::Code(ended), "{code}");
    }
    assert_ne!(published("", "", "").0, Ended::Code(0));
}

/// A tag can be moved to other code; a commit can't.
#[test]
fn actions_are_named_by_their_commits() {
    for path in grader::files::below(&common::root().join(".github/workflows")).unwrap() {
        let text = std::fs::read_to_string(&path).unwrap();
        let used: Vec<&str> = text
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once("uses: "))
            .map(|(_, used)| used)
            .collect();
        assert!(!used.is_empty());
        for used in used {
            let (_, version) = used.split_once('@').unwrap();
            let (commit, tag) = version.split_once(" # v").unwrap_or_else(|| panic!("{used}"));
            assert!(
                commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit()) && !tag.is_empty(),
                "{used}"
            );
        }
        assert!(!text.contains("secrets") || text.contains("no secrets"), "{}", path.display());
    }
}
