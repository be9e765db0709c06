//! tries: to start over as the same probe, which is then asked for no check and says that the grader is at fault
//! verdict: ended-early

use std::os::unix::process::CommandExt;

pub fn attack() {
    let error = std::process::Command::new(std::env::current_exe().unwrap()).exec();
    println!("could not: {error}");
    std::process::exit(64);
}
