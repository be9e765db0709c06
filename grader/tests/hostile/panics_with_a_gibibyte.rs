//! tries: to panic with a message of a gibibyte
//! verdict: memory | output

pub fn attack() {
    panic!("{}", "x".repeat(1 << 30));
}
