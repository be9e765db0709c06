//! tries: to write to homes, the course, what was built, shared folders, and a file that everybody may write to
//! verdict: passed(contained)

use crate::yard;
use std::fs::{self, OpenOptions};

pub fn attack() {
    let program = std::env::current_exe().map(|path| path.display().to_string()).unwrap_or_default();
    for path in [yard::SECRET, &program, "/etc/passwd", "/usr/lib/os-release"] {
        if OpenOptions::new().append(true).open(path).is_ok() {
            println!("ESCAPED: opened {path} to write to it");
        }
        if fs::remove_file(path).is_ok() || fs::rename(path, format!("{path}~")).is_ok() {
            println!("ESCAPED: removed {path}");
        }
    }
    let built = format!("{}/target", yard::COURSE);
    for folder in ["/dev/shm", "/var/tmp", "/root", "/run", "..", yard::YARD, yard::COURSE, &built] {
        let path = format!("{folder}/escaped");
        if fs::write(&path, "x").is_ok() || fs::create_dir(&path).is_ok() {
            println!("ESCAPED: wrote {path}");
        }
    }
}
