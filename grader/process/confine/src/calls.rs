//! What is left of the system calls: a list of those that are allowed. Whatever is not on it, or is invented later,
//! fails with `EPERM`; calls of another architecture end the process.
//!
//! Two lists. A *program* is a submission's own code: one process, whose threads share nothing with anybody. A
//! *compiler* is trusted code that reads a submission: it may start processes, and map files to be shared.
//!
//! What is absent on purpose, on both: sockets but for connected pairs; `ptrace`, `process_vm_*`, `pidfd_*`, `kcmp`,
//! `prlimit64` with a new limit, signals to any other process; `flock` and the locks, leases and notices of `fcntl`;
//! System V and POSIX queues, semaphores and shared memory, `memfd_create`; `mount` and namespaces; `bpf`, `io_uring`,
//! `userfaultfd`, `perf_event_open`, `keyctl`, `inotify`, `fanotify`; changes of mode, owner, times and attributes,
//! which Landlock does not cover; priorities and processor affinity, which reach other processes of the same user;
//! file descriptors in messages and tables of them for each thread, which nobody could count; disk that is allocated
//! ahead.

use std::collections::BTreeMap;

use libc::{
    BPF_ABS, BPF_JA, BPF_JEQ, BPF_JGE, BPF_JGT, BPF_JMP, BPF_K, BPF_LD, BPF_RET, BPF_W, SECCOMP_RET_ERRNO,
    SECCOMP_RET_KILL_PROCESS,
};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
    TargetArch, sock_filter,
};

use crate::enter::Failure;

/// The last call that was there when the list was made, on all architectures; `mseal`.
const NEWEST: u32 = 462;
/// Where the numbers of the x32 calls begin.
const X32: u32 = 0x4000_0000;

/// What a process needs that computes, reads and writes files, and waits.
#[rustfmt::skip]
const HARMLESS: &[i64] = &[
    libc::SYS_read, libc::SYS_write, libc::SYS_readv, libc::SYS_writev, libc::SYS_pread64, libc::SYS_pwrite64,
    libc::SYS_preadv, libc::SYS_pwritev, libc::SYS_lseek, libc::SYS_close, libc::SYS_dup,
    libc::SYS_dup3, libc::SYS_pipe2, libc::SYS_splice, libc::SYS_sendfile, libc::SYS_copy_file_range,
    libc::SYS_faccessat, libc::SYS_faccessat2, libc::SYS_readlinkat, libc::SYS_newfstatat, libc::SYS_fstat,
    libc::SYS_statx, libc::SYS_statfs, libc::SYS_fstatfs, libc::SYS_getdents64, libc::SYS_getcwd, libc::SYS_chdir,
    libc::SYS_fchdir, libc::SYS_mkdirat, libc::SYS_unlinkat, libc::SYS_renameat, libc::SYS_renameat2,
    libc::SYS_linkat, libc::SYS_truncate, libc::SYS_ftruncate, libc::SYS_fsync,
    libc::SYS_fdatasync, libc::SYS_fadvise64, libc::SYS_umask,
    libc::SYS_munmap, libc::SYS_mremap, libc::SYS_mprotect, libc::SYS_madvise, libc::SYS_brk, libc::SYS_membarrier,
    libc::SYS_rt_sigaction, libc::SYS_rt_sigprocmask, libc::SYS_rt_sigreturn, libc::SYS_rt_sigpending,
    libc::SYS_rt_sigtimedwait, libc::SYS_rt_sigsuspend, libc::SYS_sigaltstack, libc::SYS_restart_syscall,
    libc::SYS_signalfd4, libc::SYS_eventfd2, libc::SYS_timerfd_create, libc::SYS_timerfd_settime,
    libc::SYS_timerfd_gettime, libc::SYS_epoll_create1, libc::SYS_epoll_ctl, libc::SYS_epoll_pwait,
    libc::SYS_epoll_pwait2, libc::SYS_ppoll, libc::SYS_pselect6, libc::SYS_nanosleep, libc::SYS_clock_nanosleep,
    libc::SYS_clock_gettime, libc::SYS_clock_getres, libc::SYS_gettimeofday, libc::SYS_times, libc::SYS_getrusage,
    libc::SYS_setitimer, libc::SYS_getitimer, libc::SYS_timer_create, libc::SYS_timer_settime,
    libc::SYS_timer_gettime, libc::SYS_timer_delete, libc::SYS_timer_getoverrun, libc::SYS_getrandom,
    libc::SYS_uname, libc::SYS_sysinfo, libc::SYS_getcpu, libc::SYS_sched_yield,
    // Of any process: the C library asks for a thread's, to know the size of its stack.
    libc::SYS_sched_getaffinity, libc::SYS_getpid, libc::SYS_getppid,
    libc::SYS_gettid, libc::SYS_getuid, libc::SYS_geteuid, libc::SYS_getgid, libc::SYS_getegid,
    libc::SYS_getresuid, libc::SYS_getresgid, libc::SYS_getgroups, libc::SYS_set_tid_address,
    libc::SYS_set_robust_list, libc::SYS_rseq, libc::SYS_exit, libc::SYS_exit_group, libc::SYS_execve,
    libc::SYS_wait4, libc::SYS_waitid, libc::SYS_shutdown, libc::SYS_getsockopt, libc::SYS_getsockname,
    libc::SYS_getpeername, libc::SYS_recvfrom,
];

