//! tries: to have the compiler read its own memory and environment into an error
//! verdict: foreign-file | does-not-compile

pub const MEMORY: &[u8] = include_bytes!("/proc/self/mem");
include!("/proc/self/environ");

pub fn attack() {}
