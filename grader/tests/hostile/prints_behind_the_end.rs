//! tries: to fill the log once all is printed
//! verdict: output

struct Late;

impl Drop for Late {
    fn drop(&mut self) {
        loop {
            println!("{}", "x".repeat(1 << 16));
        }
    }
}

thread_local!(static LATE: Late = const { Late });

pub fn attack() {
    LATE.with(|_| ());
}
