//! Patches brought behind a base that changed, with what git remembers of it.

use super::{Head, apply, base, base_of, make, right_path};
use grader::course::Course;
use grader::error::{Error, Result};
use grader::files;
use grader::lesson::Lesson;
use process::{Ended, Job, Limits};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What became of a patch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rebased {
    /// It applies as it is.
    Applies,
    /// It was made anew against the changed base.
    Anew,
    /// It must be mended by hand, and why.
    Conflict(String),
}

/// How many commits of the base are looked at, from the last one back.
const MOST_COMMITS: &str = "--max-count=50";

/// Brings the patches of a lesson behind their changed bases, where both changes go together. Gives what became of each.
pub fn rebase(course: &Course, lesson: &Lesson) -> Result<Vec<(String, Rebased)>> {
    let solution = course.solution_dir(&lesson.id);
    let mut done = Vec::new();
    for kind in ["wrong", "right"] {
        let folder = lesson.dir.join(kind);
        let all = if folder.is_dir() { files::below(&folder)? } else { Vec::new() };
        for path in all.into_iter().filter(|path| path.extension().is_some_and(|end| end == "patch")) {
            let name = format!("{kind}/{}", path.file_stem().unwrap_or_default().to_string_lossy());
            done.push((name, one(course, lesson, &solution, &path)?));
        }
    }
    Ok(done)
}

fn one(course: &Course, lesson: &Lesson, solution: &Path, path: &Path) -> Result<Rebased> {
    let text = files::read(path)?;
    let from = base_of(&Head::of(path, &text));
    let now = base(lesson, solution, &from, path)?;
    if apply(&text, now.clone(), path).is_ok() {
        return Ok(Rebased::Applies);
    }
    let place = match from.strip_prefix("right/") {
        Some(right) => right_path(lesson, right),
        None => solution.join("src"),
    };
    let Some(then) = last_base(course, &place, &text, path)? else {
        return Ok(Rebased::Conflict(format!("no commit of `{from}` is one that it applies to")));
    };
    let meant = apply(&text, then.clone(), path)?;
    let mut merged = now.clone();
    for (name, ours) in &now {
        let (Some(before), Some(theirs)) = (then.get(name), meant.get(name)) else {
            return Ok(Rebased::Conflict(format!("`{name}` is new in `{from}`")));
        };
        match diffy::merge(before, ours, theirs) {
            Ok(text) => drop(merged.insert(name.clone(), text)),
            Err(conflict) => {
                return Ok(Rebased::Conflict(format!("it changes what `{from}` changed, in `{name}`:\n{conflict}")));
            }
        }
    }
    let patch = make(&now, &merged);
    if patch.is_empty() {
        return Ok(Rebased::Conflict(format!("`{from}` now does all that it did: it is no wrong program any more")));
    }
    let head: String = text.lines().take_while(|line| line.starts_with('#')).map(|line| format!("{line}\n")).collect();
    files::write(path, format!("{head}{patch}").as_bytes())?;
    Ok(Rebased::Anew)
}

/// The base as it was in the last commit that the patch applies to.
fn last_base(course: &Course, place: &Path, text: &str, path: &Path) -> Result<Option<BTreeMap<String, String>>> {
    let below = place.strip_prefix(&course.root).unwrap_or(place).display().to_string().replace('\\', "/");
    let commits = git(&course.root, &["log", MOST_COMMITS, "--format=%H", "--", &below])?;
    for commit in commits.lines() {
        let mut then = BTreeMap::new();
        for name in git(&course.root, &["ls-tree", "-r", "--name-only", commit, "--", &below])?.lines() {
            let inner = if name == below { "lib.rs" } else { name[below.len()..].trim_start_matches('/') };
            if inner.ends_with(".rs") && inner != "main.rs" {
                then.insert(inner.to_owned(), git(&course.root, &["show", &format!("{commit}:{name}")])?);
            }
        }
        if apply(text, then.clone(), path).is_ok() {
            return Ok(Some(then));
        }
    }
    Ok(None)
}

/// What git prints. Fails where there is no git, or no repository.
fn git(root: &Path, args: &[&str]) -> Result<String> {
    let limits =
        Limits { deadline: Duration::from_secs(60), cpu: Duration::from_secs(60), memory: 0, output: 16 << 20 };
    let job = Job {
        program: PathBuf::from("git"),
        args: args.iter().map(OsString::from).collect(),
        env: grader::toolchain::build_env(),
        cwd: root.to_owned(),
        stdin: Vec::new(),
        limits,
    };
    let exit = process::run(&job).map_err(|error| Error::caused("failed to run `git`", error))?;
    if exit.ended != Ended::Code(0) {
        let said = String::from_utf8_lossy(&exit.stderr).trim().to_owned();
        return Err(Error::machine(format!("`git {}` failed: {said}", args.join(" "))));
    }
    Ok(String::from_utf8_lossy(&exit.stdout).into_owned())
}
