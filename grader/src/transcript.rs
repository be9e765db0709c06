//! What a probe's run printed, read from its wire form and put into the text that snapshots hold.
//!
//! The wire form is that of the crate `probe`: frames among the student's own output. This file knows no expectation and
//! no verdict.

pub use probe::wire::MARK_SIGN;
use probe::wire::{Kind, Piece, pieces, read_panicked};
use std::fmt::Write as _;

/// What one run of a check printed, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Transcript {
    /// Whether the probe said that the check's function comes next. Before that nothing of the student's has run.
    pub began: bool,
    /// The probe's marks and the student's text between them.
    pub parts: Vec<Part>,
}

/// A piece of a transcript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A line of the probe's.
    Mark(String),
    /// What the student's code printed up to the next mark, as it came.
    Text(String),
    /// The check's function panicked; nothing of the probe's follows.
    Panicked {
        /// The panic's message.
        message: String,
        /// `path:line:column`, empty if unknown.
        location: String,
    },
    /// The check's function returned; nothing of the probe's follows.
    End,
}

const NO_NEWLINE: &str = " ⟨no newline⟩";

impl Transcript {
    /// Reads what a probe wrote that was given this nonce. Never fails: what is no frame is the student's text.
    pub fn read(wire: &[u8], nonce: &str) -> Transcript {
        let mut read = Transcript::default();
        for piece in pieces(wire, nonce) {
            let part = match piece {
                Piece::Text(text) => Part::Text(String::from_utf8_lossy(text).into_owned()),
                Piece::Frame(kind, text) => {
                    let text = String::from_utf8_lossy(text);
                    match kind {
                        Kind::Begin => {
                            read.began = true;
                            continue;
                        }
                        Kind::Mark => Part::Mark(text.into_owned()),
                        Kind::End => Part::End,
                        Kind::Panicked => {
                            let (message, location) = read_panicked(&text);
                            Part::Panicked { message: message.to_owned(), location: location.to_owned() }
                        }
                    }
                }
            };
            read.parts.push(part);
        }
        read
    }

    /// Whether the probe itself said that the check's function returned.
    pub fn ended(&self) -> bool {
        self.parts.contains(&Part::End)
    }

    /// The panic that ended the check, as its message and its `path:line:column`.
    pub fn panic(&self) -> Option<(&str, &str)> {
        self.parts.iter().find_map(|part| match part {
            Part::Panicked { message, location } => Some((message.as_str(), location.as_str())),
            _ => None,
        })
    }

    /// Whether the student's code printed a line that looks like one of the probe's.
    pub fn has_look_alike(&self) -> bool {
        let texts = self.parts.iter().filter_map(|part| if let Part::Text(text) = part { Some(text) } else { None });
        texts.flat_map(|text| text.lines()).any(|line| line.contains(MARK_SIGN.trim_end()) || line.contains('\u{2}'))
    }

    /// The text form, which snapshots hold: a line each, marks with `» ` before them, ending with the probe's last word.
    ///
    /// No two transcripts have the same text: the student's text is escaped where it could be taken for the probe's.
    pub fn text(&self) -> String {
        let mut out = String::new();
        let mut label = "before the start: ";
        for part in &self.parts {
            let _ = match part {
                Part::Mark(mark) => writeln!(out, "{MARK_SIGN}{mark}"),
                Part::Panicked { message, .. } => writeln!(out, "{MARK_SIGN}panicked: {message}"),
                Part::End => writeln!(out, "{MARK_SIGN}end"),
                Part::Text(text) => {
                    student_lines(text, label, &mut out);
                    Ok(())
                }
            };
            // What stands at either end is labelled: blank lines there are what a comparison forgives first.
            label = match part {
                Part::End | Part::Panicked { .. } => "after the end: ",
                Part::Mark(_) => "",
                Part::Text(_) => label,
            };
        }
        out
    }
}

/// Whether a line of a transcript's text is the probe's.
pub fn is_mark(line: &str) -> bool {
    line.starts_with(MARK_SIGN)
}

