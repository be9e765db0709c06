//! Where strangers' submissions are graded: a grader in a process apart, what it is bounded by, and what is worth attacking.

use crate::corpus::Program;
use grader::error::Result;
use grader::grade::{Grader, Origin, Request, Seeds};
use grader::hold::Hold;
use grader::lesson::{CheckKind, Lesson};
use grader::outcome::Report;
use grader::submission::Submission;
use process::sandbox::{Scratch, Tools, probe};
use process::{Ended, Job, Limits, run};
use std::ffi::OsString;
use std::fs::{self, Permissions};
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The number of an ordinary user that has no account.
const USER: &str = "54321";
/// What a compiler may take for one of these submissions, all calls together.
const BUDGET: Duration = Duration::from_secs(25);

/// Whether these tests are root's.
pub fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|about| about.uid() == 0)
}

/// The user to grade as besides root; none if the tests are an ordinary user's already.
pub fn ordinary_user() -> Option<&'static str> {
    is_root().then_some(USER)
}

/// Runs an ignored test of this file in a process of its own, as another user if one is named, in bounds that no hole can
/// loosen; then nothing of it may be left.
pub fn apart(test: &str, strength: &str, user: Option<&str>) {
    let temporary = Scratch::new_in(&std::env::temp_dir()).unwrap();
    fs::set_permissions(temporary.path(), Permissions::from_mode(0o777)).unwrap();
    let shared = names(Path::new("/dev/shm"));
    let own = std::env::current_exe().unwrap();
    let words = ["--exact", test, "--ignored", "--nocapture"].map(OsString::from);
    let (program, args) = match user {
        None => (own, words.to_vec()),
        Some(user) => (PathBuf::from("/usr/bin/bwrap"), [as_user(user), vec![own.into()], words.to_vec()].concat()),
    };
    let mut env: Vec<(OsString, OsString)> = vec![
        ("STRENGTH".into(), strength.into()),
        ("CONFINE".into(), confine().into()),
        ("CARGO".into(), cargo().into()),
        ("TMPDIR".into(), temporary.path().into()),
    ];
    env.extend(["PATH", "LD_LIBRARY_PATH"].iter().filter_map(|name| Some((name.into(), std::env::var_os(name)?))));
    let limits = bounds(Duration::from_secs(1500));
    let job = Job { program, args, env, cwd: temporary.path().to_owned(), stdin: Vec::new(), limits };
    let exit = run(&job).unwrap();
    let said = String::from_utf8_lossy(&exit.stdout).into_owned();
    println!("{said}");
    let words = String::from_utf8_lossy(&exit.stderr);
    assert!(exit.ended == Ended::Code(0) && said.contains("1 passed"), "{strength}: {:?}\n{said}{words}", exit.ended);
    assert!(!exit.stragglers, "{strength}: the grader left processes behind");
    assert_eq!(processes_in(temporary.path()), Vec::<String>::new());
    assert_eq!(names(temporary.path()), Vec::<String>::new());
    assert_eq!(names(Path::new("/dev/shm")), shared);
}

fn bounds(deadline: Duration) -> Limits {
    Limits { deadline, cpu: 2 * deadline, memory: 0, output: 16 << 20 }
}

/// How bubblewrap makes us this user, who has no part of root's home: what is needed of it is shown at its place.
fn as_user(user: &str) -> Vec<OsString> {
    let mut args: Vec<OsString> =
        ["--dev-bind", "/", "/", "--perms", "0755", "--tmpfs", "/root"].map(OsString::from).to_vec();
    let toolchain = cargo().ancestors().nth(2).unwrap().to_owned();
    for path in [toolchain, crate::common::root()].iter().filter(|path| path.starts_with("/root")) {
        let mut above: Vec<&Path> =
            path.ancestors().skip(1).take_while(|folder| *folder != Path::new("/root")).collect();
        above.reverse();
        for folder in above {
            args.extend(["--perms".into(), "0755".into(), "--dir".into(), folder.into()]);
        }
        args.extend(["--ro-bind".into(), path.into(), path.into()]);
    }
    args.extend(["--", "/usr/bin/setpriv", "--clear-groups"].map(OsString::from));
    args.extend([format!("--reuid={user}"), format!("--regid={user}")].map(OsString::from));
    args
}

