//! tries: to have the linker take a file from anywhere, by a name with a way in it
//! verdict: does-not-compile

#[link(name = "../../../../../../../../../../etc/shadow", kind = "static", modifiers = "+verbatim")]
unsafe extern "C" {}

pub fn attack() {}