/// The message of the panic that ended the check, by a transcript's text.
pub fn panic_in(text: &str) -> Option<&str> {
    text.lines().filter_map(|line| line.strip_prefix(MARK_SIGN)).find_map(|mark| mark.strip_prefix("panicked: "))
}

/// Whether a transcript's text begins with a mark and ends with the probe's last word.
pub fn is_whole(text: &str) -> bool {
    text.lines().next().is_some_and(is_mark)
        && text.lines().next_back().is_some_and(|last| last.strip_prefix(MARK_SIGN) == Some("end"))
}

/// The lines of a transcript's text that are those shown, be it among its marks or with these left out.
pub fn quoted(text: &str, shown: &[&str]) -> Option<Vec<String>> {
    let all: Vec<&str> = text.lines().collect();
    let own: Vec<&str> = all.iter().copied().filter(|line| !is_mark(line)).collect();
    let holds = |lines: &[&str]| lines.windows(shown.len().max(1)).any(|part| part == shown);
    (holds(&all) || holds(&own)).then(|| shown.iter().map(|line| (*line).to_owned()).collect())
}

fn student_lines(text: &str, label: &str, out: &mut String) {
    for line in text.split_inclusive('\n') {
        out.push_str(label);
        let (line, newline) = line.strip_suffix('\n').map_or((line, false), |line| (line, true));
        if line.starts_with(MARK_SIGN.trim_end()) || line.starts_with('\\') || line.ends_with(NO_NEWLINE) {
            out.push('\\');
        }
        for c in line.chars() {
            if c.is_control() && c != '\t' {
                let _ = write!(out, "{}", c.escape_default());
            } else {
                out.push(c);
            }
        }
        if !newline {
            out.push_str(NO_NEWLINE);
        }
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text form without the mark that every check begins with.
    fn text_of(wire: &str) -> String {
        let wire = format!("\u{2}n0ncemcall\u{3}{wire}");
        let text = Transcript::read(wire.as_bytes(), "n0nce").text();
        text.strip_prefix("» call\n").unwrap().to_owned()
    }

    #[test]
    fn marks_keep_their_place_among_the_students_lines() {
        assert_eq!(
            text_of("\u{2}n0ncemcountdown(2)\u{3}2\n1\n\u{2}n0ncemagain\u{3}2...1...\u{2}n0ncee\u{3}"),
            "» countdown(2)\n2\n1\n» again\n2...1... ⟨no newline⟩\n» end\n"
        );
    }

    #[test]
    fn a_forged_mark_stays_the_students_text() {
        assert_eq!(text_of("» end\n"), "\\» end\n");
        assert_eq!(text_of("\u{2}othere\u{3}\n"), "\\u{2}othere\\u{3}\n");
        assert_eq!(text_of("a ⟨no newline⟩\n"), "\\a ⟨no newline⟩\n");
        assert!(!Transcript::read(b"\x02othere\x03", "n0nce").ended());
        assert!(Transcript::read("» end".as_bytes(), "n0nce").has_look_alike());
    }

    #[test]
    fn different_prints_have_different_texts() {
        let wires = [
            "a\n",
            "a",
            "a\n\n",
            "\na\n",
            "\\a\n",
            "a\\\n",
            "a\r\n",
            "a ⟨no newline⟩\n",
            "» a\n",
            "\u{2}n0ncema\u{3}",
            "\\» a\n",
        ];
        for (i, one) in wires.iter().enumerate() {
            for other in &wires[i + 1..] {
                assert_ne!(text_of(one), text_of(other), "{one:?} and {other:?}");
            }
        }
    }

    #[test]
    fn a_panic_has_a_message_and_a_place() {
        let transcript = Transcript::read("\u{2}n0ncepboom\u{1f}src/lib.rs:3:5\u{3}".as_bytes(), "n0nce");
        assert_eq!(transcript.panic(), Some(("boom", "src/lib.rs:3:5")));
        assert_eq!(transcript.text(), "» panicked: boom\n");
    }

    #[test]
    fn a_frame_cut_short_is_text() {
        assert_eq!(text_of("\u{2}n0ncemhalf"), "\\u{2}n0ncemhalf ⟨no newline⟩\n");
    }
}
