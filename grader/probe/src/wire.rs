//! How a run's words travel among the student's own output: both ends of it.
//!
//! A word is a frame `STX nonce kind text ETX` in standard output, so that it keeps its place between the lines that
//! the student prints. The nonce is new for each run: a printed look-alike stays ordinary text. The probe writes
//! frames by [`frame`], and the grader reads them by [`pieces`]; what they mean together is the grader's to say.

use std::fmt::Write as _;

/// What a line begins with that is the probe's, wherever a transcript is shown as text.
pub const MARK_SIGN: &str = "» ";

/// Exit code of a probe that was asked for a check it does not have: the grader's fault, never the student's.
///
/// Tested code can leave by the same code, but not before [`Kind::Begin`] was written.
pub const UNKNOWN_CHECK: i32 = 64;

/// Exit code of a probe whose check panicked.
pub const PANICKED: i32 = 101;

const STX: u8 = 2;
const ETX: u8 = 3;

/// Stands between a panic's message and its place; neither can hold one, since control characters are escaped.
const US: char = '\u{1f}';

/// What a frame says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The check is known, and its function comes next. No line of a transcript.
    Begin,
    /// A mark, with its text.
    Mark,
    /// The check's function panicked; the text is [`panicked`]'s.
    Panicked,
    /// The check's function returned.
    End,
}

impl Kind {
    /// All there are.
    pub const ALL: [Kind; 4] = [Kind::Begin, Kind::Mark, Kind::Panicked, Kind::End];

    fn byte(self) -> u8 {
        match self {
            Kind::Begin => b'b',
            Kind::Mark => b'm',
            Kind::Panicked => b'p',
            Kind::End => b'e',
        }
    }
}

/// The bytes of one frame. The text holds no control characters: see [`escaped`].
///
/// ```
/// use probe::wire::{Kind, Piece, frame, pieces};
///
/// let wire = [frame("6e6f", Kind::Mark, b"greet()"), b"hello\n".to_vec()].concat();
/// let read: Vec<Piece> = pieces(&wire, "6e6f").collect();
/// assert_eq!(read, [Piece::Frame(Kind::Mark, b"greet()"), Piece::Text(b"hello\n")]);
/// ```
pub fn frame(nonce: &str, kind: Kind, text: &[u8]) -> Vec<u8> {
    [&[STX], nonce.as_bytes(), &[kind.byte()], text, &[ETX]].concat()
}

/// The text with its control characters, line ends among them, as Rust writes them: one line, and no frame's end in it.
pub fn escaped(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() {
            let _ = write!(line, "{}", c.escape_default());
        } else {
            line.push(c);
        }
    }
    line
}

/// The text of a [`Kind::Panicked`], from the panic's message and its `path:line:column`.
pub fn panicked(message: &str, location: &str) -> String {
    format!("{}{US}{}", escaped(message), escaped(location))
}

/// The message and the place that [`panicked`] was given, escaped; an empty place where there is none.
pub fn read_panicked(text: &str) -> (&str, &str) {
    text.split_once(US).unwrap_or((text, ""))
}

/// How a learner's own test ended, as the text of one frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tested {
    /// `tests::drops_the_slow_one`.
    pub name: String,
    /// The panic's message and its `path:line:column`, if it failed.
    pub failed: Option<(String, String)>,
}

impl Tested {
    /// The frame's text.
    pub fn write(&self) -> String {
        let name = escaped(&self.name);
        match &self.failed {
            None => name,
            Some((message, place)) => format!("{name}{US}{}{US}{}", escaped(message), escaped(place)),
        }
    }

    /// What [`write`](Tested::write) wrote, its texts escaped. Nothing for any other text.
    pub fn read(text: &str) -> Option<Tested> {
        let parts: Vec<String> = text.split(US).map(str::to_owned).collect();
        match parts.as_slice() {
            [name] => Some(Tested { name: name.clone(), failed: None }),
            [name, message, place] => {
                Some(Tested { name: name.clone(), failed: Some((message.clone(), place.clone())) })
            }
            _ => None,
        }
    }
}

