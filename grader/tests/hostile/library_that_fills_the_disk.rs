//! tries: to have the compiler write a library that fills the disk
//! verdict: compiler-bomb

pub static LARGE: [u8; 700 << 20] = [1; 700 << 20];

pub fn attack() {
    println!("{}", LARGE[std::hint::black_box(7)]);
}
