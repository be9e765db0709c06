//! tries: to end by a signal
//! verdict: signal

pub fn attack() {
    std::process::abort();
}
