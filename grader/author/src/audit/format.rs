//! Whether a lesson's Rust is formatted, its patches' results included: by the toolchain's own rustfmt.

use super::bounded;
use crate::programs::Program;
use grader::error::{Error, Result};
use grader::files::{self, Temporary};
use grader::grade::Grader;
use grader::lesson::Lesson;
use grader::toolchain::build_env;
use process::Ended;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Which files are not formatted, a sentence each.
pub fn findings<'a>(
    grader: &Grader,
    lesson: &Lesson,
    programs: impl Iterator<Item = &'a Program>,
) -> Result<Vec<String>> {
    let course = &grader.course;
    let folders = [lesson.dir.clone(), course.lesson_dir(&lesson.id), course.solution_dir(&lesson.id)];
    let mut paths: Vec<PathBuf> = Vec::new();
    for folder in folders.iter().filter(|folder| folder.is_dir()) {
        paths.extend(files::below(folder)?.into_iter().filter(|path| path.extension().is_some_and(|end| end == "rs")));
    }
    let patched = Temporary::new()?;
    files::copy(&course.root.join("rustfmt.toml"), &patched.path().join("rustfmt.toml"))?;
    for program in programs.filter(|program| program.path.extension().is_some_and(|end| end == "patch")) {
        for (name, text) in &program.submission.files {
            let path = patched.path().join(format!("{}.patch", program.name)).join(name);
            files::write(&path, text.as_bytes())?;
            paths.push(path);
        }
    }
    let unformatted = run(grader, &paths)?;
    let shown = |path: &Path| {
        let below = path.strip_prefix(patched.path()).or(path.strip_prefix(&course.root)).unwrap_or(path);
        below.display().to_string()
    };
    Ok(unformatted.iter().map(|path| format!("`{}` is not formatted: `rustfmt` it", shown(path))).collect())
}

/// Those of these files that rustfmt would change, or can't read.
fn run(grader: &Grader, paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let rustfmt = grader.toolchain.rustc.with_file_name(format!("rustfmt{}", std::env::consts::EXE_SUFFIX));
    let call = |paths: &[PathBuf]| {
        let mut args: Vec<OsString> = ["--check", "--files-with-diff", "--edition=2024"].map(OsString::from).into();
        args.extend(paths.iter().map(OsString::from));
        bounded(&rustfmt, args, &grader.course.root, build_env())
    };
    let exit = call(paths)?;
    if exit.ended == Ended::Code(0) {
        return Ok(Vec::new());
    }
    let named: Vec<PathBuf> = String::from_utf8_lossy(&exit.stdout).lines().map(PathBuf::from).collect();
    if !named.is_empty() {
        return Ok(named);
    }
    // A file that is no Rust ends the call for all of them.
    let mut unreadable = Vec::new();
    for path in paths {
        if call(std::slice::from_ref(path))?.ended != Ended::Code(0) {
            unreadable.push(path.clone());
        }
    }
    if unreadable.is_empty() {
        return Err(Error::machine(format!("rustfmt failed: {}", String::from_utf8_lossy(&exit.stderr).trim())));
    }
    Ok(unreadable)
}
