//! Tries to read and write what is not its own: the solutions, other submissions, the grader's memory, the home folder.

#[path = "common.rs"]
mod common;

use common::{Attempts, given, syscall};
use std::ffi::CString;
use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::symlink;

fn main() {
    match given("mode").as_str() {
        "read" => read(),
        "write" => write(),
        "links" => links(),
        "attributes" => attributes(),
        "own" => own(),
        other => panic!("no mode {other}"),
    }
}

fn read() {
    let mut attempts = Attempts::default();
    let grader = given("grader");
    let in_proc = ["environ", "mem", "maps", "fd/1", "cwd", "root/etc/passwd", "cmdline", "task", "status", "stack"];
    let of_grader = in_proc.iter().map(|name| format!("/proc/{grader}/{name}"));
    let of_parent = in_proc.iter().map(|name| format!("/proc/{}/{name}", std::os::unix::process::parent_id()));
    let of_own = ["environ", "mem", "root", "status", "fd", "task", "cmdline", "auxv", "net/tcp"];
    let own = of_own.iter().map(|name| format!("/proc/self/{name}"));
    let others = [
        "/etc/passwd", "/etc/shadow", "/etc/hostname", "/", "/tmp", "/root", "/home", "/proc", "/proc/version", "/sys",
        "/proc/net/tcp", "/proc/mounts", "/dev/shm", "/dev/tty", "/dev/kmsg", "/dev/mem", "/dev/ptmx", "/var/log",
        "/usr/bin/env", "/usr/share", "/run",
    ];
    let told = [given("secret"), given("outside"), given("course"), format!("{}/Cargo.toml", given("course"))];
    for path in of_grader.chain(of_parent).chain(own).chain(others.map(str::to_owned)).chain(told) {
        attempts.escape(&format!("read {path}"), File::open(&path).is_ok());
        attempts.escape(&format!("list {path}"), fs::read_dir(&path).is_ok());
    }
    attempts.escape("read above its folder", File::open("../").is_ok());
    attempts.escape("step up and read", std::env::set_current_dir("..").is_ok() && fs::read_dir(".").is_ok());
    attempts.over()
}

fn write() {
    let mut attempts = Attempts::default();
    let outside = given("outside");
    let program = std::env::args().next().unwrap();
    let new = |folder: &str| format!("{folder}/left-by-{}", std::process::id());
    let folders = [&outside, "/tmp", "/dev/shm", "/var/tmp", "/root", "/home", "/usr/lib", "/", "/run", "/etc", "/proc"];
    for folder in folders {
        attempts.escape(&format!("make a file in {folder}"), File::create(new(folder)).is_ok());
        attempts.escape(&format!("make a folder in {folder}"), fs::create_dir(new(folder)).is_ok());
        attempts.escape(&format!("link in {folder}"), symlink("/etc/passwd", new(folder)).is_ok());
    }
    let grader = given("grader");
    let files = [
        given("secret"),
        program.clone(),
        "/etc/passwd".into(),
        "/proc/self/mem".into(),
        "/proc/self/oom_score_adj".into(),
        "/proc/self/comm".into(),
        format!("/proc/{grader}/mem"),
        format!("/proc/{grader}/fd/1"),
    ];
    for path in files {
        attempts.escape(&format!("write {path}"), OpenOptions::new().write(true).open(&path).is_ok());
        attempts.escape(&format!("append to {path}"), OpenOptions::new().append(true).open(&path).is_ok());
        attempts.escape(&format!("empty {path}"), OpenOptions::new().write(true).truncate(true).open(&path).is_ok());
        let name = CString::new(path.clone()).unwrap();
        attempts.escape(&format!("truncate {path}"), unsafe { syscall(76, name.as_ptr(), 0) == 0 });
        attempts.escape(&format!("remove {path}"), fs::remove_file(&path).is_ok());
        attempts.escape(&format!("move {path}"), fs::rename(&path, "mine").is_ok());
    }
    fs::write("mine", "x").unwrap();
    attempts.escape("move out", fs::rename("mine", format!("{outside}/mine")).is_ok());
    attempts.escape("move onto", fs::rename("mine", given("secret")).is_ok());
    attempts.escape("link out", fs::hard_link("mine", format!("{outside}/mine")).is_ok());
    attempts.over()
}

