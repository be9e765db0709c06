//! tries: to make its files another's to run, and to change the times of others
//! verdict: passed(contained)

use crate::yard;
use std::fs::{self, File, Permissions};
use std::os::unix::fs::{PermissionsExt, chown};
use std::time::SystemTime;

pub fn attack() {
    fs::write("own", "x").unwrap();
    let attempts = [
        ("a file of another's rights", fs::set_permissions("own", Permissions::from_mode(0o6777)).is_ok()),
        ("rights of another's file", fs::set_permissions(yard::SECRET, Permissions::from_mode(0o600)).is_ok()),
        ("an owner", chown(yard::SECRET, Some(0), Some(0)).is_ok()),
        ("times", File::open(yard::SECRET).is_ok_and(|file| file.set_modified(SystemTime::UNIX_EPOCH).is_ok())),
    ];
    for (what, done) in attempts {
        if done {
            println!("ESCAPED: changed {what}");
        }
    }
}
