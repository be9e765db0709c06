//! tries: to open a million files
//! verdict: passed(contained)

pub fn attack() {
    let mut all = Vec::new();
    while all.len() < 1_000_000 {
        match std::fs::File::open("/dev/null") {
            Ok(file) => all.push(file),
            Err(_) => return,
        }
    }
    println!("ESCAPED: {} files", all.len());
}
