//! tries: to leave folders behind that nobody may list or remove
//! verdict: passed(contained) | disk

use std::os::unix::fs::DirBuilderExt;

pub fn attack() {
    let _ = std::fs::DirBuilder::new().mode(0o300).create("closed");
    let _ = std::fs::write("closed/file", "x");
    let _ = std::fs::DirBuilder::new().mode(0).create("shut");
}
