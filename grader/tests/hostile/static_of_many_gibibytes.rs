//! tries: to have the compiler hold a hundred gibibytes
//! verdict: compiler-bomb | does-not-compile

pub static HUGE: [u8; 100 << 30] = [1; 100 << 30];

pub fn attack() {
    println!("{}", HUGE[7]);
}
