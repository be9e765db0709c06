//! tries: to keep whoever reads its output busy, with as many starts of frames as it may print
//! verdict: failed

pub fn attack() {
    print!("{}", "\u{2}".repeat((1 << 20) - 4096));
}
