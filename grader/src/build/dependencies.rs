//! What lessons may use besides the standard library, built by cargo once and then only linked.
//!
//! The package that cargo builds is made here from the course's own `Cargo.toml` and `Cargo.lock`. Neither a lesson's
//! manifest nor anything of a submission's has a part in it, so neither can break it or slip something in.

use crate::course::Course;
use crate::error::{Error, Result};
use crate::event::{Held, What};
use crate::files;
use crate::key::{Grounds, key};
use crate::manifest;
use crate::toolchain::{Toolchain, build_env};
use process::{Ended, Job, Limits, run};
use serde_json::{Value, json};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Compiled crates that a lesson's programs are linked with.
#[derive(Debug, Clone, Default)]
pub struct Dependencies {
    /// `(name, rlib)` of each crate that programs name.
    pub externs: Vec<(String, PathBuf)>,
    /// The folder with what those crates depend on.
    pub search: Option<PathBuf>,
}

impl Dependencies {
    /// The crates of these names, which are keys of the course's `[workspace.dependencies]`. Built now if they are not there
    /// yet; `tell` hears of it before that takes long.
    pub fn of(course: &Course, toolchain: &Toolchain, names: &[String], tell: &dyn Fn(What)) -> Result<Dependencies> {
        if names.is_empty() {
            return Ok(Dependencies::default());
        }
        let lock = lock_file(course)?;
        let specs = specs(course, names)?;
        let key = &key(toolchain, &Grounds::Dependencies { specs: &specs, lock: &lock })[..16];
        let folder = course.scratch().join("dependencies").join(key);
        let list = folder.join("externs.json");
        if let Some(ready) = read_list(&list) {
            return Ok(ready);
        }
        let _lock = files::lock(&course.scratch().join("dependencies/lock"), || tell(What::Waits(Held::Dependencies)))?;
        if let Some(ready) = read_list(&list) {
            return Ok(ready);
        }
        tell(What::BuildsDependencies(names.to_vec()));
        let built = build(toolchain, &folder, &specs, &lock, names)?;
        let externs: Vec<Value> =
            built.externs.iter().map(|(name, path)| json!([name, path.to_string_lossy()])).collect();
        files::write(&list, json!(externs).to_string().as_bytes())?;
        Ok(built)
    }
}

/// The text of the course's `Cargo.lock`.
pub fn lock_file(course: &Course) -> Result<String> {
    let lock = course.root.join("Cargo.lock");
    if !lock.is_file() {
        return Err(Error::course(
            &lock,
            "is missing, and pins what everyone is graded with: `git checkout Cargo.lock`",
        ));
    }
    files::read(&lock)
}

/// The lines of `[workspace.dependencies]` for these names.
fn specs(course: &Course, names: &[String]) -> Result<String> {
    manifest::read(&course.root.join("Cargo.toml"), |root| {
        let table = root.get("workspace")?.get("dependencies")?;
        names.iter().map(|name| Ok(format!("{name} = {}\n", table.get(name)?.source()))).collect()
    })
}

fn build(toolchain: &Toolchain, folder: &Path, specs: &str, lock: &str, names: &[String]) -> Result<Dependencies> {
    let manifest = format!(
        "[package]\nname = \"dependencies\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\n{specs}\n[profile.dev]\ndebug = false\n"
    );
    files::write(&folder.join("Cargo.toml"), manifest.as_bytes())?;
    files::write(&folder.join("src/lib.rs"), b"")?;
    files::write(&folder.join("Cargo.lock"), lock.as_bytes())?;
    let mut env = build_env();
    // Where cargo's downloads and rustup's choice lie, if not in the home folder. RUSTFLAGS would rebuild everything.
    for name in [
        "CARGO_HOME",
        "RUSTUP_HOME",
        "RUSTUP_TOOLCHAIN",
        "CARGO_NET_OFFLINE",
        "CARGO_HTTP_PROXY",
        "https_proxy",
        "HTTPS_PROXY",
    ] {
        env.extend(std::env::var_os(name).map(|value| (OsString::from(name), value)));
    }
    env.push(("RUSTC".into(), toolchain.rustc.clone().into()));
    let args = ["build", "--quiet", "--message-format=json", "--target-dir", "../target"];
    let job = Job {
        program: toolchain.cargo.clone(),
        args: args.iter().map(OsString::from).collect(),
        env,
        cwd: folder.to_owned(),
        stdin: Vec::new(),
        limits: Limits {
            deadline: Duration::from_secs(1200),
            cpu: Duration::from_secs(3600),
            memory: 0,
            output: 64 << 20,
        },
    };
    let exit = run(&job).map_err(|error| Error::caused("failed to run cargo", error))?;
    if exit.ended != Ended::Code(0) {
        return Err(Error::machine(format!(
            "cargo could not build {}:\n{}",
            names.join(" and "),
            String::from_utf8_lossy(&exit.stderr).trim()
        )));
    }
    collect(&String::from_utf8_lossy(&exit.stdout), names)
}

