//! tries: to sleep for ever, in all of its threads
//! verdict: hang

pub fn attack() {
    for _ in 0..4 {
        std::thread::spawn(|| loop_of_naps());
    }
    loop_of_naps()
}

fn loop_of_naps() {
    loop {
        std::thread::sleep(std::time::Duration::from_secs(3600));
    }
}
