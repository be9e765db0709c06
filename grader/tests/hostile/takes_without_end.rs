//! tries: to have the compiler read a file without an end
//! verdict: foreign-file | compiler-bomb

pub const TAKEN: &[u8] = include_bytes!("/dev/zero");

pub fn attack() {
    println!("{}", TAKEN.len());
}
