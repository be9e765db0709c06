//! What all hostile programs need: raw system calls, what they are told by their arguments, and how they tell.
#![allow(dead_code, reason = "each program uses some of it")]

use std::process::exit;

unsafe extern "C" {
    pub fn syscall(number: i64, ...) -> i64;
}

/// The value of an argument `name=value`.
pub fn given(name: &str) -> String {
    let found = std::env::args().find_map(|arg| arg.strip_prefix(&format!("{name}=")).map(str::to_owned));
    found.unwrap_or_else(|| panic!("`{name}` is not given"))
}

pub fn pid(name: &str) -> i64 {
    given(name).parse().unwrap()
}

/// Attempts, and those that came out as they should not.
#[derive(Default)]
pub struct Attempts {
    n: usize,
    wrong: usize,
}

impl Attempts {
    /// Something that must be refused.
    pub fn escape(&mut self, what: &str, done: bool) {
        self.n += 1;
        if done {
            self.wrong += 1;
            println!("ESCAPED: {what}");
        }
    }

    /// A system call that must be refused. All its arguments are numbers or null: it must not come so far as to look.
    pub fn call(&mut self, what: &str, number: i64, arguments: [i64; 6]) {
        let [a, b, c, d, e, f] = arguments;
        let result = unsafe { syscall(number, a, b, c, d, e, f) };
        let errno = std::io::Error::last_os_error().raw_os_error().unwrap();
        // Refused by the list, or unknown to it. Any other error means that the kernel began to do it.
        let refused = result == -1 && [1, 38].contains(&errno);
        self.escape(&format!("{what}: {result}, errno {errno}"), !refused);
    }

    /// Something that must work.
    pub fn need<T, E: std::fmt::Display>(&mut self, what: &str, result: Result<T, E>) {
        self.n += 1;
        if let Err(error) = result {
            self.wrong += 1;
            println!("MISSING: {what}: {error}");
        }
    }

    pub fn over(self) -> ! {
        println!("{} attempts", self.n);
        exit(i32::from(self.wrong > 0))
    }
}
