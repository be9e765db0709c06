//! tries: to nest folders until no path reaches the last one, so that they can't be removed
//! verdict: disk

pub fn attack() {
    for _ in 0..3000 {
        if std::fs::create_dir("d").is_err() || std::env::set_current_dir("d").is_err() {
            break;
        }
    }
    std::fs::write("deep", "x").unwrap();
}
