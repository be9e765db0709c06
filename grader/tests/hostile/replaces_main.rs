//! tries: to be the program's start
//! verdict: does-not-compile

#[allow(unsafe_code)]
#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    0
}

pub fn attack() {}
