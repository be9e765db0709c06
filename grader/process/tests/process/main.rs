//! Real hostile programs against `process`: each test starts one, and asserts that it is contained and named.
//!
//! The programs are modes of one small file, `hostile.rs`, that is compiled when the first test asks for it. Bounds on
//! time are generous: but for [`SHORT`], no test waits for one of them unless it fails.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use process::{Ended, Exit, Job, Limits, hand_over, run};

#[cfg(target_os = "linux")]
mod linux;

/// Far beyond what anything here takes, even on a machine under load.
const LONG: Duration = Duration::from_secs(60);
/// A deadline that is meant to be hit.
const SHORT: Duration = Duration::from_millis(700);

/// The program that the tests start, compiled.
fn hostile() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let scratch = tempfile::tempdir_in(target).unwrap();
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/process/hostile.rs");
        let args = ["--edition=2024".into(), "-Copt-level=1".into(), OsString::from(source)];
        let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        assert_eq!(hand_over(Path::new(&rustc), &args, scratch.path(), &[]).unwrap(), 0);
        // Renamed into place: other test processes may be doing the same, or running it.
        let name = format!("hostile{}", std::env::consts::EXE_SUFFIX);
        let _ = fs::rename(scratch.path().join(&name), target.join(&name));
        target.join(&name)
    })
}

fn job(args: &[&str], limits: Limits) -> Job {
    Job {
        program: hostile().to_owned(),
        args: args.iter().map(OsString::from).collect(),
        env: Vec::new(),
        cwd: hostile().parent().unwrap().to_owned(),
        stdin: Vec::new(),
        limits,
    }
}

fn limits() -> Limits {
    Limits { deadline: LONG, cpu: LONG, memory: 256 << 20, output: 1 << 20 }
}

/// Runs a mode of the hostile program; nothing may take a minute, whatever the mode.
fn ran(args: &[&str], limits: Limits) -> Exit {
    let started = Instant::now();
    let exit = run(&job(args, limits)).unwrap();
    assert!(started.elapsed() < LONG, "not ended in time: {:?} {:?}", exit.ended, exit.wall);
    exit
}

#[test]
fn endless_loop_hits_the_deadline() {
    let exit = ran(&["spin"], Limits { deadline: SHORT, ..limits() });
    assert_eq!(exit.ended, Ended::Deadline);
    assert!(exit.wall >= SHORT, "{:?}", exit.wall);
    assert!(!exit.stragglers);
}

#[test]
fn sleeping_for_ever_hits_the_deadline() {
    assert_eq!(ran(&["sleep"], Limits { deadline: SHORT, ..limits() }).ended, Ended::Deadline);
}

#[test]
fn deadlines_beyond_all_clocks_are_no_trouble() {
    for deadline in [Duration::from_secs(3600), Duration::MAX] {
        assert_eq!(ran(&["code", "3"], Limits { deadline, cpu: deadline, ..limits() }).ended, Ended::Code(3));
    }
}

#[test]
fn endless_output_ends_the_run_and_its_beginning_is_kept() {
    let exit = ran(&["print"], Limits { output: 100_000, ..limits() });
    assert_eq!(exit.ended, Ended::OutputLimit);
    assert_eq!(exit.stdout, vec![b'x'; 100_000]);
}

#[test]
fn gigabyte_of_complaints_ends_the_run() {
    let exit = ran(&["complain", "1073741824"], limits());
    assert_eq!(exit.ended, Ended::OutputLimit);
    assert_eq!(exit.stderr.len(), 1 << 20);
    assert_eq!(exit.stdout, b"");
}

#[test]
fn output_of_exactly_the_limit_is_within_it() {
    let exit = ran(&["print-exactly", "50000"], Limits { output: 50_000, ..limits() });
    assert_eq!((exit.ended, exit.stdout.len()), (Ended::Code(0), 50_000));
}

/// It fits the pipe, so the program has exited before the excess is read.
#[test]
fn one_byte_too_many_is_noticed_after_the_exit_too() {
    for _ in 0..20 {
        let exit = ran(&["print-exactly", "5001"], Limits { output: 5_000, ..limits() });
        assert_eq!((exit.ended, exit.stdout.len()), (Ended::OutputLimit, 5_000));
    }
}

#[test]
fn exit_code_is_passed_on() {
    for code in [0, 1, 101, 255] {
        let exit = ran(&["code", &code.to_string()], limits());
        assert_eq!((exit.ended, exit.stragglers), (Ended::Code(code), false));
    }
}

#[test]
fn stdin_is_delivered_and_closed() {
    // More than a pipe holds, both ways at once.
    let stdin: Vec<u8> = (0..500_000_u32).map(|i| i as u8).collect();
    let exit = run(&Job { stdin: stdin.clone(), ..job(&["echo"], limits()) }).unwrap();
    assert_eq!(exit.ended, Ended::Code(0));
    assert_eq!(exit.stdout, stdin);
    assert_eq!(ran(&["echo"], limits()).stdout, b"");
}

#[test]
fn stdin_that_nobody_reads_does_not_matter() {
    let exit = run(&Job { stdin: vec![0; 1 << 20], ..job(&["code", "5"], limits()) }).unwrap();
    assert_eq!(exit.ended, Ended::Code(5));
}

#[test]
fn environment_and_directory_are_the_jobs_own() {
    let cwd = fs::canonicalize(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let env = vec![("ONLY".into(), "this".into())];
    let exit = run(&Job { env, cwd: cwd.clone(), ..job(&["where"], limits()) }).unwrap();
    assert_eq!(String::from_utf8_lossy(&exit.stdout), format!("{} ONLY=this\n", cwd.display()));
}

#[test]
fn program_that_cannot_be_started_is_the_machines_failure_and_named() {
    let error = run(&Job { program: "/no/such/program".into(), ..job(&[], limits()) }).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::NotFound);
    assert!(error.to_string().contains("failed to start `/no/such/program`"), "{error}");
    assert!(hand_over(Path::new("/no/such/program"), &[], Path::new("/"), &[]).is_err());
}

#[test]
fn handing_over_passes_the_exit_code_on() {
    let code = |code: &str| hand_over(hostile(), &["code".into(), code.into()], Path::new("/"), &[]).unwrap();
    assert_eq!((code("0"), code("42")), (0, 42));
}

#[cfg(unix)]
mod unix {
    use super::*;

    #[test]
    fn signal_is_passed_on() {
        for signal in [6, 9, 11, 15] {
            assert_eq!(ran(&["raise", &signal.to_string()], limits()).ended, Ended::Signal(signal));
        }
        assert_eq!(hand_over(hostile(), &["raise".into(), "15".into()], Path::new("/"), &[]).unwrap(), 128 + 15);
    }

    #[test]
    fn deaf_program_without_stdio_hits_the_deadline() {
        let exit = ran(&["deaf"], Limits { deadline: SHORT, ..limits() });
        assert_eq!(exit.ended, Ended::Deadline);
        assert!(exit.wall >= SHORT, "closed pipes are no end: {:?}", exit.wall);
    }

    #[test]
    fn processor_time_is_bounded_apart_from_the_clock() {
        let exit = ran(&["spin"], Limits { cpu: Duration::from_millis(500), ..limits() });
        assert_eq!(exit.ended, Ended::CpuLimit);
    }

    #[test]
    fn heir_of_the_pipes_does_not_delay_the_end() {
        let exit = ran(&["heir"], limits());
        assert_eq!(exit.ended, Ended::Code(0));
        assert!(exit.wall < LONG / 2, "{:?}", exit.wall);
    }
}
