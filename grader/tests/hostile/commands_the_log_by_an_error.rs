//! tries: to command a terminal and a workflow's log by the compiler's error
//! verdict: does-not-compile

compile_error!("\u{1b}[2J\u{9b}31m\u{202e}::error::x ##[error]y\r\n```\n</details><script>linker `cc` (os error 28)");

pub fn attack() {}
