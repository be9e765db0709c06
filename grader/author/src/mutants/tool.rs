//! The mutants of cargo-mutants, which is built into the scratch folder when they are first asked for.

use super::edits::{Edit, whole_lines};
use grader::course::Course;
use grader::error::{Error, Result};
use grader::files::{self, Temporary};
use grader::grade::Grader;
use grader::toolchain::build_env;
use process::{Ended, Job, Limits};
use serde_json::Value;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The version whose mutants are asked for: another one makes others.
pub const VERSION: &str = "27.1.0";

/// The changes that cargo-mutants makes to the files of a program, each with its file.
pub fn edits(grader: &Grader, base: &BTreeMap<String, String>) -> Result<Vec<(String, Edit)>> {
    let program = installed(grader)?;
    // A package of its own: neither the course's manifests nor its dependencies have a part in it.
    let folder = Temporary::new()?;
    let manifest = "[package]\nname = \"base\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n";
    files::write(&folder.path().join("Cargo.toml"), manifest.as_bytes())?;
    for (file, text) in base {
        files::write(&folder.path().join("src").join(file), text.as_bytes())?;
    }
    let said = call(grader, program, &["mutants", "--list", "--diff", "--json"], folder.path())?;
    read(&said, base)
        .ok_or_else(|| Error::machine(format!("cargo-mutants {VERSION} says something else than expected")))
}

/// The program, which is built first where it is missing.
fn installed(grader: &Grader) -> Result<PathBuf> {
    let root = root(&grader.course);
    let program = root.join("bin").join(format!("cargo-mutants{}", std::env::consts::EXE_SUFFIX));
    files::make_folder(&root)?;
    let _lock = files::lock(&root.join("lock"), || {})?;
    if !program.is_file() {
        let place = root.display().to_string();
        let args = ["install", "cargo-mutants", "--version", VERSION, "--locked", "--debug", "--root", &place];
        call(grader, grader.toolchain.cargo.clone(), &args, &root).map_err(|error| {
            let what = format!("`--mutants` needs cargo-mutants {VERSION}, and it can't be had");
            Error::caused(what, std::io::Error::other(error.chain()))
        })?;
    }
    Ok(program)
}

/// Where it lies.
fn root(course: &Course) -> PathBuf {
    course.scratch().join("tools").join(format!("cargo-mutants-{VERSION}"))
}

fn call(grader: &Grader, program: PathBuf, args: &[&str], cwd: &Path) -> Result<String> {
    let mut env = build_env();
    for name in ["CARGO_HOME", "RUSTUP_HOME", "RUSTUP_TOOLCHAIN", "CARGO_NET_OFFLINE", "HTTPS_PROXY", "https_proxy"] {
        env.extend(std::env::var_os(name).map(|value| (OsString::from(name), value)));
    }
    env.push(("CARGO".into(), grader.toolchain.cargo.clone().into()));
    env.push(("RUSTC".into(), grader.toolchain.rustc.clone().into()));
    let deadline = Duration::from_secs(1200);
    let job = Job {
        program,
        args: args.iter().map(OsString::from).collect(),
        env,
        cwd: cwd.to_owned(),
        stdin: Vec::new(),
        limits: Limits { deadline, cpu: 3 * deadline, memory: 0, output: 64 << 20 },
    };
    let exit = process::run(&job).map_err(|error| Error::caused("failed to run cargo-mutants", error))?;
    if exit.ended != Ended::Code(0) {
        let said = String::from_utf8_lossy(&exit.stderr);
        let lines: Vec<&str> = said.trim().lines().collect();
        let last = lines[lines.len().saturating_sub(8)..].join("\n");
        return Err(Error::machine(format!("`cargo {}` failed:\n{last}", args.join(" "))));
    }
    Ok(String::from_utf8_lossy(&exit.stdout).into_owned())
}

/// Reads its list: where, and what stands there instead.
fn read(said: &str, base: &BTreeMap<String, String>) -> Option<Vec<(String, Edit)>> {
    let list: Value = serde_json::from_str(said).ok()?;
    let one = |mutant: &Value| {
        let file = mutant["file"].as_str()?.strip_prefix("src/")?.to_owned();
        let text = base.get(&file)?;
        let range = range(text, &mutant["span"])?;
        let with = mutant["replacement"].as_str()?.to_owned();
        let name = mutant["name"].as_str()?;
        // `src/lib.rs:74:9: replace …`: the place is told otherwise.
        let what = name.splitn(4, ':').nth(3).unwrap_or(name).trim().to_owned();
        let range = if with.is_empty() { whole_lines(text, range) } else { range };
        Some((file, Edit { range, with, what }))
    };
    list.as_array()?.iter().map(one).collect()
}

/// The bytes of a span whose lines and columns are counted in characters, from 1.
fn range(text: &str, span: &Value) -> Option<Range<usize>> {
    let at = |place: &Value| {
        let (line, column) = (place["line"].as_u64()? as usize, place["column"].as_u64()? as usize);
        let start: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
        let chars = text[start..].chars().take(column.checked_sub(1)?);
        Some(start + chars.map(char::len_utf8).sum::<usize>())
    };
    Some(at(&span["start"])?..at(&span["end"])?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_tool_says_becomes_a_change_of_the_text() {
        let text = "// Ж\npub fn f() -> u8 {\n    /* Ж */ 7\n}\n";
        let said = r#"[{"file": "src/lib.rs", "name": "src/lib.rs:3:13: replace f -> u8 with 0", "replacement": "0",
            "span": {"start": {"line": 3, "column": 13}, "end": {"line": 3, "column": 14}}}]"#;
        let edits = read(said, &BTreeMap::from([("lib.rs".to_owned(), text.to_owned())])).unwrap();
        assert_eq!(edits[0].1.apply(text), text.replace('7', "0"));
        assert_eq!(edits[0].1.what, "replace f -> u8 with 0");
        assert_eq!(read("[{}]", &BTreeMap::new()), None);
    }
}
