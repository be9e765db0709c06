//! tries: to read accounts, the expected answers, the solutions, and a neighbour's work
//! verdict: passed(contained)

use crate::yard;

pub fn attack() {
    let course = ["grader/checks/lesson-05-timeit/snapshots/slide@0.snap", "solutions/lesson-05-timeit/src/lib.rs"];
    let course = course.iter().flat_map(|path| [yard::COURSE, yard::ORIGINAL].map(|root| format!("{root}/{path}")));
    let others = ["/etc/passwd", "/etc/shadow", yard::SECRET, "/proc/1/environ", "/proc/kcore", "/dev/sda"];
    for path in course.chain(others.map(str::to_owned)) {
        if std::fs::File::open(&path).is_ok() {
            println!("ESCAPED: read {path}");
        }
    }
    for path in ["/root", "/home", "/var", yard::COURSE, &format!("{}/target", yard::COURSE)] {
        if std::fs::read_dir(path).is_ok_and(|entries| entries.count() > 0) {
            println!("ESCAPED: listed {path}");
        }
    }
}
