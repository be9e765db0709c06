//! Tries to reach other processes, to have some of its own, to become somebody, and to change the kernel's mind.

#[path = "common.rs"]
mod common;

use common::{Attempts, given, pid, syscall};
use std::os::unix::process::{CommandExt, parent_id};
use std::process::Command;

fn main() {
    match given("mode").as_str() {
        "signals" => signals(),
        "tracing" => tracing(),
        "forks" => forks(),
        "identity" => identity(),
        "kernel" => kernel(),
        "i386" => i386(),
        "x32" => x32(),
        other => panic!("no mode {other}"),
    }
}

fn signals() {
    let mut attempts = Attempts::default();
    let others = [pid("victim"), pid("grader"), i64::from(parent_id()), 1, -1, 0, -pid("grader")];
    for other in others {
        for signal in [0, 19, 15, 9] {
            attempts.call(&format!("kill({other}, {signal})"), 62, [other, signal, 0, 0, 0, 0]);
        }
    }
    for other in [pid("victim"), pid("grader"), i64::from(parent_id()), 1] {
        let info = [9_i32; 32];
        let place = info.as_ptr() as i64;
        attempts.call("tkill", 200, [other, 9, 0, 0, 0, 0]);
        attempts.call("tgkill", 234, [other, other, 9, 0, 0, 0]);
        attempts.call("rt_sigqueueinfo", 129, [other, 9, place, 0, 0, 0]);
        attempts.call("rt_tgsigqueueinfo", 297, [other, other, 9, place, 0, 0]);
        attempts.call("pidfd_open", 434, [other, 0, 0, 0, 0, 0]);
        attempts.call("pidfd_send_signal", 424, [0, 9, 0, 0, 0, 0]);
        attempts.call("process_mrelease", 448, [0; 6]);
    }
    attempts.over()
}

fn tracing() {
    let mut attempts = Attempts::default();
    for other in [pid("victim"), pid("grader"), i64::from(parent_id()), 1] {
        let room = [0_u64; 64];
        let place = room.as_ptr() as i64;
        for (what, number, arguments) in [
            ("ptrace attach", 101, [16, other, 0, 0, 0, 0]),
            ("ptrace seize", 101, [0x4206, other, 0, 0, 0, 0]),
            ("process_vm_readv", 310, [other, place, 1, place, 1, 0]),
            ("process_vm_writev", 311, [other, place, 1, place, 1, 0]),
            ("kcmp", 312, [other, other, 0, 0, 0, 0]),
            ("prlimit, to set", 302, [other, 7, place, 0, 0, 0]),
            ("prlimit, to ask", 302, [other, 7, 0, place, 0, 0]),
            ("sched_setaffinity", 203, [other, 8, place, 0, 0, 0]),
            ("sched_setscheduler", 144, [other, 0, place, 0, 0, 0]),
            ("sched_setparam", 142, [other, place, 0, 0, 0, 0]),
            ("sched_setattr", 314, [other, place, 0, 0, 0, 0]),
            ("setpriority", 141, [0, other, 19, 0, 0, 0]),
            ("ioprio_set", 251, [1, other, 0, 0, 0, 0]),
            ("migrate_pages", 256, [other, 0, 0, 0, 0, 0]),
            ("move_pages", 279, [other, 0, 0, 0, 0, 0]),
            ("get_robust_list", 274, [other, place, place, 0, 0, 0]),
            ("perf_event_open", 298, [place, other, -1, -1, 0, 0]),
            ("setpgid", 109, [other, 0, 0, 0, 0, 0]),
            ("getpgid", 121, [other, 0, 0, 0, 0, 0]),
            ("getsid", 124, [other, 0, 0, 0, 0, 0]),
        ] {
            attempts.call(what, number, arguments);
        }
    }
    attempts.call("be traced", 101, [0; 6]);
    attempts.call("pidfd_getfd", 438, [0, 1, 0, 0, 0, 0]);
    attempts.call("process_madvise", 440, [0; 6]);
    attempts.over()
}

