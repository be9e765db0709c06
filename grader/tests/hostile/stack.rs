//! tries: to overflow its stack
//! verdict: signal

pub fn attack() {
    println!("{}", deeper(0));
}

fn deeper(n: u64) -> u64 {
    let here = std::hint::black_box([n; 64]);
    if n == u64::MAX { 0 } else { deeper(n + 1) + here[0] }
}
