//! tries: to tell neighbours something by locks on files that all may read
//! verdict: passed(contained)

pub fn attack() {
    let maps = std::fs::read_to_string("/proc/self/maps").unwrap_or_default();
    let shared = maps.lines().filter_map(|line| line.split_whitespace().nth(5)).filter(|path| path.contains(".so"));
    for path in shared.chain(["/dev/null"]) {
        let Ok(file) = std::fs::File::open(path) else { continue };
        if file.try_lock().is_ok() || file.try_lock_shared().is_ok() {
            println!("ESCAPED: locked {path}");
        }
    }
}
