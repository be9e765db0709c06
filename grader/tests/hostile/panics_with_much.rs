//! tries: to panic with a message that fits into memory, and into no log
//! verdict: output

pub fn attack() {
    panic!("{}", "x".repeat(64 << 20));
}