/// Finds the libraries in cargo's messages, an object a line.
fn collect(messages: &str, names: &[String]) -> Result<Dependencies> {
    let artifacts: Vec<Value> = messages.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let library = |name: &String| -> Option<PathBuf> {
        let artifact = artifacts.iter().find(|message| {
            message["reason"] == "compiler-artifact" && message["target"]["name"] == name.replace('-', "_")
        })?;
        let files = artifact["filenames"].as_array()?.iter().filter_map(Value::as_str);
        files.filter(|file| file.ends_with(".rlib")).map(PathBuf::from).next()
    };
    let mut externs = Vec::new();
    for name in names {
        let path = library(name).ok_or_else(|| Error::machine(format!("cargo built no library for `{name}`")))?;
        externs.push((name.replace('-', "_"), path));
    }
    let search = externs.first().and_then(|(_, path)| Some(path.parent()?.to_owned()));
    Ok(Dependencies { externs, search })
}

/// The list of an earlier build, if all of its files are still there.
fn read_list(path: &Path) -> Option<Dependencies> {
    let list: Value = serde_json::from_str(&std::fs::read_to_string(path).ok()?).ok()?;
    let mut externs = Vec::new();
    for pair in list.as_array()? {
        let library = PathBuf::from(pair[1].as_str()?);
        library.is_file().then_some(())?;
        externs.push((pair[0].as_str()?.to_owned(), library));
    }
    let search = externs.first().and_then(|(_, path)| Some(path.parent()?.to_owned()));
    Some(Dependencies { externs, search })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn course(manifest: &str) -> (tempfile::TempDir, Course) {
        let folder = tempfile::tempdir().unwrap();
        files::write(&folder.path().join("Cargo.toml"), manifest.as_bytes()).unwrap();
        let course = Course { root: folder.path().to_owned(), lessons: Vec::new() };
        (folder, course)
    }

    #[test]
    fn what_lessons_use_is_pinned_by_the_course() {
        let (_folder, course) = course("[workspace.dependencies]\nfutures = { version = \"0.3\" }\ntokio = \"1\"\n");
        let of = |names: &[&str]| specs(&course, &names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
        assert_eq!(of(&["tokio", "futures"]).unwrap(), "tokio = \"1\"\nfutures = { version = \"0.3\" }\n");
        assert!(of(&["serde"]).unwrap_err().to_string().ends_with("lacks the key `serde`"));
    }

    #[test]
    fn a_missing_lock_says_how_to_get_it_back() {
        let (_folder, course) = course("");
        assert!(lock_file(&course).unwrap_err().to_string().contains("git checkout Cargo.lock"));
    }

    #[test]
    fn libraries_are_found_in_what_cargo_says() {
        let said = r#"{"reason":"compiler-artifact","target":{"name":"tokio"},"filenames":["/t/libtokio-1.rlib","/t/libtokio-1.rmeta"]}
not json
{"reason":"build-finished","success":true}"#;
        let found = collect(said, &["tokio".to_owned()]).unwrap();
        assert_eq!(found.externs, [("tokio".to_owned(), PathBuf::from("/t/libtokio-1.rlib"))]);
        assert_eq!(found.search, Some(PathBuf::from("/t")));
        assert!(collect(said, &["futures".to_owned()]).unwrap_err().to_string().contains("`futures`"));
    }
}
