//! tries: to run before the probe's first word
//! verdict: does-not-compile

#[allow(unsafe_code)]
#[unsafe(link_section = ".init_array")]
#[used]
static FIRST: extern "C" fn() = first;

extern "C" fn first() {
    std::process::exit(64);
}

pub fn attack() {}