/// The older twins of those above, which only this architecture still has.
#[cfg(target_arch = "x86_64")]
#[rustfmt::skip]
const OLDER: &[i64] = &[
    libc::SYS_access, libc::SYS_readlink, libc::SYS_stat, libc::SYS_lstat, libc::SYS_dup2, libc::SYS_pipe,
    libc::SYS_creat, libc::SYS_mkdir, libc::SYS_rmdir, libc::SYS_unlink, libc::SYS_rename, libc::SYS_link,
    libc::SYS_getdents, libc::SYS_poll, libc::SYS_select, libc::SYS_epoll_create, libc::SYS_epoll_wait,
    libc::SYS_epoll_ctl_old, libc::SYS_eventfd, libc::SYS_signalfd, libc::SYS_pause, libc::SYS_alarm,
    libc::SYS_time, libc::SYS_getrlimit, libc::SYS_arch_prctl, libc::SYS_getpgrp,
];
#[cfg(not(target_arch = "x86_64"))]
const OLDER: &[i64] = &[];

/// What compilers and linkers do besides. `vfork` and `fork` are older twins of `clone`.
#[cfg(target_arch = "x86_64")]
const COMPILER: &[i64] = &[libc::SYS_futex, libc::SYS_fchmod, libc::SYS_vfork, libc::SYS_fork];
#[cfg(not(target_arch = "x86_64"))]
const COMPILER: &[i64] = &[libc::SYS_futex, libc::SYS_fchmod];

/// From here on this process, and all that it starts, has only these calls. Its own number must be final.
pub fn give_up(may_fork: bool) -> Result<(), Failure> {
    let fail = |error: String| Failure::of("bound system calls", error);
    let list = allowed(may_fork).map_err(|error| fail(error.to_string()))?;
    let program: BpfProgram = gate().into_iter().chain(list).collect();
    seccompiler::apply_filter(&program).map_err(|error| fail(error.to_string()))
}

/// The list, as a program for the kernel.
fn allowed(may_fork: bool) -> Result<BpfProgram, seccompiler::BackendError> {
    let mut rules: BTreeMap<i64, Vec<SeccompRule>> = conditional(may_fork)?;
    let compiler = if may_fork { COMPILER } else { &[] };
    rules.extend([HARMLESS, OLDER, compiler].concat().into_iter().map(|call| (call, Vec::new())));
    let architecture: TargetArch = std::env::consts::ARCH.try_into()?;
    let refused = SeccompAction::Errno(libc::EPERM.cast_unsigned());
    SeccompFilter::new(rules, refused, SeccompAction::Allow, architecture)?.try_into()
}

