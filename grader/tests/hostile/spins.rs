//! tries: to compute for ever
//! verdict: busy

pub fn attack() {
    loop {
        std::hint::spin_loop();
    }
}
