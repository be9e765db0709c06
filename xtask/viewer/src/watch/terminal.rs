//! The terminal: taken and given back, and a frame drawn on it. Whatever ends the program gives it back first: a return,
//! a panic, Ctrl-C, SIGTERM, a closed window.

use crossterm::event::{DisableMouseCapture, EnableMouseCapture};
use crossterm::terminal::{self, EnterAlternateScreen, LeaveAlternateScreen};
use crossterm::{cursor, execute};
use std::io::{self, Write};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use unicode_width::UnicodeWidthChar;

static TAKEN: AtomicBool = AtomicBool::new(false);

/// The terminal, for as long as this lives.
pub struct Screen {
    before: Vec<String>,
    colours: bool,
}

impl Screen {
    /// Takes the terminal.
    pub fn take(colours: bool) -> io::Result<Screen> {
        static ONCE: Once = Once::new();
        ONCE.call_once(|| {
            process::on_interrupt(give_back);
            let usual = std::panic::take_hook();
            std::panic::set_hook(Box::new(move |panic| {
                give_back();
                usual(panic);
            }));
        });
        TAKEN.store(true, Ordering::Release);
        terminal::enable_raw_mode()?;
        execute!(io::stdout(), EnterAlternateScreen, EnableMouseCapture, cursor::Hide)?;
        Ok(Screen { before: Vec::new(), colours })
    }

    /// Columns and rows.
    pub fn size(&self) -> (usize, usize) {
        let (columns, rows) = terminal::size().unwrap_or((80, 24));
        (usize::from(columns).max(1), usize::from(rows).max(1))
    }

    /// Draws these lines from the first row on. Only what differs from the last frame is written.
    pub fn draw(&mut self, lines: Vec<String>) -> io::Result<()> {
        let mut out = String::new();
        for (row, line) in lines.iter().enumerate().filter(|(row, line)| self.before.get(*row) != Some(line)) {
            let line = if self.colours { line.clone() } else { anstream::adapter::strip_str(line).to_string() };
            out.push_str(&format!("\u{1b}[{};1H\u{1b}[0m\u{1b}[2K{line}\u{1b}[0m", row + 1));
        }
        if lines.len() < self.before.len() {
            out.push_str(&format!("\u{1b}[{};1H\u{1b}[J", lines.len() + 1));
        }
        self.before = lines;
        if out.is_empty() {
            return Ok(());
        }
        let mut stdout = io::stdout().lock();
        stdout.write_all(out.as_bytes())?;
        stdout.flush()
    }

    /// Forgets what was drawn: the window has another size, or somebody else wrote on it.
    pub fn forget(&mut self) -> io::Result<()> {
        self.before.clear();
        let mut stdout = io::stdout().lock();
        stdout.write_all(b"\x1b[0m\x1b[2J")?;
        stdout.flush()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

/// Gives the terminal back, once. A terminal that is gone needs nothing.
fn give_back() {
    if TAKEN.swap(false, Ordering::AcqRel) {
        let _ = execute!(io::stdout(), DisableMouseCapture, LeaveAlternateScreen, cursor::Show);
        let _ = terminal::disable_raw_mode();
    }
}

/// A line with colours, cut to so many cells; escapes take none, and a tab counts as the blanks that it is shown as.
pub fn cut(line: &str, width: usize) -> String {
    let (mut out, mut cells, mut chars) = (String::new(), 0, line.chars().peekable());
    while let Some(c) = chars.next() {
        if c == '\u{1b}' && chars.peek() == Some(&'[') {
            out.push(c);
            for c in chars.by_ref() {
                out.push(c);
                if c.is_ascii_alphabetic() {
                    break;
                }
            }
            continue;
        }
        let text = if c == '\t' { " ".repeat(4 - cells % 4) } else { c.to_string() };
        let wide = if c == '\t' { text.len() } else { c.width().unwrap_or(0) };
        if cells + wide > width {
            // The sign that something was cut takes the last cell.
            if width > 0 && cells >= width {
                while out.ends_with(' ') && out.len() > 1 {
                    out.pop();
                }
                out.pop();
                out.push('…');
            }
            out.push_str("\u{1b}[0m");
            return out;
        }
        if !c.is_control() || c == '\t' {
            out.push_str(&text);
            cells += wide;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_by_cells_and_keeps_its_colours() {
        let plain = |line: &str, width| anstream::adapter::strip_str(&cut(line, width)).to_string();
        assert_eq!(plain("\u{1b}[1mabc\u{1b}[0m", 3), "abc");
        assert_eq!(plain("abcd", 3), "ab…");
        assert_eq!(plain("при\u{7}вет", 6), "привет");
        assert_eq!(plain("a\tb", 9), "a   b");
        assert_eq!(plain("語語", 3), "語");
        assert!(cut("\u{1b}[31mred and more", 3).starts_with("\u{1b}[31m"));
    }
}
