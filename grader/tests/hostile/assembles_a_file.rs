//! tries: to have the assembler read a file
//! verdict: does-not-compile

std::arch::global_asm!(".incbin \"/etc/passwd\"");

pub fn attack() {}
