//! Where attacks take place: the sandboxes, the compiled programs, something worth attacking, and a neighbour.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use process::sandbox::{Confined, Level, Policy, Sandbox, Scratch, Tools, probe};
use process::{Ended, Job, Limits};

/// Far beyond what anything here takes, even on a machine under load.
pub const LONG: Duration = Duration::from_secs(60);
/// A deadline that is meant to be hit.
pub const SHORT: Duration = Duration::from_millis(700);
/// Where an ordinary user's tests find the programs that root compiled.
pub const PROGRAMS: &str = "HOSTILE_PROGRAMS";

pub fn tools() -> Tools {
    Tools::with_system_bubblewrap(env!("CARGO_BIN_EXE_confine").into())
}

/// Every sandbox that a machine is to have, the weaker first.
pub fn sandboxes() -> Vec<Sandbox> {
    let weaker = Tools { bwrap: None, ..tools() };
    let sandboxes = [weaker, tools()].map(|tools| probe(&tools, &[]).unwrap_or_else(|refused| panic!("{refused:?}")));
    let levels = sandboxes.each_ref().map(Sandbox::level);
    assert_eq!(levels, [Level::Landlock, Level::Bubblewrap], "{:?}", sandboxes[1].details());
    sandboxes.into()
}

/// A program of `hostile/`, compiled.
pub fn hostile(name: &str) -> PathBuf {
    static PROGRAMS_OF_THIS_RUN: OnceLock<PathBuf> = OnceLock::new();
    let folder = PROGRAMS_OF_THIS_RUN.get_or_init(|| {
        std::env::var_os(PROGRAMS).map_or_else(|| compile(Path::new(env!("CARGO_TARGET_TMPDIR"))), PathBuf::from)
    });
    folder.join(name)
}

/// Compiles all of them, into a folder that others can read.
fn compile(target: &Path) -> PathBuf {
    let folder = target.join("hostile-in-a-sandbox");
    fs::create_dir_all(&folder).unwrap();
    thread::scope(|scope| {
        for name in ["files", "channels", "processes", "excesses", "statics"] {
            let folder = &folder;
            scope.spawn(move || {
                let scratch = tempfile::tempdir_in(folder).unwrap();
                let source = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/sandbox/hostile/{name}.rs"));
                let args: [OsString; 4] = ["--edition=2024".into(), "-Awarnings".into(), "-O".into(), source.into()];
                let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
                assert_eq!(process::hand_over(Path::new(&rustc), &args, scratch.path(), &[]).unwrap(), 0);
                // Renamed into place: another test process may be running it.
                fs::rename(scratch.path().join(name), folder.join(name)).unwrap();
            });
        }
    });
    folder
}

/// What is worth attacking: nothing but the sandbox protects it.
pub struct Yard {
    /// A folder that everybody may write to.
    outside: Scratch,
    /// A process of the grader's.
    victim: Child,
    _socket: UnixListener,
    port: std::net::TcpListener,
}

impl Yard {
    pub fn new() -> Self {
        let outside = Scratch::new_in(&std::env::temp_dir()).unwrap();
        let secret = outside.path().join("secret");
        fs::File::create(&secret).unwrap();
        let socket = UnixListener::bind(outside.path().join("socket")).unwrap();
        for path in [outside.path(), &secret, &outside.path().join("socket")] {
            fs::set_permissions(path, fs::Permissions::from_mode(0o777)).unwrap();
        }
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let mut victim = command(&hostile("excesses"));
        let victim = victim.arg("mode=sleep").stdin(Stdio::null()).spawn().unwrap();
        Self { outside, victim, _socket: socket, port }
    }

    /// What an attacker is told of it.
    pub fn words(&self) -> Vec<OsString> {
        let outside = self.outside.path().display();
        let course = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(3).unwrap().display();
        [
            format!("outside={outside}"),
            format!("secret={outside}/secret"),
            format!("socket={outside}/socket"),
            format!("port={}", self.port.local_addr().unwrap().port()),
            format!("victim={}", self.victim.id()),
            format!("grader={}", std::process::id()),
            format!("course={course}"),
        ]
        .map(OsString::from)
        .into()
    }

