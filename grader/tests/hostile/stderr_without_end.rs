//! tries: to fill the grader's log, by standard error
//! verdict: output

pub fn attack() {
    let line = "x".repeat(1 << 16);
    loop {
        eprintln!("{line}");
    }
}
