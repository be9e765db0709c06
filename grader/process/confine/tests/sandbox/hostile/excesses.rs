//! Takes more than its share: of time, memory, threads, processes, files, output. Or ends in odd ways.

#[path = "common.rs"]
mod common;

use common::{given, syscall};
use std::fs::{self, File};
use std::io::Write;
use std::process::exit;
use std::thread;
use std::time::Duration;

fn sleep() -> ! {
    loop {
        thread::sleep(Duration::from_secs(1000));
    }
}

fn fork() -> i64 {
    unsafe { syscall(57) }
}

/// Writes to so many bytes of its own memory.
fn touch(bytes: usize) -> Vec<u8> {
    let mut memory = vec![0_u8; bytes];
    memory.chunks_mut(4096).for_each(|page| page[0] = 1);
    memory
}

fn fill(name: &str, bytes: usize) {
    let mut file = File::create(name).unwrap();
    let chunk = vec![1_u8; 1 << 20];
    for _ in 0..bytes >> 20 {
        if file.write_all(&chunk).is_err() {
            return;
        }
    }
}

/// Files that are open and lie in no folder.
fn nameless_files() -> ! {
    let mut all = Vec::new();
    for n in 0..12 {
        let name = n.to_string();
        fill(&name, 32 << 20);
        all.push(File::open(&name));
        let _ = fs::remove_file(&name);
    }
    sleep()
}

/// Goes on in another thread, and ends the first one.
fn headless(what: fn() -> !) {
    thread::spawn(move || what());
    unsafe { syscall(60, 0) };
}

fn deeper(n: u64) -> u64 {
    let here = std::hint::black_box([n; 64]);
    if n == u64::MAX { 0 } else { deeper(n + 1) + here[0] }
}

