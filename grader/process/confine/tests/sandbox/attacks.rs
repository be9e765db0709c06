//! Programs that try, one after the other, whatever is not theirs to do. They end by themselves, and say what they could.

use process::sandbox::Scratch;
use process::{Ended, Job};

use crate::stage::{Yard, attack, beside_a_neighbour, hostile, limits, sandboxes};

/// Runs these modes of a program in every sandbox: all of their attempts must be refused.
fn all_refused(program: &str, modes: &[&str]) {
    for sandbox in sandboxes() {
        let mut yard = Yard::new();
        beside_a_neighbour(&sandbox, || {
            for mode in modes {
                let confined = attack(&sandbox, program, mode, &yard.words(), |_, _| {});
                let said = String::from_utf8_lossy(&confined.exit.stdout).into_owned();
                let words = String::from_utf8_lossy(&confined.exit.stderr).into_owned();
                let place = format!("{program} {mode}, {}", sandbox.level().name());
                assert_eq!(confined.exit.ended, Ended::Code(0), "{place}:\n{said}{words}");
                assert!(said.ends_with("attempts\n") && !confined.exit.stragglers, "{place}: {said}{words}");
                yard.is_untouched().unwrap_or_else(|why| panic!("{place}: {why}"));
            }
        });
    }
}

#[test]
fn files_of_others_can_be_neither_read_nor_written_nor_changed() {
    all_refused("files", &["read", "write", "links", "attributes"]);
}

/// The attacks are real: under limits alone they come through.
#[test]
fn same_attacks_succeed_outside_of_a_sandbox() {
    let yard = Yard::new();
    for (program, mode, what) in [
        ("files", "read", "ESCAPED: read /etc/passwd"),
        ("files", "links", "ESCAPED: a link to a file"),
        ("channels", "sockets", "ESCAPED: connect"),
        ("channels", "locks", "ESCAPED: flock"),
        ("channels", "memory", "ESCAPED: memfd_create"),
    ] {
        let scratch = Scratch::new_in(&std::env::temp_dir()).unwrap();
        let mut args = yard.words();
        args.push(format!("mode={mode}").into());
        let job = Job {
            program: hostile(program),
            args,
            env: Vec::new(),
            cwd: scratch.path().to_owned(),
            stdin: Vec::new(),
            limits: limits(),
        };
        let exit = process::run(&job).unwrap();
        let said = String::from_utf8_lossy(&exit.stdout);
        assert!(exit.ended == Ended::Code(1) && said.contains(what), "{program} {mode}: {said}");
    }
}

#[test]
fn program_can_do_what_it_needs() {
    all_refused("files", &["own"]);
}

#[test]
fn nobody_can_be_reached_by_network_sockets_locks_memory_or_queues() {
    all_refused("channels", &["sockets", "locks", "memory", "queues"]);
}

#[test]
fn no_process_can_be_reached_or_made() {
    all_refused("processes", &["signals", "tracing", "forks"]);
}

#[test]
fn nobody_becomes_somebody_else_and_the_kernel_is_left_alone() {
    all_refused("processes", &["identity", "kernel"]);
}

#[test]
fn calls_of_other_kinds_end_the_program() {
    const SIGSYS: i32 = 31;
    for sandbox in sandboxes() {
        for mode in ["i386", "x32"] {
            let confined = attack(&sandbox, "processes", mode, &[], |_, _| {});
            assert_eq!(confined.exit.ended, Ended::Signal(SIGSYS), "{mode}: {confined:?}");
            assert_eq!(confined.exit.stdout, b"");
        }
    }
}