/// The calls that are allowed with some arguments.
fn conditional(may_fork: bool) -> Result<BTreeMap<i64, Vec<SeccompRule>>, seccompiler::BackendError> {
    let own = u64::from(std::process::id());
    let bits = |flags: i32| u64::from(flags.cast_unsigned());
    // O_TMPFILE shares a bit with O_DIRECTORY, which alone is harmless.
    let nameless = bits(libc::O_TMPFILE & !libc::O_DIRECTORY);
    let namespaces = bits(
        libc::CLONE_NEWNS
            | libc::CLONE_NEWCGROUP
            | libc::CLONE_NEWUTS
            | libc::CLONE_NEWIPC
            | libc::CLONE_NEWUSER
            | libc::CLONE_NEWPID
            | libc::CLONE_NEWNET,
    );
    // With the files of its process: what is open is counted for all threads together.
    let a_thread = bits(libc::CLONE_VM | libc::CLONE_SIGHAND | libc::CLONE_THREAD | libc::CLONE_FILES | libc::CLONE_FS);
    let private = bits(libc::FUTEX_PRIVATE_FLAG);

    let mut rules = BTreeMap::from([
        // A file without a name could not be counted.
        (libc::SYS_openat, vec![all(&[masked(2, nameless, 0)?])?]),
        (libc::SYS_close_range, any_of(2, &[0, u64::from(libc::CLOSE_RANGE_CLOEXEC)])?),
        (libc::SYS_fcntl, any_of(1, &FCNTL)?),
        (libc::SYS_ioctl, any_of(1, &IOCTL)?),
        (libc::SYS_prctl, any_of(0, &PRCTL)?),
        (libc::SYS_setsockopt, any_of(2, &SOCKET_OPTIONS)?),
        // A connected pair of streams: nothing can be sent to an address, and it can't be connected elsewhere.
        (libc::SYS_socketpair, vec![all(&[is(0, bits(libc::AF_UNIX))?, masked(1, 0xf, bits(libc::SOCK_STREAM))?])?]),
        (libc::SYS_sendto, vec![all(&[pointer_is_null(4)?])?]),
        // To read a limit; of oneself.
        (libc::SYS_prlimit64, vec![all(&[is(0, 0)?, pointer_is_null(2)?])?, all(&[is(0, own)?, pointer_is_null(2)?])?]),
        (libc::SYS_kill, any_of(0, &[own])?),
        (libc::SYS_tgkill, any_of(0, &[own])?),
    ]);
    #[cfg(target_arch = "x86_64")]
    rules.insert(libc::SYS_open, vec![all(&[masked(1, nameless, 0)?])?]);

    if may_fork {
        // How the standard library hears of a program that could not be started. Packets have no address, either.
        let packets = all(&[is(0, bits(libc::AF_UNIX))?, masked(1, 0xf, bits(libc::SOCK_SEQPACKET))?])?;
        rules.entry(libc::SYS_socketpair).or_default().push(packets);
        rules.insert(libc::SYS_clone, vec![all(&[masked(0, namespaces, 0)?])?]);
        rules.insert(libc::SYS_mmap, Vec::new());
        // Any other mode allocates disk beyond the limit of a file's size.
        rules.insert(libc::SYS_fallocate, any_of(1, &[0])?);
        return Ok(rules);
    }
    rules.insert(libc::SYS_clone, vec![all(&[masked(0, namespaces | a_thread, a_thread)?])?]);
    // A shared page of a file, even one that can only be read, is a place to meet a neighbour; shared memory without a
    // file, and stacks that grow, are not counted as data.
    let kind = bits(libc::MAP_SHARED | libc::MAP_PRIVATE | libc::MAP_GROWSDOWN | libc::MAP_HUGETLB | libc::MAP_LOCKED);
    rules.insert(libc::SYS_mmap, vec![all(&[masked(3, kind, bits(libc::MAP_PRIVATE))?])?]);
    // A wait that is not private is how a thread is joined; a wake-up that is not reaches whoever maps the same file.
    let join = bits(libc::FUTEX_WAIT_BITSET | libc::FUTEX_CLOCK_REALTIME);
    rules.insert(libc::SYS_futex, [vec![all(&[masked(1, private, private)?])?], any_of(1, &[0, join])?].concat());
    Ok(rules)
}