    /// That nothing of it was touched.
    pub fn is_untouched(&mut self) -> Result<(), String> {
        let mut names: Vec<_> =
            fs::read_dir(self.outside.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        let secret = self.outside.path().join("secret").metadata();
        let same = names == ["secret", "socket"] && secret.is_ok_and(|file| file.len() == 0 && file.mode_is(0o777));
        let status = fs::read_to_string(format!("/proc/{}/status", self.victim.id())).unwrap_or_default();
        let sleeps = status.lines().any(|line| line.starts_with("State:\tS"));
        if same && sleeps && self.victim.try_wait().unwrap().is_none() {
            Ok(())
        } else {
            Err(format!("the yard was touched: {names:?}, {status}"))
        }
    }
}

impl Drop for Yard {
    fn drop(&mut self) {
        let _ = self.victim.kill();
        let _ = self.victim.wait();
    }
}

trait Mode {
    fn mode_is(&self, mode: u32) -> bool;
}

impl Mode for fs::Metadata {
    fn mode_is(&self, mode: u32) -> bool {
        self.permissions().mode() & 0o7777 == mode
    }
}

#[expect(clippy::disallowed_methods, reason = "what is started is to be attacked, or killed, from here")]
pub fn command(program: &Path) -> Command {
    Command::new(program)
}

pub fn limits() -> Limits {
    Limits { deadline: LONG, cpu: LONG, memory: 512 << 20, output: 1 << 20 }
}

pub fn policy(scratch: &Path) -> Policy {
    Policy {
        read: Vec::new(),
        execute: Vec::new(),
        write: Some(scratch.to_owned()),
        may_fork: false,
        memory: 1 << 30,
        tasks: 64,
        disk: 64 << 20,
        files: 1000,
    }
}

/// Runs a mode of a hostile program, with words for it and a mark to know its processes by. Then nothing of it may be
/// left: neither processes nor, once it is removed, its folder.
pub fn attack(
    sandbox: &Sandbox,
    program: &str,
    mode: &str,
    words: &[OsString],
    bounds: impl FnOnce(&mut Limits, &mut Policy),
) -> Confined {
    let scratch = Scratch::new_in(&std::env::temp_dir()).unwrap();
    static RUNS: AtomicUsize = AtomicUsize::new(0);
    let mark = format!("mark-{}-{}", std::process::id(), RUNS.fetch_add(1, Ordering::Relaxed));
    let mut limits = limits();
    let mut policy = policy(scratch.path());
    bounds(&mut limits, &mut policy);
    let mut args: Vec<OsString> = vec![format!("mode={mode}").into(), mark.clone().into()];
    args.extend_from_slice(words);
    let job = Job {
        program: hostile(program),
        args,
        env: Vec::new(),
        cwd: scratch.path().to_owned(),
        stdin: Vec::new(),
        limits,
    };
    let confined = sandbox.run(&job, &policy).unwrap_or_else(|error| panic!("{mode}: {error}"));
    if mode != "neighbour" {
        let (ended, excess) = (confined.exit.ended, confined.excess);
        println!("{} | {program} | {mode} | {ended:?} | {excess:?}", sandbox.level().name());
    }
    assert_eq!(alive(&mark), 0, "{mode} left processes behind");
    let path = scratch.path().to_owned();
    scratch.remove().unwrap_or_else(|error| panic!("{mode}: what it left can't be removed: {error}"));
    assert!(!path.exists());
    confined
}

/// The live processes that have this word among their arguments.
pub fn alive(mark: &str) -> usize {
    let processes = fs::read_dir("/proc").unwrap().flatten();
    let lines = processes.filter_map(|process| fs::read(process.path().join("cmdline")).ok());
    lines.filter(|line| line.split(|byte| *byte == 0).any(|word| word == mark.as_bytes())).count()
}

/// Does something while a neighbour works in the same sandbox, again and again, who must not notice.
pub fn beside_a_neighbour(sandbox: &Sandbox, what: impl FnOnce()) {
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        let neighbour = scope.spawn(|| {
            loop {
                let last = is_over.load(Ordering::Relaxed);
                let confined = attack(sandbox, "excesses", "neighbour", &[], |_, _| {});
                assert_eq!((confined.exit.ended, confined.excess), (Ended::Code(0), None), "{confined:?}");
                assert_eq!(confined.exit.stdout, b"42\n");
                if last {
                    break;
                }
            }
        });
        struct Over<'a>(&'a AtomicBool);
        impl Drop for Over<'_> {
            fn drop(&mut self) {
                self.0.store(true, Ordering::Relaxed);
            }
        }
        {
            let _over = Over(&is_over);
            what();
        }
        neighbour.join().unwrap();
    });
}
