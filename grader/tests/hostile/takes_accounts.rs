//! tries: to have the compiler read the system's accounts into it
//! verdict: foreign-file

pub const TAKEN: &str = include_str!("/etc/passwd");

pub fn attack() {
    println!("{TAKEN}");
}
