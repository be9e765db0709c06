//! tries: to fill the grader's log, by standard output
//! verdict: output

pub fn attack() {
    let line = "x".repeat(1 << 16);
    loop {
        println!("{line}");
    }
}
