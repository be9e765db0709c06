//! The terminal: how wide it is, and what may be printed on it.

use anstream::{AutoStream, ColorChoice};
use std::io::{IsTerminal, Write};

/// Prints text with colours, which are taken out where they don't belong: into a pipe, or under `NO_COLOR`.
/// A reader that went away is no error.
pub fn print(text: &str) {
    let mut out = AutoStream::new(std::io::stdout().lock(), choice(std::io::stdout().is_terminal()));
    if out.write_all(text.as_bytes()).and_then(|()| out.flush()).is_err() {
        std::process::exit(0);
    }
}

/// Prints data for other programs, to the letter.
pub fn data(text: &str) {
    let mut out = std::io::stdout().lock();
    if out.write_all(text.as_bytes()).and_then(|()| out.flush()).is_err() {
        std::process::exit(0);
    }
}

/// Says an error.
pub fn error(text: &str) {
    let mut out = AutoStream::new(std::io::stderr().lock(), choice(std::io::stderr().is_terminal()));
    let bad = anstyle::AnsiColor::Red.on_default().bold();
    let _ = writeln!(out, "{bad}error{bad:#}: {text}");
}

/// Says that something takes long. Only to somebody who watches.
pub fn note(text: &str) {
    if std::io::stderr().is_terminal() {
        let mut out = AutoStream::new(std::io::stderr().lock(), choice(true));
        let faint = anstyle::Style::new().dimmed();
        let _ = writeln!(out, "{faint}{text} …{faint:#}");
    }
}

fn choice(terminal: bool) -> ColorChoice {
    match AutoStream::choice(&std::io::stdout()) {
        ColorChoice::Auto | ColorChoice::Always if !terminal => ColorChoice::Never,
        choice => choice,
    }
}

/// Cells from the left edge to the right: the terminal's, within what reads well; 100 where there is none.
pub fn width() -> usize {
    let terminal = || {
        #[cfg(unix)]
        if std::io::stdout().is_terminal() {
            return rustix::termios::tcgetwinsize(std::io::stdout()).ok().map(|size| usize::from(size.ws_col));
        }
        None
    };
    let asked = || std::env::var("COLUMNS").ok()?.parse().ok();
    terminal().or_else(asked).filter(|width| *width > 0).unwrap_or(100).clamp(40, 140)
}
