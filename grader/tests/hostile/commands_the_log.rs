//! tries: to command a terminal and a workflow's log by what it prints and panics with
//! verdict: failed

pub fn attack() {
    println!("\u{1b}[2J\u{1b}]0;title\u{7}\u{9b}31m\u{202e}::error::x ##[error]y ::stop-commands::z");
    panic!("\u{1b}[2J##[error]x \u{9b}31m \u{202e}::warning::y\r\n```\n</details><script>");
}
