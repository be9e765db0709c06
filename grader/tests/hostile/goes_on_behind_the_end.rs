//! tries: to go on in a thread when the probe is done
//! verdict: passed(contained)

pub fn attack() {
    std::thread::spawn(|| {
        loop {
            std::hint::spin_loop();
        }
    });
}