fn forks() {
    let mut attempts = Attempts::default();
    attempts.call("fork", 57, [0; 6]);
    attempts.call("clone", 56, [17, 0, 0, 0, 0, 0]);
    attempts.call("clone with shared memory", 56, [0x100 | 17, 0, 0, 0, 0, 0]);
    attempts.call("clone with a parent", 56, [0x8000 | 17, 0, 0, 0, 0, 0]);
    attempts.call("clone in a new user namespace", 56, [0x1000_0000 | 17, 0, 0, 0, 0, 0]);
    // Threads, but with files or a folder of their own.
    attempts.call("clone without shared files", 56, [0x1_0b00, 0, 0, 0, 0, 0]);
    attempts.call("clone without a shared folder", 56, [0x1_0d00, 0, 0, 0, 0, 0]);
    attempts.call("clone3", 435, [0; 6]);
    attempts.call("vfork", 58, [0; 6]);
    attempts.call("execveat", 322, [-100, 0, 0, 0, 0, 0]);
    attempts.escape("start a program", Command::new("/bin/sh").arg("-c").arg("exit").status().is_ok());
    for program in ["/bin/sh", "/usr/bin/env", "/usr/bin/setpriv", "/usr/bin/bwrap"] {
        // It only comes back from failing.
        let error = Command::new(program).exec();
        attempts.escape(&format!("become {program}: {error}"), false);
    }
    attempts.over()
}

fn identity() {
    let mut attempts = Attempts::default();
    let none = [0_u64; 2];
    let place = none.as_ptr() as i64;
    for (what, number, arguments) in [
        ("setuid", 105, [0; 6]),
        ("setgid", 106, [0; 6]),
        ("setreuid", 113, [0, 0, 0, 0, 0, 0]),
        ("setresuid", 117, [0; 6]),
        ("setresgid", 119, [0; 6]),
        ("setgroups", 116, [0; 6]),
        ("setfsuid", 122, [0; 6]),
        ("capset", 126, [0; 6]),
        ("capget", 125, [0; 6]),
        ("setsid", 112, [0; 6]),
        ("setpgid", 109, [0; 6]),
        ("setrlimit of locks", 160, [10, place, 0, 0, 0, 0]),
        ("setrlimit of data", 160, [2, place, 0, 0, 0, 0]),
        ("prlimit of locks", 302, [0, 10, place, 0, 0, 0]),
        ("prctl: its parent's death", 157, [1, 0, 0, 0, 0, 0]),
        ("prctl: dumpable", 157, [4, 0, 0, 0, 0, 0]),
        ("prctl: subreaper", 157, [36, 1, 0, 0, 0, 0]),
        ("prctl: tracer", 157, [0x5961_6d61, -1, 0, 0, 0, 0]),
        ("prctl: seccomp", 157, [22, 1, 0, 0, 0, 0]),
        ("prctl: its name to others", 157, [35, 0, 0, 0, 0, 0]),
        ("seccomp", 317, [0; 6]),
        ("landlock_create_ruleset", 444, [0, 0, 1, 0, 0, 0]),
        ("personality", 135, [0x0040_0000, 0, 0, 0, 0, 0]),
    ] {
        attempts.call(what, number, arguments);
    }
    attempts.over()
}

fn kernel() {
    let mut attempts = Attempts::default();
    for (what, number) in [
        ("mount", 165), ("umount2", 166), ("pivot_root", 155), ("chroot", 161), ("unshare", 272), ("setns", 308),
        ("open_tree", 428), ("move_mount", 429), ("fsopen", 430), ("fsmount", 432), ("mount_setattr", 442),
        ("statmount", 457), ("listmount", 458), ("open_tree_attr", 467), ("bpf", 321), ("init_module", 175),
        ("finit_module", 313), ("delete_module", 176), ("kexec_load", 246), ("reboot", 169), ("swapon", 167),
        ("swapoff", 168), ("acct", 163), ("quotactl", 179), ("syslog", 103), ("sethostname", 170),
        ("settimeofday", 164), ("clock_settime", 227), ("clock_adjtime", 305), ("adjtimex", 159), ("iopl", 172),
        ("ioperm", 173), ("modify_ldt", 154), ("vhangup", 153), ("sync", 162), ("syncfs", 306), ("ustat", 136),
        ("sysfs", 139), ("uselib", 134), ("mknod", 133), ("pkey_alloc", 330), ("map_shadow_stack", 453),
        ("lsm_set_self_attr", 460), ("io_pgetevents", 333), ("process_mrelease", 448), ("quotactl_fd", 443),
    ] {
        attempts.call(what, number, [0; 6]);
    }
    // All that there may be one day.
    for number in 463..600 {
        attempts.call("a call of tomorrow", number, [0; 6]);
    }
    attempts.over()
}

/// `getpid`, by the door for 32-bit programs, behind which calls have other numbers.
fn i386() {
    let answer: i64;
    unsafe { std::arch::asm!("push rbx", "int 0x80", "pop rbx", inlateout("rax") 20_i64 => answer) };
    println!("ESCAPED: getpid said {answer}");
}

fn x32() {
    println!("ESCAPED: getpid said {}", unsafe { syscall(0x4000_0000 + 39) });
}
