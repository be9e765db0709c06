//! What only Linux can promise: nothing survives, wherever it hid.

use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;

use process::{end_all_on_interrupt, on_interrupt};
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
        println!("code {}", hand_over(hostile(), &["sleep".into(), "0".into(), mark], Path::new("/"), &[]).unwrap());
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
