//! tries: to keep the compiler computing for ever
//! verdict: compiler-bomb

#[allow(long_running_const_eval)]
pub const N: u64 = {
    let mut n = 0_u64;
    while n < u64::MAX {
        n += 1;
    }
    n
};

pub fn attack() {
    println!("{N}");
}
