//! tries: to make more files than anybody can count
//! verdict: disk

pub fn attack() {
    for n in 0..1_000_000 {
        std::fs::File::create(n.to_string()).unwrap();
    }
}