fn cargo() -> PathBuf {
    PathBuf::from(std::env::var_os("CARGO").expect("cargo runs the tests"))
}

/// The program that the sandbox is made with, built where this test was.
fn confine() -> PathBuf {
    let own = std::env::current_exe().unwrap();
    let args = ["build", "--quiet", "--locked", "--package", "confine"].map(OsString::from).to_vec();
    let env = std::env::vars_os().filter(|(name, _)| !name.to_string_lossy().starts_with("CARGO_PKG")).collect();
    let limits = bounds(Duration::from_secs(600));
    let job = Job { program: cargo(), args, env, cwd: crate::common::root(), stdin: Vec::new(), limits };
    let exit = run(&job).unwrap();
    assert_eq!(exit.ended, Ended::Code(0), "{}", String::from_utf8_lossy(&exit.stderr));
    let profile = own.ancestors().nth(2).unwrap().to_owned();
    let built = profile.with_file_name("debug").join("confine");
    assert!(built.is_file(), "`{}` was not built", built.display());
    built
}

/// The names in a folder, in order.
pub fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Other processes that run a program from this folder, or are told of it.
fn processes_in(folder: &Path) -> Vec<String> {
    let folder = folder.display().to_string();
    let numbers = names(Path::new("/proc")).into_iter().filter_map(|name| name.parse::<u32>().ok());
    let others = numbers.filter(|id| *id != std::process::id());
    let about = others.filter_map(|id| {
        let words = fs::read(format!("/proc/{id}/cmdline")).ok()?;
        let program = fs::read_link(format!("/proc/{id}/exe")).unwrap_or_default();
        Some(format!("{id} {} {}", program.display(), String::from_utf8_lossy(&words).replace('\0', " ")))
    });
    about.filter(|about| about.contains(&folder)).collect()
}

/// A grader for strangers, and a copy of the course that it grades with.
pub struct Stage {
    grader: Grader,
    course: tempfile::TempDir,
    temporary: Vec<String>,
}

impl Stage {
    /// The one that [`apart`] asks this process for; none if nobody asked.
    pub fn of_this_process() -> Option<Stage> {
        let strength = std::env::var("STRENGTH").ok()?;
        let course = crate::common::copy_of_the_course();
        // Root's jobs are other users, who have to find what was built.
        fs::set_permissions(course.path(), Permissions::from_mode(0o755)).unwrap();
        let opened = grader::course::Course::open(course.path()).unwrap();
        let mut grader = Grader::open(opened, Box::new(|_| {})).unwrap();
        process::guard().unwrap();
        let mut tools = Tools::with_system_bubblewrap(std::env::var_os("CONFINE").unwrap().into());
        if strength == "weakest" {
            tools.bwrap = None;
        }
        let sandbox = probe(&tools, &[&grader.toolchain.sysroot(), course.path()])
            .unwrap_or_else(|refused| panic!("no sandbox here: {}; {}", refused.why, refused.remedy));
        grader.hold = Hold::Sandbox(Box::new(sandbox));
        grader.budget = BUDGET;
        let temporary = names(&std::env::temp_dir());
        Some(Stage { grader, course, temporary })
    }

    /// The folder of the course that is graded with.
    pub fn course(&self) -> &Path {
        self.course.path()
    }

    /// The name of the sandbox.
    pub fn level(&self) -> String {
        self.grader.hold.isolation().0
    }

    fn lesson(&self) -> Lesson {
        Lesson::load(&self.grader.course, self.grader.course.find("timeit").unwrap()).unwrap()
    }

