//! A copy of the course, to be changed and broken, and what the built program says in it.
#![allow(dead_code, reason = "each test binary uses a part")]

use process::{Ended, Exit, Job, Limits, run};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

pub fn cargo() -> PathBuf {
    PathBuf::from(std::env::var_os("CARGO").unwrap())
}

pub fn bounded(program: &Path, args: &[&str], cwd: &Path, env: Vec<(OsString, OsString)>) -> Exit {
    let limits =
        Limits { deadline: Duration::from_secs(600), cpu: Duration::from_secs(1200), memory: 0, output: 64 << 20 };
    let args = args.iter().map(OsString::from).collect();
    run(&Job { program: program.to_owned(), args, env, cwd: cwd.to_owned(), stdin: Vec::new(), limits }).unwrap()
}

/// The built program, with the one of the sandbox beside it.
fn xtask() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let dir = super::common::root().join("xtask");
        let env = std::env::vars_os().filter(|(name, _)| !name.to_string_lossy().starts_with("CARGO_")).collect();
        let exit = bounded(&cargo(), &["build", "--quiet", "--workspace"], &dir, env);
        assert_eq!(exit.ended, Ended::Code(0), "{}", String::from_utf8_lossy(&exit.stderr));
        dir.join("target/debug").join(format!("xtask{}", std::env::consts::EXE_SUFFIX))
    })
}

/// A copy of the course and what the program says in it.
pub struct Copied {
    folder: tempfile::TempDir,
}

/// How it ended, and what it said.
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Copied {
    pub fn new() -> Copied {
        Copied { folder: super::common::copy_of_the_course() }
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn say(&self, args: &[&str]) -> Said {
        self.say_in(".", args, &[])
    }

    /// What the program for those who teach says.
    pub fn staff_says(&self, args: &[&str]) -> Said {
        self.says(&xtask().with_file_name(format!("staff{}", std::env::consts::EXE_SUFFIX)), ".", args, &[])
    }

    pub fn say_in(&self, folder: &str, args: &[&str], env: &[(&str, &str)]) -> Said {
        self.says(xtask(), folder, args, env)
    }

    fn says(&self, program: &Path, folder: &str, args: &[&str], env: &[(&str, &str)]) -> Said {
        let mut all: Vec<(OsString, OsString)> = vec![
            ("CARGO_MANIFEST_DIR".into(), self.root().join("xtask").into()),
            ("CARGO".into(), cargo().into()),
            ("LANG".into(), "C".into()),
        ];
        for name in ["PATH", "HOME", "CARGO_HOME", "RUSTUP_HOME", "TMPDIR", "SystemRoot", "TEMP", "USERPROFILE"] {
            all.extend(std::env::var_os(name).map(|value| (name.into(), value)));
        }
        all.extend(env.iter().map(|(name, value)| (OsString::from(name), OsString::from(value))));
        let exit = bounded(program, args, &self.root().join(folder), all);
        let Ended::Code(code) = exit.ended else { panic!("{:?}", exit.ended) };
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        Said { code, out: text(&exit.stdout), err: text(&exit.stderr) }
    }

    pub fn write(&self, path: &str, contents: &[u8]) {
        grader::files::write(&self.root().join(path), contents).unwrap();
    }

    /// Puts the solution in the student's place.
    pub fn solve(&self, lesson: &str) {
        let solution = std::fs::read(self.root().join("solutions").join(lesson).join("src/lib.rs")).unwrap();
        self.write(&format!("lessons/{lesson}/src/lib.rs"), &solution);
    }
}

/// The student's file of lesson 05.
pub const LIB: &str = "lessons/lesson-05-timeit/src/lib.rs";
