//! tries: to call the C library without the word that the course forbids
//! verdict: does-not-compile

unsafe extern "C" {
    pub safe fn getppid() -> i32;
}

pub fn attack() {
    println!("{}", getppid());
}
