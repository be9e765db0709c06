//! Real hostile programs against `grader::process`: each test starts one, and asserts that it is contained and named.
//!
//! The programs are modes of one small file, [`HOSTILE`], that is compiled when the first test asks for it. Bounds on
//! time are generous: but for [`SHORT`], no test waits for one of them unless it fails.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use grader::process::{Ended, Exit, Job, Limits, hand_over, run};

/// Far beyond what anything here takes, even on a machine under load.
const LONG: Duration = Duration::from_secs(60);
/// A deadline that is meant to be hit.
const SHORT: Duration = Duration::from_millis(700);

/// Its first argument says what to do; further ones that it does not know mark its processes.
const HOSTILE: &str = r#"
use std::{env, io, io::{Read, Write}, process, thread, time::Duration};

fn say(what: impl std::fmt::Display) {
    let _ = io::stdout().write_all(format!("{what}\n").as_bytes());
    let _ = io::stdout().flush();
}

fn sleep_for_ever() -> ! {
    loop { thread::sleep(Duration::from_secs(1000)); }
}

#[cfg(unix)]
mod posix {
    unsafe extern "C" {
        safe fn fork() -> i32;
        safe fn setsid() -> i32;
        safe fn close(fd: i32) -> i32;
        safe fn kill(pid: i32, signal: i32) -> i32;
        safe fn signal(number: i32, handler: usize) -> usize;
    }
    use super::*;
    const SIG_IGN: usize = 1;

    fn close_stdio() {
        for fd in 0..3 { close(fd); }
    }

    /// Out of the group and the session, and nobody's child.
    fn daemon() {
        let (mut born, told) = io::pipe().unwrap();
        if fork() == 0 {
            setsid();
            if fork() == 0 {
                close_stdio();
                drop(told);
                sleep_for_ever();
            }
            process::exit(0);
        }
        drop(told);
        let _ = born.read(&mut [0]);
    }

    pub fn act(mode: &str, n: u64) {
        match mode {
            // Again, since Rust's own handler lets the first SIGSEGV pass.
            "raise" => loop { kill(process::id() as i32, n as i32); }
            "deaf" => {
                for number in [1, 2, 15] { signal(number, SIG_IGN); }
                close_stdio();
                sleep_for_ever()
            }
            "deaf-spin" => { signal(24, SIG_IGN); signal(30, SIG_IGN); loop { std::hint::spin_loop() } }
            // Its heir has the pipes, and the group.
            "heir" => if fork() == 0 { sleep_for_ever() },
            #[cfg(target_os = "linux")]
            "confession" => {
                unsafe extern "C" {
                    safe fn prctl(option: i32, answer: &mut i32) -> i32;
                }
                let mut death_signal = 0;
                prctl(2, &mut death_signal);
                say(format!("Dies with its parent of {death_signal}"));
                for file in ["status", "limits"] {
                    say(std::fs::read_to_string(format!("/proc/self/{file}")).unwrap());
                }
            }
            "childless" => {
                let (mut end, life) = io::pipe().unwrap();
                if fork() == 0 { process::exit(0) }
                drop(life);
                let _ = end.read(&mut [0]);
            }
            "daemon" => { daemon(); say("done") }
            "daemon-and-stay" => { daemon(); if fork() == 0 { sleep_for_ever() } say("ready"); sleep_for_ever() }
            // The orphan must be alive as long as this one is.
            "orphan-keeper" => {
                let (mut pulse, beat) = io::pipe().unwrap();
                if fork() == 0 {
                    if fork() == 0 {
                        setsid();
                        let mut beat = beat;
                        while beat.write_all(&[1]).is_ok() { thread::sleep(Duration::from_millis(5)); }
                    }
                    process::exit(0);
                }
                drop(beat);
                for _ in 0..n { if pulse.read(&mut [0]).unwrap() == 0 { process::exit(1) } }
                process::exit(7);
            }
            // Stops its grader and itself for n milliseconds, as if nobody had a processor; then takes its time.
            #[cfg(target_os = "linux")]
            "freeze" => {
                let (mut thaw, ice) = io::pipe().unwrap();
                let frozen = [std::os::unix::process::parent_id() as i32, process::id() as i32];
                if fork() == 0 {
                    for pid in frozen { kill(pid, 19); }
                    thread::sleep(Duration::from_millis(n));
                    for pid in frozen { kill(pid, 18); }
                    process::exit(0);
                }
                drop(ice);
                let _ = thaw.read(&mut [0]);
                for _ in 0..5 { thread::sleep(Duration::from_millis(10)); }
            }
            // 2^n processes, each in a session of its own, each burning time. The first ends once the others are born.
            "bomb" => {
                let (mut births, cry) = io::pipe().unwrap();
                let leader = process::id();
                for _ in 0..n { if fork() == 0 { setsid(); } }
                if process::id() == leader {
                    births.read_exact(&mut vec![0; (1 << n) - 1]).unwrap();
                    process::exit(0);
                }
                (&cry).write_all(&[1]).unwrap();
                loop { std::hint::spin_loop() }
            }
            // As a daemon, with the limit changed that the grader would know it by.
            #[cfg(target_os = "linux")]
            "disguised" => {
                unsafe extern "C" {
                    safe fn setrlimit(resource: i32, limit: &[u64; 2]) -> i32;
                }
                assert_eq!(setrlimit(10, &[1, 1]), 0);
                daemon();
                say("done");
            }
            // Never two at a time, never the same one for long: n of them.
            "runaway" => {
                for _ in 0..n { if fork() != 0 { process::exit(0) } setsid(); }
            }
            // Two that bring each other back to life, at most n times.
            "undead" => {
                for _ in 0..n {
                    let (mut end, life) = io::pipe().unwrap();
                    if fork() == 0 { setsid(); drop(end); std::mem::forget(life); continue }
                    drop(life);
                    let _ = end.read(&mut [0]);
                }
                sleep_for_ever()
            }
            other => panic!("no mode {other}"),
        }
    }
}

