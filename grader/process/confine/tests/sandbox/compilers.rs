//! rustc in the sandbox: it works there, and a source can't use it to get at anything.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

use process::sandbox::{Confined, Excess, Policy, Sandbox, Scratch, Tools, probe};
use process::{Ended, Job, Limits};

use crate::stage::{LONG, command, policy, tools};

const SIGKILL: i32 = 9;
const SIGABRT: i32 = 6;

/// The toolchain's own folder.
fn sysroot() -> &'static Path {
    static SYSROOT: OnceLock<PathBuf> = OnceLock::new();
    SYSROOT.get_or_init(|| {
        let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        let output = command(Path::new(&rustc)).args(["--print", "sysroot"]).output().unwrap();
        String::from_utf8(output.stdout).unwrap().trim().into()
    })
}

/// The sandboxes in which the toolchain can be had: for root without bubblewrap only if others may read it, and then
/// the refusal says so.
fn sandboxes() -> Vec<Sandbox> {
    let rustc = sysroot().join("bin/rustc");
    let tools = tools();
    let weaker = probe(&Tools { bwrap: None, ..tools.clone() }, &[&rustc]);
    if let Err(refused) = &weaker {
        let is_private = rustix::process::geteuid().is_root() && sysroot().starts_with("/root");
        assert!(is_private && refused.why.contains("rustc") && refused.remedy.contains("bubblewrap"), "{refused:?}");
    }
    let stronger = probe(&tools, &[&rustc]).unwrap_or_else(|refused| panic!("{refused:?}"));
    weaker.into_iter().chain([stronger]).collect()
}

/// A place to compile in.
struct Place<'a> {
    sandbox: &'a Sandbox,
    layout: Scratch,
    out: Scratch,
}

impl<'a> Place<'a> {
    fn new(sandbox: &'a Sandbox) -> Self {
        let folder = || Scratch::new_in(&std::env::temp_dir()).unwrap();
        Self { sandbox, layout: folder(), out: folder() }
    }

    fn rustc(&self, name: &str, source: &str, args: &[&str], limits: Limits) -> Confined {
        let file = self.layout.path().join(format!("{name}.rs"));
        fs::File::create(&file).and_then(|mut file| std::io::Write::write_all(&mut file, source.as_bytes())).unwrap();
        let mut all: Vec<OsString> = ["--edition=2024", "-Aunused"].map(OsString::from).into();
        all.extend(args.iter().map(OsString::from));
        all.extend(["--out-dir".into(), self.out.path().into(), "-L".into(), self.out.path().into(), file.into()]);
        let job = Job {
            program: sysroot().join("bin/rustc"),
            args: all,
            env: vec![("PATH".into(), "/usr/bin:/bin".into()), ("TMPDIR".into(), self.out.path().into())],
            cwd: self.out.path().to_owned(),
            stdin: Vec::new(),
            limits,
        };
        self.sandbox.run(&job, &self.policy()).unwrap()
    }

    fn policy(&self) -> Policy {
        Policy {
            read: vec![self.layout.path().to_owned()],
            execute: vec![sysroot().to_owned()],
            may_fork: true,
            memory: 3 << 30,
            disk: 256 << 20,
            ..policy(self.out.path())
        }
    }
}

fn limits() -> Limits {
    Limits { deadline: LONG, cpu: Duration::from_secs(30), memory: 2 << 30, output: 4 << 20 }
}

#[test]
fn library_and_program_are_compiled_linked_and_run() {
    for sandbox in sandboxes() {
        let place = Place::new(&sandbox);
        let library = "pub fn answer() -> u32 { 42 }";
        let compiled = place.rustc("helper", library, &["--crate-type=lib", "-Funsafe_code"], limits());
        assert_eq!((compiled.exit.ended, compiled.excess), (Ended::Code(0), None), "{compiled:?}");
        let program = "fn main() { println!(\"{}\", helper::answer()) }";
        let args = ["--crate-type=bin", "--extern=helper"];
        let compiled = place.rustc("program", program, &args, limits());
        assert_eq!(compiled.exit.ended, Ended::Code(0), "{}", String::from_utf8_lossy(&compiled.exit.stderr));

        let scratch = Scratch::new_in(&std::env::temp_dir()).unwrap();
        let job = Job {
            program: place.out.path().join("program"),
            args: Vec::new(),
            env: Vec::new(),
            cwd: scratch.path().to_owned(),
            stdin: Vec::new(),
            limits: crate::stage::limits(),
        };
        let confined = sandbox.run(&job, &policy(scratch.path())).unwrap();
        assert_eq!((confined.exit.ended, confined.exit.stdout), (Ended::Code(0), b"42\n".to_vec()));
    }
}

