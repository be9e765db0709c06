//! tries: to read the memory, the environment and the open files of the grader and of every other process
//! verdict: passed(contained)

use crate::yard;

pub fn attack() {
    let own = std::process::id();
    let seen = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let numbers = seen.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    for id in numbers.chain([yard::GRADER]).filter(|id| *id != own) {
        for name in ["environ", "mem", "maps", "cmdline", "fd/0", "fd/1", "fd/3", "cwd/.", "root/etc/passwd"] {
            let path = format!("/proc/{id}/{name}");
            if std::fs::File::open(&path).is_ok() && std::fs::read_link(format!("/proc/{id}/exe")).is_ok() {
                println!("ESCAPED: opened {path}");
            }
        }
    }
}
