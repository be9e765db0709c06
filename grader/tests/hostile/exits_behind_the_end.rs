//! tries: to end with a code of its own once all is printed
//! verdict: ended-early | signal

struct Late;

impl Drop for Late {
    fn drop(&mut self) {
        std::process::exit(3);
    }
}

thread_local!(static LATE: Late = const { Late });

pub fn attack() {
    LATE.with(|_| ());
}
