//! tries: to end with the code by which a probe says that the grader is at fault
//! verdict: ended-early

pub fn attack() {
    std::process::exit(64);
}
