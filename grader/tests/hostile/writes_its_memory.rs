//! tries: to change its own code and constants, by the file of its memory
//! verdict: passed(contained)

pub fn attack() {
    for path in ["/proc/self/mem", "/proc/thread-self/mem", "/proc/self/task/../mem"] {
        if std::fs::OpenOptions::new().write(true).open(path).is_ok() {
            println!("ESCAPED: opened {path} to write to it");
        }
    }
}
