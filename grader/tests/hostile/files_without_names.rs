//! tries: to fill the disk with files that it has removed and keeps open
//! verdict: disk

use std::fs::{self, File};
use std::io::Write;

pub fn attack() {
    let mut all = Vec::new();
    for n in 0..64 {
        let name = n.to_string();
        let mut file = File::create(&name).unwrap();
        file.write_all(&vec![1_u8; 16 << 20]).unwrap();
        fs::remove_file(&name).unwrap();
        all.push(file);
    }
    println!("ESCAPED: 1 GiB of files without a name");
    loop {
        std::thread::park();
    }
}
