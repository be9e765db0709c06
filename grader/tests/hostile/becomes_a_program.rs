//! tries: to become another program, which says all is well
//! verdict: passed(contained)

use std::os::unix::process::CommandExt;
use std::process::Command;

pub fn attack() {
    for program in ["/bin/true", "/bin/sh", "/usr/bin/env", "/usr/bin/python3"] {
        let error = Command::new(program).exec();
        if error.kind() != std::io::ErrorKind::PermissionDenied && error.kind() != std::io::ErrorKind::NotFound {
            println!("ESCAPED: {program}: {error}");
        }
    }
}
