//! tries: to start programs, alone and in sessions of their own, that live on
//! verdict: passed(contained)

use std::process::Command;

pub fn attack() {
    let own = std::env::current_exe().unwrap();
    for program in ["/bin/true", "/bin/sh", "/usr/bin/setsid", "/usr/bin/cc", own.to_str().unwrap()] {
        if Command::new(program).arg("--help").spawn().is_ok() {
            println!("ESCAPED: started {program}");
        }
    }
}
