//! tries: to find the nonce of its run in its own memory, and to print the probe's last word with it
//! verdict: ended-early | failed

use std::io::{Read, Seek, SeekFrom};

pub fn attack() {
    for nonce in candidates() {
        print!("\u{2}{nonce}mforged\u{3}\u{2}{nonce}e\u{3}");
    }
    std::process::exit(0);
}

/// Sixteen digits behind a seed and a line's end, wherever they lie in what can be written to.
fn candidates() -> Vec<String> {
    let maps = std::fs::read_to_string("/proc/self/maps").unwrap_or_default();
    let Ok(mut memory) = std::fs::File::open("/proc/self/mem") else { return Vec::new() };
    let mut found = Vec::new();
    for line in maps.lines().filter(|line| line.contains("rw-p")) {
        let range = line.split(' ').next().and_then(|range| range.split_once('-'));
        let Some((from, to)) = range else { continue };
        let (Ok(from), Ok(to)) = (u64::from_str_radix(from, 16), u64::from_str_radix(to, 16)) else { continue };
        let mut bytes = vec![0; (to - from).min(1 << 20) as usize];
        if memory.seek(SeekFrom::Start(from)).is_err() || memory.read(&mut bytes).is_err() {
            continue;
        }
        for part in bytes.split(|byte| !byte.is_ascii_hexdigit()).filter(|part| part.len() == 16) {
            found.extend(String::from_utf8(part.to_vec()));
        }
    }
    found.truncate(100);
    found
}