fn main() {
    let mode = env::args().nth(1).unwrap();
    let n = env::args().nth(2).and_then(|n| n.parse().ok()).unwrap_or(0);
    match mode.as_str() {
        "spin" => loop { std::hint::spin_loop() },
        "sleep" => sleep_for_ever(),
        "print" => { let line = [b'x'; 4096]; while io::stdout().write_all(&line).is_ok() {} }
        "print-exactly" => io::stdout().write_all(&vec![b'x'; n as usize]).unwrap(),
        "complain" => { let line = [b'e'; 4096]; for _ in 0..n / 4096 { io::stderr().write_all(&line).unwrap() } }
        "eat" => { let mut all = Vec::new(); loop { all.push(vec![1u8; 16 << 20]) } }
        "code" => process::exit(n as i32),
        "echo" => { io::copy(&mut io::stdin(), &mut io::stdout()).unwrap(); }
        "where" => {
            let mut names: Vec<String> = env::vars().map(|(name, value)| format!("{name}={value}")).collect();
            names.sort();
            say(format!("{} {}", env::current_dir().unwrap().display(), names.join(" ")));
        }
        #[cfg(unix)]
        other => posix::act(other, n),
        #[cfg(not(unix))]
        other => panic!("no mode {other}"),
    }
}
"#;

/// The compiled program.
fn hostile() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let scratch = tempfile::tempdir_in(target).unwrap();
        File::create(scratch.path().join("hostile.rs")).unwrap().write_all(HOSTILE.as_bytes()).unwrap();
        let args = ["--edition=2024", "-Copt-level=1", "hostile.rs"].map(OsString::from);
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

/// What only Linux can promise: nothing survives, wherever it hid.
#[cfg(target_os = "linux")]
mod linux {
    use std::os::unix::process::ExitStatusExt;
    use std::process::{Child, Command, ExitStatus, Stdio};
    use std::thread;

    use grader::process::{end_all_on_interrupt, on_interrupt};
    use rustix::process::{Pid, Signal, kill_process};

    use super::*;

    /// A word to know a test's processes by, among those of all test runs on the machine.
    fn mark(name: &str) -> String {
        format!("mark-{name}-{}", std::process::id())
    }

    /// The live processes that have this word among their arguments, this one and the dead left out.
    fn alive(mark: &str) -> usize {
        let processes = fs::read_dir("/proc").unwrap().flatten();
        let lines = processes.filter_map(|process| fs::read(process.path().join("cmdline")).ok());
        lines.filter(|line| line.split(|byte| *byte == 0).any(|word| word == mark.as_bytes())).count()
    }