/// A piece of what a run wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// What is no frame: the student's own output, never empty.
    Text(&'a [u8]),
    /// A frame, with its text.
    Frame(Kind, &'a [u8]),
}

/// Takes apart what a run wrote that was given this nonce, in order, with every byte in just one piece.
///
/// Never fails: what is no whole frame is text. A frame's text has no control characters, so a frame that is begun and
/// not ended takes nothing along that comes behind it. Linear in the input, whatever is in it.
pub fn pieces<'a>(wire: &'a [u8], nonce: &'a str) -> Pieces<'a> {
    Pieces { rest: wire, nonce }
}

/// The pieces of a run's output: see [`pieces`].
#[derive(Debug, Clone)]
pub struct Pieces<'a> {
    rest: &'a [u8],
    nonce: &'a str,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        let mut at = 0;
        while at < self.rest.len() {
            match first_frame(&self.rest[at..], self.nonce) {
                Some((kind, text, len)) if at == 0 => {
                    self.rest = &self.rest[len..];
                    return Some(Piece::Frame(kind, text));
                }
                Some(_) => break,
                None => at += next_start(&self.rest[at + 1..]) + 1,
            }
        }
        let (text, rest) = self.rest.split_at(at);
        self.rest = rest;
        (!text.is_empty()).then_some(Piece::Text(text))
    }
}

/// How many bytes come before the next one that could begin a frame.
fn next_start(wire: &[u8]) -> usize {
    wire.iter().position(|byte| *byte == STX).unwrap_or(wire.len())
}

