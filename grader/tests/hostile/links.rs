//! tries: to leave links behind in its folder, for the grader to follow when it looks or cleans
//! verdict: passed(contained)

use crate::yard;
use std::os::unix::fs::symlink;

pub fn attack() {
    for (name, to) in [("shadow", "/etc/shadow"), ("yard", yard::YARD), ("secret", yard::SECRET), ("self", ".")] {
        if symlink(to, name).is_ok() {
            println!("ESCAPED: made a link to {to}");
        }
        if std::fs::hard_link(to, format!("hard-{name}")).is_ok() {
            println!("ESCAPED: made a second name of {to}");
        }
    }
}