    /// Grades a hostile program, by the slide's check alone: what it tries does not depend on what it is asked.
    pub fn grade(&self, program: &Program) -> Result<Report> {
        let mut lesson = self.lesson();
        lesson.checks.retain(|check| check.id == "slide");
        for check in &mut lesson.checks {
            if let CheckKind::Output { bounds, .. } = &mut check.kind {
                // Who waits for ever is stopped at the deadline, who computes at its processor time; who fills something
                // has time to, also on a machine that has others to serve.
                let is_to_be = |name: &str| program.verdicts.iter().any(|verdict| verdict == name);
                bounds.deadline = Duration::from_secs(if is_to_be("hang") { 3 } else { 60 });
                bounds.cpu = Duration::from_secs(if is_to_be("busy") { 1 } else { 60 });
            }
        }
        self.grade_as(&lesson, &program.name, &program.submission)
    }

    fn grade_as(&self, lesson: &Lesson, name: &str, submission: &Submission) -> Result<Report> {
        let submission = Ok(submission.clone());
        self.grader.grade(&Request { lesson, submission, origin: Origin::Other(name.to_owned()), seeds: Seeds::Public })
    }

    /// The report on an honest program, by all of the lesson's checks. It has full marks.
    pub fn neighbours_report(&self, submission: &Submission) -> String {
        let report = self.grade_as(&self.lesson(), &format!("neighbour-{}", submission.hash()), submission);
        let report = report.unwrap_or_else(|error| panic!("{}", error.chain()));
        assert!(report.full_marks(), "{:?} {:?}", report.errors, report.checks);
        format!("{report:?}")
    }

    /// What jobs left in folders that are not their own.
    pub fn left_behind(&self) -> Vec<String> {
        let new = names(&std::env::temp_dir()).into_iter().filter(|name| !self.temporary.contains(name));
        // The yard is made after the stage.
        let new =
            new.filter(|name| !name.starts_with("yard-")).map(|name| format!("left in the temporary folder: {name}"));
        let builds = self.course().join("target/grader/builds/lesson-05");
        let of_builds = names(&builds).into_iter().flat_map(|build| names(&builds.join(build)));
        let scratch =
            of_builds.filter(|name| name.starts_with("scratch-")).map(|name| format!("left in a build: {name}"));
        let alive = processes_in(self.course()).into_iter().filter(|about| !about.contains("STRENGTH"));
        new.chain(scratch).chain(alive.map(|about| format!("still running: {about}"))).collect()
    }
}

/// What is worth attacking: nothing but the sandbox protects it.
pub struct Yard {
    folder: tempfile::TempDir,
    port: TcpListener,
    _socket: UnixListener,
}

impl Yard {
    pub fn new() -> Yard {
        let folder = tempfile::Builder::new().prefix("yard-").tempdir().unwrap();
        let socket = UnixListener::bind(folder.path().join("socket")).unwrap();
        grader::files::write(&folder.path().join("secret"), b"secret").unwrap();
        for path in [folder.path(), &folder.path().join("secret"), &folder.path().join("socket")] {
            fs::set_permissions(path, Permissions::from_mode(0o777)).unwrap();
        }
        Yard { port: TcpListener::bind("127.0.0.1:0").unwrap(), folder, _socket: socket }
    }

    /// What programs are told of it and of the grader, as a module of theirs.
    pub fn module(&self, course: &str) -> String {
        let (yard, port) = (self.folder.path().display(), self.port.local_addr().unwrap().port());
        format!(
            "pub const COURSE: &str = {course:?};
             pub const ORIGINAL: &str = {:?};
             pub const YARD: &str = \"{yard}\";
             pub const SECRET: &str = \"{yard}/secret\";
             pub const SOCKET: &str = \"{yard}/socket\";
             pub const PORT: u16 = {port};
             pub const GRADER: u32 = {};\n",
            crate::common::root().display().to_string(),
            std::process::id()
        )
    }

    /// What was done to it.
    pub fn touched(&self) -> Option<String> {
        let names = names(self.folder.path());
        let secret = self.folder.path().join("secret");
        let same = fs::read(&secret).is_ok_and(|text| text == b"secret")
            && fs::metadata(&secret).is_ok_and(|about| about.permissions().mode() & 0o7777 == 0o777);
        (!same || names != ["secret", "socket"]).then(|| format!("the yard was touched: {names:?}"))
    }
}