#[test]
fn source_takes_no_file_from_elsewhere_into_program_or_errors() {
    let outside = Scratch::new_in(&std::env::temp_dir()).unwrap();
    let solution = outside.path().join("solution.rs");
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sandbox/hostile/statics.rs"), &solution).unwrap();
    let solution = solution.display();
    let sources = [
        "pub const TAKEN: &str = include_str!(\"/etc/passwd\");".to_owned(),
        "pub const TAKEN: &[u8] = include_bytes!(\"/etc/passwd\");".to_owned(),
        "include!(\"/etc/passwd\");".to_owned(),
        "#[doc = include_str!(\"/etc/passwd\")] pub struct S;".to_owned(),
        "#[path = \"/etc/passwd\"] mod taken;".to_owned(),
        format!("#[path = \"{solution}\"] mod taken;"),
        format!("include!(\"{solution}\");"),
        format!("#[path = \"../../../..{solution}\"] mod taken;"),
        "std::arch::global_asm!(\".incbin \\\"/etc/passwd\\\"\");".to_owned(),
        "std::arch::global_asm!(\".include \\\"/etc/passwd\\\"\");".to_owned(),
        "pub const TAKEN: &str = include_str!(\"/proc/self/environ\");".to_owned(),
        "pub const TAKEN: &[u8] = include_bytes!(\"/proc/self/mem\");".to_owned(),
    ];
    for sandbox in sandboxes() {
        let place = Place::new(&sandbox);
        for source in &sources {
            let confined = place.rustc("taken", source, &["--crate-type=lib"], limits());
            let words = String::from_utf8_lossy(&confined.exit.stderr).into_owned();
            assert_eq!(confined.exit.ended, Ended::Code(1), "{source}\n{words}");
            assert!(!words.contains("root:x") && !words.contains("HEAP"), "{source}\n{words}");
            assert!(!place.out.path().join("libtaken.rlib").exists(), "{source}");
        }
    }
}

#[test]
fn source_that_eats_the_compiler_is_ended() {
    let doubling = "macro_rules! b { ($($t:tt)*) => { b!($($t)* $($t)*); } } b!(x x x x x x x x);";
    let constant = "#![allow(long_running_const_eval)] pub const N: u64 = { let mut n = 0; loop { n += 1 } };";
    let cases: [(&str, &[Ended]); 4] = [
        (
            "pub const ZEROS: &[u8] = include_bytes!(\"/dev/zero\");",
            &[Ended::Code(1), Ended::Signal(SIGABRT), Ended::Signal(SIGKILL)],
        ),
        (
            "pub static HUGE: [u8; 100 << 30] = [0; 100 << 30];",
            &[Ended::Code(1), Ended::Signal(SIGABRT), Ended::Signal(SIGKILL)],
        ),
        (constant, &[Ended::CpuLimit]),
        (doubling, &[Ended::Code(1), Ended::Signal(SIGABRT), Ended::Signal(SIGKILL), Ended::CpuLimit]),
    ];
    for sandbox in sandboxes() {
        let place = Place::new(&sandbox);
        for (source, outcomes) in &cases {
            let limits = Limits { cpu: Duration::from_secs(4), ..limits() };
            let confined = place.rustc("bomb", source, &["--crate-type=lib"], limits);
            println!(
                "{} | rustc | {source} | {:?} | {:?}",
                sandbox.level().name(),
                confined.exit.ended,
                confined.excess
            );
            assert!(outcomes.contains(&confined.exit.ended), "{source}: {:?}", confined.exit.ended);
            assert!([None, Some(Excess::Memory)].contains(&confined.excess), "{source}: {:?}", confined.excess);
            assert!(!place.out.path().join("libbomb.rlib").exists(), "{source}");
        }
    }
}
