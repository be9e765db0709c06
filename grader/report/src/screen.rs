//! The terminal: how wide it is, and what may be printed on it. With the programs' own `main`, all that prints.

use anstream::{AutoStream, ColorChoice};
use grader::error::{Error, Result};
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::Path;

/// Prints text with colours, which are taken out where they don't belong: into a pipe, or under `NO_COLOR`.
///
/// A reader that went away is no error: whoever asked has seen enough. Any other failed write is the machine's.
pub fn print(text: &str) -> Result<()> {
    written(AutoStream::new(io::stdout().lock(), choice(is_terminal())), text)
}

/// Like [`print`], and tells whether anybody still reads: for what would else go on for ever.
pub fn print_to_reader(text: &str) -> Result<bool> {
    let mut out = AutoStream::new(io::stdout().lock(), choice(is_terminal()));
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(Error::io("write to", Path::new("standard output"), error)),
    }
}

/// Whether texts on the terminal have colours.
pub fn has_colours() -> bool {
    choice(is_terminal()) != ColorChoice::Never
}

/// Prints data for other programs, to the letter. Fails like [`print`].
pub fn data(text: &str) -> Result<()> {
    written(io::stdout().lock(), text)
}

fn written(mut out: impl Write, text: &str) -> Result<()> {
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Error::io("write to", Path::new("standard output"), error))
        }
        _ => Ok(()),
    }
}

/// Says an error.
pub fn error(text: &str) {
    passing("");
    let mut out = AutoStream::new(io::stderr().lock(), choice(io::stderr().is_terminal()));
    let bad = anstyle::AnsiColor::Red.on_default().bold();
    let _ = writeln!(out, "{bad}error{bad:#}: {text}");
}

/// Says that something takes long. Only to somebody who watches.
pub fn note(text: &str) {
    if io::stderr().is_terminal() {
        let mut out = AutoStream::new(io::stderr().lock(), choice(true));
        let faint = anstyle::Style::new().dimmed();
        let _ = writeln!(out, "{faint}{text} …{faint:#}");
    }
}

/// Shows a line in place of the last one that was shown so; an empty one takes it away. Only to somebody who watches.
pub fn passing(line: &str) {
    if io::stderr().is_terminal() {
        let mut out = io::stderr().lock();
        let faint =
            if choice(true) == ColorChoice::Never { anstyle::Style::new() } else { anstyle::Style::new().dimmed() };
        let line: String = line.chars().take(width().saturating_sub(1)).collect();
        let _ = write!(out, "\r\u{1b}[K{faint}{line}{faint:#}");
        let _ = out.flush();
    }
}

fn choice(terminal: bool) -> ColorChoice {
    match AutoStream::choice(&io::stdout()) {
        ColorChoice::Auto | ColorChoice::Always if !terminal => ColorChoice::Never,
        choice => choice,
    }
}

/// Whether somebody watches what is printed.
pub fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Whether what is printed has a right edge: the terminal's, or one that was asked for. A pipe has none.
pub fn has_an_edge() -> bool {
    is_terminal() || columns().is_some()
}

/// Bytes that are free on the disk where this folder lies; nothing where the system does not tell.
pub fn free_disk(folder: &Path) -> Option<u64> {
    #[cfg(unix)]
    return rustix::fs::statvfs(folder).ok().map(|about| about.f_bavail.saturating_mul(about.f_frsize));
    #[cfg(not(unix))]
    {
        let _ = folder;
        None
    }
}

fn columns() -> Option<usize> {
    std::env::var("COLUMNS").ok()?.parse().ok()
}

/// Cells from the left edge to the right: the terminal's, within what reads well; 100 where there is none.
pub fn width() -> usize {
    let terminal = || {
        #[cfg(unix)]
        if is_terminal() {
            return rustix::termios::tcgetwinsize(io::stdout()).ok().map(|size| usize::from(size.ws_col));
        }
        None
    };
    terminal().or_else(columns).filter(|width| *width > 0).unwrap_or(100).clamp(40, 140)
}