    #[expect(clippy::disallowed_methods, reason = "nothing tells when other processes are gone")]
    fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
        let started = Instant::now();
        while !holds() {
            assert!(started.elapsed() < LONG, "in vain: {what}");
            thread::sleep(Duration::from_millis(10));
        }
    }

    #[test]
    fn processor_limit_holds_for_those_who_ignore_its_signal() {
        let exit = ran(&["deaf-spin"], Limits { cpu: Duration::from_secs(1), ..limits() });
        assert_eq!(exit.ended, Ended::CpuLimit);
        assert!(exit.cpu.is_some_and(|cpu| cpu >= Duration::from_secs(1)), "{:?}", exit.cpu);
    }

    #[test]
    fn memory_beyond_the_limit_aborts_the_program() {
        let exit = ran(&["eat"], limits());
        assert_eq!(exit.ended, Ended::Signal(6));
        let words = String::from_utf8_lossy(&exit.stderr).into_owned();
        assert!(words.contains("memory allocation of 16777216 bytes failed"), "{words}");
    }

    #[test]
    fn job_is_confined_before_its_first_instruction() {
        let exit = ran(&["confession"], Limits { cpu: Duration::from_millis(2500), ..limits() });
        let words = String::from_utf8(exit.stdout).unwrap();
        let line =
            |start| words.lines().find_map(|line: &str| line.strip_prefix(start)).unwrap_or_else(|| panic!("{words}"));
        let limit = |name| line(name).split_whitespace().take(2).collect::<Vec<_>>();
        assert_eq!(line("Dies with its parent of "), "9");
        assert_eq!(line("NoNewPrivs:").trim(), "1");
        assert_eq!(line("NSsid:").split_whitespace().last(), line("NSpid:").split_whitespace().last());
        assert_eq!(limit("Max core file size"), ["0", "0"]);
        assert_eq!(limit("Max cpu time"), ["3", "4"]);
        assert_eq!(limit("Max data size"), ["268435456", "268435456"]);
        assert_eq!(limit("Max address space"), ["1342177280", "1342177280"]);
    }

    #[test]
    fn heir_of_the_pipes_is_dead() {
        assert!(ran(&["heir", "0", &mark("heir")], limits()).stragglers);
        assert_eq!(alive(&mark("heir")), 0);
    }

    #[test]
    fn daemon_is_found_and_killed() {
        let exit = ran(&["daemon", "0", &mark("daemon")], limits());
        assert_eq!((exit.ended, exit.stragglers), (Ended::Code(0), true));
        assert_eq!(exit.stdout, b"done\n");
        assert_eq!(alive(&mark("daemon")), 0);
    }

    #[test]
    fn tree_is_dead_after_the_deadline() {
        let exit = ran(&["daemon-and-stay", "0", &mark("stay")], Limits { deadline: SHORT, ..limits() });
        assert_eq!((exit.ended, exit.stragglers), (Ended::Deadline, true));
        assert_eq!(alive(&mark("stay")), 0);
    }

    #[test]
    fn child_that_had_ended_by_itself_is_no_straggler() {
        let exit = ran(&["childless"], limits());
        assert_eq!((exit.ended, exit.stragglers), (Ended::Code(0), false));
    }

    #[test]
    fn daemon_in_disguise_is_killed_too() {
        assert_eq!(ran(&["disguised", "0", &mark("disguised")], limits()).stdout, b"done\n");
        assert_eq!(alive(&mark("disguised")), 0);
    }

    #[test]
    fn fork_bomb_of_sessions_is_swept() {
        let exit = ran(&["bomb", "7", &mark("bomb")], limits());
        assert_eq!((exit.ended, exit.stragglers), (Ended::Code(0), true));
        assert_eq!(alive(&mark("bomb")), 0);
    }

    #[test]
    fn process_that_runs_away_from_its_number_is_caught() {
        let exit = ran(&["runaway", "100000", &mark("runaway")], limits());
        assert_eq!((exit.ended, exit.stragglers), (Ended::Code(0), true));
        assert_eq!(alive(&mark("runaway")), 0);
    }

    #[test]
    fn processes_that_revive_each_other_are_dead() {
        let exit = ran(&["undead", "200", &mark("undead")], Limits { deadline: SHORT, ..limits() });
        assert_eq!((exit.ended, exit.stragglers), (Ended::Deadline, true));
        assert_eq!(alive(&mark("undead")), 0);
    }

    /// Each run's orphan lives in a session of its own until its leader is done, while the neighbours end and sweep.
    #[test]
    fn runs_side_by_side_end_their_own_processes_only() {
        thread::scope(|scope| {
            for i in 0..16_usize {
                scope.spawn(move || {
                    for _ in 0..6 {
                        let exit = match i % 4 {
                            0 => ran(&["code", "7"], limits()),
                            n => ran(&["orphan-keeper", &(n * 10).to_string(), &mark("keeper")], limits()),
                        };
                        assert_eq!((exit.ended, exit.stragglers), (Ended::Code(7), i % 4 != 0), "run {i}");
                    }
                });
            }
        });
        assert_eq!(alive(&mark("keeper")), 0);
    }

    #[test]
    fn child_of_somebody_else_in_this_process_is_left_alone() {
        let mut other = command(hostile(), &["sleep"]).spawn().unwrap();
        assert!(ran(&["heir"], limits()).stragglers);
        assert!(other.try_wait().unwrap().is_none());
        other.kill().unwrap();
        other.wait().unwrap();
    }

    /// Not a test: a grader for the tests below, which start it, and end it while its job runs.
    #[test]
    #[ignore = "the tests of interrupts start it"]
    fn grader_that_is_interrupted() {
        let Some(mark) = std::env::var_os("MARK") else { return };
        end_all_on_interrupt();
        on_interrupt(|| println!("cleaned up"));
        let mode = std::env::var("MODE").unwrap();
        if mode == "freeze" {
            let exit = ran(&["freeze", "3000", mark.to_str().unwrap()], Limits { deadline: SHORT, ..limits() });
            return println!("ended {:?}", exit.ended);
        }
        let mode = if mode == "nohup" { "sleep" } else { &mode };
        if mode == "hand over" {
            println!(
                "code {}",
                hand_over(hostile(), &["sleep".into(), "0".into(), mark], Path::new("/"), &[]).unwrap()
            );
        } else {
            let exit = ran(&[mode, "0", mark.to_str().unwrap()], limits());
            panic!("came back with {:?}", exit.ended);
        }
    }

    #[expect(clippy::disallowed_methods, reason = "what is started is to be killed from here")]
    fn command(program: &Path, args: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(args);
        command
    }

    /// Starts a grader that runs a job of this mode.
    fn grader(mode: &str, mark: &str) -> Child {
        let name = "linux::grader_that_is_interrupted";
        let grader = std::env::current_exe().unwrap();
        let ignore = if mode == "nohup" { "trap '' HUP; exec \"$@\"" } else { "exec \"$@\"" };
        let args = ["-c", ignore, "sh", grader.to_str().unwrap(), "--exact", name, "--ignored", "--nocapture"];
        let mut command = command(Path::new("/bin/sh"), &args);
        command.env("MARK", mark).env("MODE", mode).stdout(Stdio::piped()).stderr(Stdio::null());
        command.spawn().unwrap()
    }

    /// Starts a grader and, as soon as so many processes with the mark run, sends it the signals. Returns its status
    /// and its words.
    fn interrupted(mode: &str, mark: &str, n_processes: usize, signals: &[Signal]) -> (ExitStatus, String) {
        let grader = grader(mode, mark);
        eventually("the job starts", || alive(mark) == n_processes);
        for signal in signals {
            kill_process(Pid::from_child(&grader), *signal).unwrap();
        }
        let output = grader.wait_with_output().unwrap();
        if signals.contains(&Signal::KILL) {
            eventually("the kernel ends its leader", || alive(mark) == 0);
        }
        assert_eq!(alive(mark), 0, "{:?}", output.status);
        (output.status, String::from_utf8_lossy(&output.stdout).into_owned())
    }

    fn is_ignored_here(signal: Signal) -> bool {
        let status = fs::read_to_string("/proc/self/status").unwrap();
        let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:")).unwrap().trim();
        u64::from_str_radix(mask, 16).unwrap() >> (signal.as_raw() - 1) & 1 == 1
    }

    #[test]
    fn interrupted_grader_ends_the_whole_tree_cleans_up_and_exits_with_the_signals_code() {
        for (signal, code) in [(Signal::INT, 130), (Signal::TERM, 143), (Signal::HUP, 129)] {
            // A shell's background job is started with Ctrl-C ignored, and so is all that it starts.
            if is_ignored_here(signal) {
                continue;
            }
            let (status, words) = interrupted("daemon-and-stay", &mark(&format!("interrupt-{code}")), 3, &[signal]);
            assert_eq!(status.code(), Some(code), "{words}");
            assert!(words.contains("cleaned up"), "{words}");
        }
    }

    /// The job's grader has no chance to see the time go by, and what it did not see is not the job's.
    #[test]
    fn deadline_stands_still_while_the_machine_does() {
        let output = grader("freeze", &mark("freeze")).wait_with_output().unwrap();
        let words = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(words.contains("ended Code(0)"), "{words}");
    }

    #[test]
    fn hangup_does_not_end_a_grader_under_nohup() {
        let (status, words) = interrupted("nohup", &mark("nohup"), 1, &[Signal::HUP, Signal::TERM]);
        assert_eq!(status.code(), Some(143), "{words}");
    }

    #[test]
    fn killed_grader_leaves_no_leader_behind() {
        let (status, _) = interrupted("deaf", &mark("killed"), 1, &[Signal::KILL]);
        assert_eq!(status.signal(), Some(9));
    }

    #[test]
    fn command_that_was_handed_the_terminal_gets_the_signals_but_for_ctrl_c() {
        let (status, words) = interrupted("hand over", &mark("handed"), 1, &[Signal::INT, Signal::TERM]);
        assert!(words.contains("code 143") && !words.contains("cleaned up"), "{words}");
        assert_eq!(status.code(), Some(0));
    }
}
