//! tries: to end with a panic's code without one
//! verdict: ended-early

pub fn attack() {
    std::process::exit(101);
}
