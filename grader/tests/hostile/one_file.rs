//! tries: to fill the disk with one file
//! verdict: disk | signal

use std::io::Write;

pub fn attack() {
    let mut file = std::fs::File::create("big").unwrap();
    let chunk = vec![1_u8; 1 << 20];
    loop {
        file.write_all(&chunk).unwrap();
    }
}
