//! What the tests of `process` start: its first argument says what to do; further ones that it does not know mark its
//! processes.

use std::{
    env, io,
    io::{Read, Write},
    process, thread,
    time::Duration,
};

fn say(what: impl std::fmt::Display) {
    let _ = io::stdout().write_all(format!("{what}\n").as_bytes());
    let _ = io::stdout().flush();
}

fn sleep_for_ever() -> ! {
    loop {
        thread::sleep(Duration::from_secs(1000));
    }
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
        for fd in 0..3 {
            close(fd);
        }
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
            "raise" => loop {
                kill(process::id() as i32, n as i32);
            },
            "deaf" => {
                for number in [1, 2, 15] {
                    signal(number, SIG_IGN);
                }
                close_stdio();
                sleep_for_ever()
            }
            "deaf-spin" => {
                signal(24, SIG_IGN);
                signal(30, SIG_IGN);
                loop {
                    std::hint::spin_loop()
                }
            }
            // Its heir has the pipes, and the group.
            "heir" => {
                if fork() == 0 {
                    sleep_for_ever()
                }
            }
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
                if fork() == 0 {
                    process::exit(0)
                }
                drop(life);
                let _ = end.read(&mut [0]);
            }
            "daemon" => {
                daemon();
                say("done")
            }
            "daemon-and-stay" => {
                daemon();
                if fork() == 0 {
                    sleep_for_ever()
                }
                say("ready");
                sleep_for_ever()
            }
            // The orphan must be alive as long as this one is.
            "orphan-keeper" => {
                let (mut pulse, beat) = io::pipe().unwrap();
                if fork() == 0 {
                    if fork() == 0 {
                        setsid();
                        let mut beat = beat;
                        while beat.write_all(&[1]).is_ok() {
                            thread::sleep(Duration::from_millis(5));
                        }
                    }
                    process::exit(0);
                }
                drop(beat);
                for _ in 0..n {
                    if pulse.read(&mut [0]).unwrap() == 0 {
                        process::exit(1)
                    }
                }
                process::exit(7);
            }
            // Stops its grader and itself for n milliseconds, as if nobody had a processor; then takes its time.
            #[cfg(target_os = "linux")]
            "freeze" => {
                let (mut thaw, ice) = io::pipe().unwrap();
                let frozen = [std::os::unix::process::parent_id() as i32, process::id() as i32];
                if fork() == 0 {
                    for pid in frozen {
                        kill(pid, 19);
                    }
                    thread::sleep(Duration::from_millis(n));
                    for pid in frozen {
                        kill(pid, 18);
                    }
                    process::exit(0);
                }
                drop(ice);
                let _ = thaw.read(&mut [0]);
                for _ in 0..5 {
                    thread::sleep(Duration::from_millis(10));
                }
            }
            // 2^n processes, each in a session of its own, each burning time. The first ends once the others are born.
            "bomb" => {
                let (mut births, cry) = io::pipe().unwrap();
                let leader = process::id();
                for _ in 0..n {
                    if fork() == 0 {
                        setsid();
                    }
                }
                if process::id() == leader {
                    births.read_exact(&mut vec![0; (1 << n) - 1]).unwrap();
                    process::exit(0);
                }
                (&cry).write_all(&[1]).unwrap();
                loop {
                    std::hint::spin_loop()
                }
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
                for _ in 0..n {
                    if fork() != 0 {
                        process::exit(0)
                    }
                    setsid();
                }
            }
            // Two that bring each other back to life, at most n times.
            "undead" => {
                for _ in 0..n {
                    let (mut end, life) = io::pipe().unwrap();
                    if fork() == 0 {
                        setsid();
                        drop(end);
                        std::mem::forget(life);
                        continue;
                    }
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
        "spin" => loop {
            std::hint::spin_loop()
        },
        "sleep" => sleep_for_ever(),
        "print" => {
            let line = [b'x'; 4096];
            while io::stdout().write_all(&line).is_ok() {}
        }
        "print-exactly" => io::stdout().write_all(&vec![b'x'; n as usize]).unwrap(),
        "complain" => {
            let line = [b'e'; 4096];
            for _ in 0..n / 4096 {
                io::stderr().write_all(&line).unwrap()
            }
        }
        "eat" => {
            let mut all = Vec::new();
            loop {
                all.push(vec![1u8; 16 << 20])
            }
        }
        "code" => process::exit(n as i32),
        "echo" => {
            io::copy(&mut io::stdin(), &mut io::stdout()).unwrap();
        }
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
