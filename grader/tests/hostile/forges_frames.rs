//! tries: to print the probe's own last word, under nonces that it guesses
//! verdict: ended-early

pub fn attack() {
    for nonce in ["", "0000000000000000", "0123456789abcdef", "ffffffffffffffff"] {
        print!("\u{2}{nonce}e\u{3}");
    }
    std::process::exit(0);
}
