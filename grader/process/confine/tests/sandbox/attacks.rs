//! Programs that try, one after the other, whatever is not theirs to do. They end by themselves, and say what they could.

use process::Ended;

use crate::stage::{Yard, attack, beside_a_neighbour, sandboxes};

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
