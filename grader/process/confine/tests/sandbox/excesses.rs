//! Programs that take too much: each is ended, and named by what it took.

use std::time::Duration;

use process::Ended;
use process::sandbox::{Confined, Excess, Policy};

use crate::stage::{SHORT, attack, beside_a_neighbour, sandboxes};

const SIGKILL: i32 = 9;
const SIGABRT: i32 = 6;
const SIGSEGV: i32 = 11;
const SIGXFSZ: i32 = 25;

/// What must come of a mode of `excesses`.
#[derive(Debug, PartialEq)]
enum Outcome {
    Ended(Ended),
    Excess(Excess),
}

use Outcome::{Ended as Ends, Excess as Exceeds};

fn holds(mode: &str, confined: &Confined, outcomes: &[Outcome]) {
    let seen = confined.excess.map_or(Ends(confined.exit.ended), Exceeds);
    let said = String::from_utf8_lossy(&confined.exit.stdout);
    assert!(!said.contains("ESCAPED"), "{mode}: {said}");
    assert!(outcomes.contains(&seen), "{mode}: {seen:?}, not one of {outcomes:?}: {:?}", confined.exit.wall);
    assert!(confined.excess.is_none() || confined.exit.ended == Ended::Signal(SIGKILL));
}

/// Runs modes of `excesses` in every sandbox, beside a neighbour.
fn each_is_named(cases: &[(&str, &[Outcome])], policy: fn(&mut Policy)) {
    for sandbox in sandboxes() {
        beside_a_neighbour(&sandbox, || {
            for (mode, outcomes) in cases {
                let is_quick = outcomes.contains(&Ends(Ended::Deadline));
                let confined = attack(&sandbox, "excesses", mode, &[], |limits, rules| {
                    limits.cpu = Duration::from_secs(10);
                    limits.deadline = if is_quick { SHORT } else { limits.deadline };
                    policy(rules);
                });
                holds(mode, &confined, outcomes);
            }
        });
    }
}

#[test]
fn time_is_bounded() {
    let cases: &[(&str, &[Outcome])] = &[
        ("sleep", &[Ends(Ended::Deadline)]),
        ("stop", &[Ends(Ended::Deadline)]),
        ("deaf", &[Ends(Ended::Deadline)]),
        ("spin", &[Ends(Ended::Deadline)]),
    ];
    each_is_named(cases, |_| {});
}

#[test]
fn processor_time_is_bounded_and_told_by_the_kernel() {
    for sandbox in sandboxes() {
        let confined = attack(&sandbox, "excesses", "spin", &[], |limits, _| limits.cpu = Duration::from_secs(1));
        assert_eq!(confined.exit.ended, Ended::CpuLimit);
        // The program's own, not bubblewrap's; the kernel rounds it, one way or the other.
        assert!(confined.exit.cpu.is_some_and(|cpu| cpu >= Duration::from_millis(500)), "{:?}", confined.exit.cpu);
    }
}

#[test]
fn memory_threads_and_descriptors_are_bounded() {
    let cases: &[(&str, &[Outcome])] = &[
        ("heap", &[Ends(Ended::Signal(SIGABRT))]),
        ("threads", &[Exceeds(Excess::Tasks), Ends(Ended::Deadline)]),
        ("descriptors", &[Ends(Ended::Code(0))]),
        ("output", &[Ends(Ended::OutputLimit)]),
        ("panic", &[Ends(Ended::OutputLimit)]),
        ("no folder", &[Ends(Ended::Code(0))]),
    ];
    each_is_named(cases, |_| {});
}

#[test]
fn disk_is_bounded_in_bytes_files_and_depth_and_left_clean() {
    let cases: &[(&str, &[Outcome])] = &[
        ("one file", &[Ends(Ended::Signal(SIGXFSZ)), Exceeds(Excess::Disk)]),
        ("files of some size", &[Exceeds(Excess::Disk)]),
        ("sparse", &[Exceeds(Excess::Disk)]),
        ("left behind", &[Exceeds(Excess::Disk)]),
        ("nameless files", &[Exceeds(Excess::Disk)]),
        ("mapped files", &[Exceeds(Excess::Disk)]),
        ("headless files", &[Exceeds(Excess::Disk)]),
        ("many files", &[Exceeds(Excess::Disk)]),
        ("deep folders", &[Exceeds(Excess::Disk)]),
    ];
    each_is_named(cases, |_| {});
}

/// In the program's own words, for which the C library must learn where its stack ends.
#[test]
fn stack_overflow_is_told_from_other_crashes() {
    for sandbox in sandboxes() {
        for mode in ["overflow", "overflow in a thread"] {
            let confined = attack(&sandbox, "excesses", mode, &[], |_, _| {});
            let words = String::from_utf8_lossy(&confined.exit.stderr).into_owned();
            holds(mode, &confined, &[Ends(Ended::Signal(SIGABRT))]);
            assert!(words.contains("has overflowed its stack"), "{mode}: {words}");
        }
    }
}

/// The kernel refuses it while the program is loaded, after the sandbox was ready.
#[test]
fn memory_before_main_is_the_programs_own_fault() {
    for sandbox in sandboxes() {
        let confined = attack(&sandbox, "statics", "static", &[], |_, _| {});
        holds("static", &confined, &[Ends(Ended::Signal(SIGSEGV)), Ends(Ended::Signal(SIGKILL))]);
    }
}

/// Root can look into it; an ordinary user can't, and takes it for too much.
#[test]
fn folder_that_cannot_be_listed_is_removed_all_the_same() {
    each_is_named(&[("closed folder", &[Ends(Ended::Code(0)), Exceeds(Excess::Disk)])], |_| {});
}

#[test]
fn sums_over_processes_are_bounded_where_there_may_be_some() {
    let cases: &[(&str, &[Outcome])] = &[
        ("bomb", &[Exceeds(Excess::Tasks), Ends(Ended::Deadline)]),
        ("four children", &[Exceeds(Excess::Memory)]),
        ("shared memory", &[Exceeds(Excess::Memory), Ends(Ended::Code(77))]),
        ("four writers", &[Exceeds(Excess::Disk)]),
    ];
    each_is_named(cases, |policy| policy.may_fork = true);
}

/// The first thread's own end hides a process from those who look at it alone.
#[test]
fn memory_of_a_process_without_its_first_thread_is_counted() {
    each_is_named(&[("headless memory", &[Exceeds(Excess::Memory)])], |policy| policy.memory = 256 << 20);
}

#[test]
fn daemon_is_found_and_told() {
    for sandbox in sandboxes() {
        let confined = attack(&sandbox, "excesses", "daemon", &[], |_, policy| policy.may_fork = true);
        assert_eq!((confined.exit.ended, confined.exit.stragglers), (Ended::Code(0), true), "{confined:?}");
    }
}

#[test]
fn codes_and_signals_are_the_programs_own() {
    for sandbox in sandboxes() {
        for code in [0, 1, 64, 101, 125, 137, 255] {
            let confined = attack(&sandbox, "excesses", "exit", &[format!("code={code}").into()], |_, _| {});
            assert_eq!(confined.exit.ended, Ended::Code(code));
            assert!(!confined.exit.stragglers);
        }
        for signal in [6, 9, 11, 15] {
            let confined = attack(&sandbox, "excesses", "signal", &[format!("signal={signal}").into()], |_, _| {});
            assert_eq!(confined.exit.ended, Ended::Signal(signal));
        }
        let confined = attack(&sandbox, "excesses", "forged end", &[], |_, _| {});
        assert_eq!(confined.exit.ended, Ended::Code(77));
    }
}