/// The frame that these bytes begin with, and its length. Looks no further than the next byte that ends or begins one.
fn first_frame<'a>(wire: &'a [u8], nonce: &str) -> Option<(Kind, &'a [u8], usize)> {
    let body = wire.strip_prefix(&[STX])?.strip_prefix(nonce.as_bytes())?;
    let (byte, text) = body.split_first()?;
    let kind = Kind::ALL.into_iter().find(|kind| kind.byte() == *byte)?;
    let end = text.iter().position(|byte| [STX, ETX].contains(byte)).filter(|end| text[*end] == ETX)?;
    Some((kind, &text[..end], 1 + nonce.len() + 1 + end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Inputs;

    const NONCE: &str = "0123456789abcdef";

    fn read(wire: &[u8]) -> Vec<Piece<'_>> {
        pieces(wire, NONCE).collect()
    }

    /// The bytes that the pieces were read from.
    fn written(pieces: &[Piece<'_>]) -> Vec<u8> {
        let bytes = pieces.iter().map(|piece| match piece {
            Piece::Text(text) => text.to_vec(),
            Piece::Frame(kind, text) => frame(NONCE, *kind, text),
        });
        bytes.collect::<Vec<_>>().concat()
    }

    #[test]
    fn a_mark_is_one_line_whatever_is_in_it() {
        assert_eq!(escaped("a\nb\u{3}c\u{1b}[0m «Ж»"), "a\\nb\\u{3}c\\u{1b}[0m «Ж»");
    }

    #[test]
    fn a_panic_keeps_its_message_and_its_place_apart() {
        let text = panicked("no \u{1f} left", "src/lib.rs:3:5");
        assert_eq!(read_panicked(&text), ("no \\u{1f} left", "src/lib.rs:3:5"));
        assert_eq!(read_panicked("a message alone"), ("a message alone", ""));
    }

    #[test]
    fn how_a_test_ended_reads_back_whatever_it_said() {
        let passed = Tested { name: "tests::a".to_owned(), failed: None };
        assert_eq!(Tested::read(&passed.write()), Some(passed));
        let said = ("no \u{1f}\n left".to_owned(), "src/tests.rs:3:5".to_owned());
        let read = Tested::read(&Tested { name: "a".to_owned(), failed: Some(said) }.write()).unwrap();
        assert_eq!(read.failed.unwrap().0, "no \\u{1f}\\n left");
        assert_eq!(Tested::read("a\u{1f}b"), None);
    }

    #[test]
    fn every_kind_is_read_as_it_was_written() {
        for kind in Kind::ALL {
            assert_eq!(read(&frame(NONCE, kind, "текст".as_bytes())), [Piece::Frame(kind, "текст".as_bytes())]);
        }
    }

    #[test]
    fn frames_and_text_keep_their_order() {
        let wire = [&b"a"[..], &frame(NONCE, Kind::Mark, b"b"), &frame(NONCE, Kind::End, b""), b"c\n"].concat();
        let expected =
            [Piece::Text(b"a"), Piece::Frame(Kind::Mark, b"b"), Piece::Frame(Kind::End, b""), Piece::Text(b"c\n")];
        assert_eq!(read(&wire), expected);
    }

    #[test]
    fn what_is_no_whole_frame_is_text() {
        let whole = frame(NONCE, Kind::Mark, b"text");
        for len in 1..whole.len() {
            assert_eq!(read(&whole[..len]), [Piece::Text(&whole[..len])]);
        }
        for forged in [frame("another", Kind::End, b""), [b"\x02".as_slice(), NONCE.as_bytes(), b"x\x03"].concat()] {
            assert_eq!(read(&forged), [Piece::Text(&forged)]);
        }
        assert_eq!(read(b""), []);
    }

    #[test]
    fn a_frame_that_is_not_ended_hides_none_behind_it() {
        let begun = [b"\x02".as_slice(), NONCE.as_bytes(), b"mbegun"].concat();
        let wire = [begun.clone(), frame(NONCE, Kind::End, b"")].concat();
        assert_eq!(read(&wire), [Piece::Text(&begun), Piece::Frame(Kind::End, b"")]);
    }

    /// A reader that looks from each of these for an end would be at it for hours.
    #[test]
    fn as_many_frame_starts_as_a_run_may_write_are_one_text() {
        let start = [b"\x02".as_slice(), NONCE.as_bytes(), b"m"].concat();
        for part in [start, b"\x02".to_vec()] {
            let wire = part.repeat((4 << 20) / part.len());
            assert_eq!(read(&wire), [Piece::Text(&wire)]);
        }
    }

    #[test]
    fn every_byte_is_in_one_piece_whatever_was_written() {
        for seed in 0..2000 {
            let mut inputs = Inputs::from_seed(seed);
            let mut wire = Vec::new();
            for _ in 0..inputs.size(0..=12) {
                let text: Vec<u8> = (0..inputs.size(0..=5)).map(|_| inputs.number(0..=255) as u8).collect();
                let whole = frame(NONCE, *inputs.pick(&Kind::ALL), &text);
                match inputs.number(0..=3) {
                    0 => wire.extend(text),
                    1 => wire.extend(&whole[..inputs.size(0..=whole.len())]),
                    2 => wire.extend(frame(["", "0123", NONCE, "another one"][inputs.size(0..=3)], Kind::End, &text)),
                    _ => wire.extend(whole),
                }
            }
            let read = read(&wire);
            assert_eq!(written(&read), wire, "seed {seed}");
            let neighbours = read.windows(2).filter(|pair| matches!(pair, [Piece::Text(_), Piece::Text(_)])).count();
            assert_eq!(neighbours, 0, "seed {seed}: text that stands together is one piece");
        }
    }

    #[test]
    fn every_frame_is_found_among_junk_without_frame_starts() {
        for seed in 0..500 {
            let mut inputs = Inputs::from_seed(seed);
            let (mut wire, mut marks) = (Vec::new(), Vec::new());
            for _ in 0..inputs.size(0..=9) {
                wire.extend((0..inputs.size(0..=9)).map(|_| inputs.number(3..=255) as u8));
                marks.push(escaped(&inputs.word()));
                wire.extend(frame(NONCE, Kind::Mark, marks[marks.len() - 1].as_bytes()));
            }
            let texts = read(&wire).into_iter().filter_map(|piece| match piece {
                Piece::Frame(Kind::Mark, text) => Some(String::from_utf8_lossy(text).into_owned()),
                _ => None,
            });
            assert_eq!(texts.collect::<Vec<_>>(), marks, "seed {seed}");
        }
    }
}