/// Descriptors and their flags. No lock, lease, notice, owner, signal or size of a pipe.
const FCNTL: [u64; 7] = [
    libc::F_DUPFD as u64,
    libc::F_GETFD as u64,
    libc::F_SETFD as u64,
    libc::F_GETFL as u64,
    libc::F_SETFL as u64,
    libc::F_DUPFD_CLOEXEC as u64,
    libc::F_GETPIPE_SZ as u64,
];
/// Is it a terminal, how much is there to read, don't block, close on exec.
const IOCTL: [u64; 6] = [libc::TCGETS, libc::TIOCGWINSZ, libc::FIONREAD, libc::FIONBIO, libc::FIOCLEX, libc::FIONCLEX];
/// Names of threads and of memory.
const PRCTL: [u64; 4] =
    [libc::PR_SET_NAME as u64, libc::PR_GET_NAME as u64, libc::PR_GET_DUMPABLE as u64, libc::PR_SET_VMA as u64];
/// Timeouts, and the sizes of buffers, which the kernel bounds.
const SOCKET_OPTIONS: [u64; 4] =
    [libc::SO_RCVTIMEO as u64, libc::SO_SNDTIMEO as u64, libc::SO_RCVBUF as u64, libc::SO_SNDBUF as u64];

type Condition = Result<SeccompCondition, seccompiler::BackendError>;
type Rule = Result<SeccompRule, seccompiler::BackendError>;

fn is(argument: u8, value: u64) -> Condition {
    SeccompCondition::new(argument, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, value)
}

fn masked(argument: u8, mask: u64, value: u64) -> Condition {
    SeccompCondition::new(argument, SeccompCmpArgLen::Dword, SeccompCmpOp::MaskedEq(mask), value)
}

/// All of its 64 bits.
fn pointer_is_null(argument: u8) -> Condition {
    SeccompCondition::new(argument, SeccompCmpArgLen::Qword, SeccompCmpOp::Eq, 0)
}

fn all(conditions: &[SeccompCondition]) -> Rule {
    SeccompRule::new(conditions.to_vec())
}

/// A rule for each value that the argument may have.
fn any_of(argument: u8, values: &[u64]) -> Result<Vec<SeccompRule>, seccompiler::BackendError> {
    values.iter().map(|value| all(&[is(argument, *value)?])).collect()
}

/// What the list can't say, to be put before it: ends the process on calls of the x32 kind, and answers "no such call" to
/// those that programs have another way for, and to all that are newer than the list.
fn gate() -> [sock_filter; 8] {
    const NUMBER: u32 = 0;
    let statement = |code: u32, k: u32| sock_filter { code: code as u16, jt: 0, jf: 0, k };
    let jump = |code: u32, k: u32, jt: u8| sock_filter { code: (BPF_JMP | BPF_K | code) as u16, jt, jf: 0, k };
    let absent = SECCOMP_RET_ERRNO | libc::ENOSYS.cast_unsigned();
    let (to_kill, to_absent, to_list) = (5, 3, 2);
    [
        statement(BPF_LD | BPF_W | BPF_ABS, NUMBER),
        jump(BPF_JGE, X32, to_kill),
        jump(BPF_JGT, NEWEST, to_absent),
        jump(BPF_JEQ, libc::SYS_clone3 as u32, to_absent - 1),
        jump(BPF_JEQ, libc::SYS_openat2 as u32, to_absent - 2),
        statement(BPF_JMP | BPF_JA, to_list),
        statement(BPF_RET | BPF_K, absent),
        statement(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
    ]
}
