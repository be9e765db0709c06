//! tries: to end the process from another thread while the probe is at work
//! verdict: ended-early

pub fn attack() {
    std::thread::spawn(|| std::process::exit(0)).join().unwrap();
}