fn main() {
    match given("mode").as_str() {
        "spin" => loop {
            std::hint::spin_loop();
        },
        "sleep" => sleep(),
        "stop" => {
            unsafe { syscall(62, std::process::id(), 19) };
            println!("ESCAPED: went on");
        }
        "deaf" => {
            // Ignored, each that can be; and nothing open.
            for signal in 1..32 {
                let action = [1_usize, 0, 0, 0];
                unsafe { syscall(13, signal, action.as_ptr(), 0, 8) };
            }
            for fd in 0..3 {
                unsafe { syscall(3, fd) };
            }
            sleep()
        }
        "heap" => {
            let mut all = Vec::new();
            loop {
                all.push(touch(16 << 20));
            }
        }
        "threads" => {
            let mut n = 0;
            while thread::Builder::new().stack_size(16 << 10).spawn(|| sleep()).is_ok() {
                n += 1;
            }
            println!("{n} threads");
            sleep()
        }
        "descriptors" => {
            let mut all = Vec::new();
            while let Ok(file) = File::open("/dev/null") {
                all.push(file);
            }
            println!("{}", if all.len() < 1100 { "held" } else { "ESCAPED" });
            exit(i32::from(all.len() >= 1100))
        }
        "output" => {
            let line = [b'x'; 4096];
            while std::io::stdout().write_all(&line).is_ok() {}
        }
        "panic" => panic!("{}", "x".repeat(100 << 20)),
        "overflow" => println!("{}", deeper(0)),
        "overflow in a thread" => println!("{}", thread::spawn(|| deeper(0)).join().unwrap()),
        "one file" => {
            fill("big", 4 << 30);
            println!("ESCAPED: wrote it");
        }
        "files of some size" => {
            for n in 0.. {
                fill(&n.to_string(), 8 << 20);
            }
        }
        "sparse" => {
            for n in 0..16 {
                File::create(n.to_string()).unwrap().set_len(60 << 20).unwrap();
            }
        }
        "left behind" => {
            for n in 0..9 {
                File::create(n.to_string()).unwrap().set_len(60 << 20).unwrap();
            }
        }
        "nameless files" => nameless_files(),
        // Kept by a page of each in memory, with nothing open.
        "mapped files" => {
            for n in 0..12 {
                let name = n.to_string();
                fill(&name, 32 << 20);
                let file = std::os::fd::OwnedFd::from(File::open(&name).unwrap());
                unsafe { syscall(9, 0, 4096, 1, 2, i64::from(std::os::fd::AsRawFd::as_raw_fd(&file)), 0) };
                let _ = fs::remove_file(&name);
            }
            sleep()
        }
        // Without the thread by which a process is looked at.
        "headless files" => headless(|| nameless_files()),
        "headless memory" => headless(|| {
            let memory = touch(300 << 20);
            std::hint::black_box(&memory);
            sleep()
        }),
        "many files" => {
            for n in 0.. {
                File::create(n.to_string()).unwrap();
            }
        }
        "deep folders" => {
            for _ in 0..5000 {
                if fs::create_dir("d").is_err() || std::env::set_current_dir("d").is_err() {
                    break;
                }
            }
            fs::write("deep", "x").unwrap();
        }
        "closed folder" => {
            use std::os::unix::fs::DirBuilderExt;
            fs::DirBuilder::new().mode(0o300).create("closed").unwrap();
            fs::write("closed/file", "x").unwrap();
            fs::DirBuilder::new().mode(0o000).create("shut").unwrap();
        }
        "no folder" => {
            let here = std::env::current_dir().unwrap();
            let removed = fs::remove_dir(&here).is_ok();
            println!("{}", if removed { "ESCAPED" } else { "held" });
            exit(i32::from(removed));
        }
        "exit" => exit(given("code").parse().unwrap()),
        "signal" => loop {
            let signal: i64 = given("signal").parse().unwrap();
            let default = [0_usize; 4];
            unsafe { syscall(13, signal, default.as_ptr(), 0, 8) };
            unsafe { syscall(62, std::process::id(), signal) };
        },
        // What the sandbox says of itself, into whatever might be its pipe.
        "forged end" => {
            for fd in 3..1024 {
                let line = b"ready\nended 0 0 0\n";
                unsafe { syscall(1, fd, line.as_ptr(), line.len()) };
            }
            exit(77)
        }
        // From here on: what needs processes.
        "bomb" => loop {
            if fork() == 0 {
                unsafe { syscall(112) };
            }
        },
        "four children" => {
            for _ in 0..4 {
                if fork() == 0 {
                    let memory = touch(400 << 20);
                    std::hint::black_box(&memory);
                    sleep()
                }
            }
            sleep()
        }
        "shared memory" => {
            let bytes = 2_usize << 30;
            let place = unsafe { syscall(9, 0, bytes, 3, 0x21, -1, 0) };
            if place > 0 {
                let memory = unsafe { std::slice::from_raw_parts_mut(place as *mut u8, bytes) };
                memory.iter_mut().step_by(4096).for_each(|byte| *byte = 1);
                println!("ESCAPED: 2 GiB are there");
            }
            exit(77)
        }
        "daemon" => {
            if fork() == 0 {
                unsafe { syscall(112) };
                if fork() == 0 {
                    for fd in 0..3 {
                        unsafe { syscall(3, fd) };
                    }
                    sleep()
                }
                exit(0)
            }
            thread::sleep(Duration::from_millis(100));
            println!("done");
        }
        "four writers" => {
            for n in 0..4 {
                if fork() == 0 {
                    for part in 0..5 {
                        fill(&format!("{n}-{part}"), 50 << 20);
                    }
                    sleep()
                }
            }
            sleep()
        }
        "neighbour" => {
            for n in 0..20_u32 {
                fs::write("own", n.to_string()).unwrap();
                assert_eq!(fs::read_to_string("own").unwrap(), n.to_string());
                thread::sleep(Duration::from_millis(2));
            }
            println!("42");
        }
        other => panic!("no mode {other}"),
    }
}
