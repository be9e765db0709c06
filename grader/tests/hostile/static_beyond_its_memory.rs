//! tries: to be too large to be loaded, so that it ends before anything could be said
//! verdict: signal | memory

use std::sync::Mutex;

static HUGE: [Mutex<[u8; 16 << 20]>; 36] = [const { Mutex::new([0; 16 << 20]) }; 36];

pub fn attack() {
    for part in &HUGE {
        part.lock().unwrap().iter_mut().step_by(4096).for_each(|byte| *byte = 1);
    }
    println!("ESCAPED: more than it may have");
}