fn links() {
    let mut attempts = Attempts::default();
    attempts.escape("a link to a file", symlink(given("secret"), "link").is_ok());
    attempts.escape("a link to a folder", symlink("/", "root").is_ok());
    attempts.escape("another name for a file", fs::hard_link(given("secret"), "taken").is_ok());
    attempts.escape("another name for its program", fs::hard_link(std::env::args().next().unwrap(), "self").is_ok());
    let name = CString::new("fifo").unwrap();
    for (what, mode) in [("a pipe", 0o010_644), ("a socket", 0o140_644), ("a device", 0o020_644)] {
        attempts.escape(what, unsafe { syscall(133, name.as_ptr(), mode, 0x103) == 0 });
        attempts.escape(what, unsafe { syscall(259, -100_i64, name.as_ptr(), mode, 0x103) == 0 });
    }
    attempts.escape("listen in its folder", std::os::unix::net::UnixListener::bind("socket").is_ok());
    attempts.over()
}

/// Landlock does not know these.
fn attributes() {
    let mut attempts = Attempts::default();
    let secret = CString::new(given("secret")).unwrap();
    let path = secret.as_ptr() as i64;
    let here = -100;
    let own = File::create("own").unwrap();
    let fd = i64::from(std::os::fd::AsRawFd::as_raw_fd(&own));
    for (what, number, arguments) in [
        ("chmod", 90, [path, 0o777, 0, 0, 0, 0]),
        ("fchmodat", 268, [here, path, 0o777, 0, 0, 0]),
        ("fchmodat2", 452, [here, path, 0o777, 0, 0, 0]),
        ("fchmod", 91, [fd, 0o4777, 0, 0, 0, 0]),
        ("chown", 92, [path, -1, -1, 0, 0, 0]),
        ("lchown", 94, [path, -1, -1, 0, 0, 0]),
        ("fchown", 93, [fd, -1, -1, 0, 0, 0]),
        ("fchownat", 260, [here, path, -1, -1, 0, 0]),
        ("utime", 132, [path, 0, 0, 0, 0, 0]),
        ("utimes", 235, [path, 0, 0, 0, 0, 0]),
        ("futimesat", 261, [here, path, 0, 0, 0, 0]),
        ("utimensat", 280, [here, path, 0, 0, 0, 0]),
        ("setxattr", 188, [path, path, path, 1, 0, 0]),
        ("lsetxattr", 189, [path, path, path, 1, 0, 0]),
        ("fsetxattr", 190, [fd, path, path, 1, 0, 0]),
        ("getxattr", 191, [path, path, path, 1, 0, 0]),
        ("listxattr", 194, [path, path, 1, 0, 0, 0]),
        ("removexattr", 197, [path, path, 0, 0, 0, 0]),
        ("setxattrat", 463, [here, path, 0, 0, 0, 0]),
        ("open_by_handle_at", 304, [here, path, 0, 0, 0, 0]),
        ("name_to_handle_at", 303, [here, path, 0, 0, 0, 0]),
        ("openat2", 437, [here, path, 0, 0, 0, 0]),
        ("inotify_init", 253, [0; 6]),
        ("inotify_init1", 294, [0; 6]),
        ("fanotify_init", 300, [0; 6]),
        ("file_setattr", 469, [0; 6]),
        ("fallocate", 285, [fd, 0, 0, 4096, 0, 0]),
        ("fallocate that keeps the size", 285, [fd, 1, 0, 1 << 40, 0, 0]),
        ("descriptors of its own", 436, [3, 3, 2, 0, 0, 0]),
        ("a file without a name", 257, [here, c".".as_ptr() as i64, 0o20200002, 0o600, 0, 0]),
        ("the same, by the older call", 2, [c".".as_ptr() as i64, 0o20200002, 0o600, 0, 0, 0]),
    ] {
        attempts.call(what, number, arguments);
    }
    attempts.over()
}

/// What a program must be able to do all the same.
fn own() {
    let mut attempts = Attempts::default();
    attempts.need("write", fs::write("file", "text"));
    attempts.need("make a folder", fs::create_dir_all("a/b"));
    attempts.need("move", fs::rename("file", "a/b/file"));
    attempts.need("read", fs::read_to_string("a/b/file"));
    attempts.need("list", fs::read_dir("a"));
    attempts.need("remove", fs::remove_file("a/b/file"));
    attempts.need("remove a folder", fs::remove_dir_all("a"));
    attempts.need("null", OpenOptions::new().write(true).open("/dev/null"));
    attempts.need("random", File::open("/dev/urandom"));
    attempts.need("its memory map", fs::read_to_string("/proc/self/maps"));
    attempts.need("threads", std::thread::Builder::new().spawn(|| {}).map(|thread| thread.join().unwrap()));
    attempts.need("a pair of sockets", std::os::unix::net::UnixStream::pair().map(|(mut left, mut right)| {
        use std::io::{Read, Write};
        left.set_read_timeout(Some(std::time::Duration::from_secs(1))).unwrap();
        right.write_all(b"x").unwrap();
        left.read_exact(&mut [0]).unwrap();
    }));
    attempts.need("processors", std::thread::available_parallelism());
    attempts.over()
}
