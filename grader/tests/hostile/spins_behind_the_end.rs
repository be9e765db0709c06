//! tries: to compute for ever once all is printed
//! verdict: busy

struct Late;

impl Drop for Late {
    fn drop(&mut self) {
        loop {
            std::hint::spin_loop();
        }
    }
}

thread_local!(static LATE: Late = const { Late });

pub fn attack() {
    LATE.with(|_| ());
}
