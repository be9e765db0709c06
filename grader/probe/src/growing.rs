//! Sources that grow while they are followed: inside of `idle` and nowhere else, so that nothing runs beside the
//! student's loop, and nothing waits. They give, read by read, just what a check wants them to give.
//!
//! ```
//! use probe::growing::{Growth, growing, grows};
//! use std::io::BufRead;
//!
//! let (mut source, mut idle) = growing(grows("py"), vec![grows("thon\n"), Growth::default()], false);
//! let mut line = String::new();
//! while !line.ends_with('\n') {
//!     if source.read_line(&mut line).unwrap() == 0 {
//!         assert!(idle().is_continue()); // a mark: "thon\n" is appended
//!     }
//! }
//! assert_eq!(line, "python\n");
//! assert!(idle().is_continue(), "nothing is appended");
//! assert!(idle().is_break(), "there is no more");
//! ```

use crate::mark;
use std::collections::VecDeque;
use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, Read, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

/// Reads at the end of a source since the last call of `idle`; a check runs in a process of its own.
static READS_AT_THE_END: AtomicU32 = AtomicU32::new(0);

/// So many of them say that `idle` will never be called. A loop that calls it needs one, or two.
const PATIENCE: u32 = 10;

/// Each `idle` says so: reads at the end are counted anew.
fn idle_was_called() {
    READS_AT_THE_END.store(0, Ordering::Relaxed);
}

/// Makes a hang into words: panics when its end is read again and again, while nobody calls `idle`.
///
/// ```
/// use probe::growing::Patient;
/// use std::io::BufRead;
///
/// let mut log = Patient("python\n".as_bytes());
/// let endless = probe::catch(|| {
///     let mut line = String::new();
///     while log.read_line(&mut line).is_ok() {}
/// });
/// assert_eq!(endless, Err("10 reads at the end of the source, and no call of `idle`".to_owned()));
/// ```
pub struct Patient<R>(pub R);

impl<R: BufRead> BufRead for Patient<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let piece = self.0.fill_buf()?;
        if piece.is_empty() && READS_AT_THE_END.fetch_add(1, Ordering::Relaxed) == PATIENCE {
            panic!("{PATIENCE} reads at the end of the source, and no call of `idle`");
        }
        Ok(piece)
    }

    fn consume(&mut self, amount: usize) {
        self.0.consume(amount);
    }
}

impl<R: BufRead> Read for Patient<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let amount = self.fill_buf()?.read(buffer)?;
        self.consume(amount);
        Ok(amount)
    }
}

/// What one read of a source gives: bytes, as many as a full buffer would; nothing, which is an end; an error.
#[derive(Clone)]
pub enum Given {
    /// These bytes.
    Piece(Vec<u8>),
    /// Nothing, though more may come later.
    End,
    /// An error of the source's own making, which [`is_own_error`] knows again.
    Fails(io::ErrorKind, String),
    /// An error of the system.
    FailsByNumber(i32),
}

/// Bytes that come in one read.
pub fn piece(bytes: impl Into<Vec<u8>>) -> Given {
    Given::Piece(bytes.into())
}

/// A read that a signal cut short.
pub fn interrupted() -> Given {
    Given::Fails(io::ErrorKind::Interrupted, "a signal".to_owned())
}

/// What one call of `idle` appends.
#[derive(Clone, Default)]
pub struct Growth {
    /// What one read gives, each. None at all: it is called, and nothing is appended.
    pub pieces: Vec<Given>,
    /// Whether this call is the last, and says so by `Break`.
    pub then_break: bool,
}

/// What one `idle` appends, given in one piece.
pub fn grows(bytes: impl Into<Vec<u8>>) -> Growth {
    gives([piece(bytes)])
}

/// What one `idle` appends, read by read.
pub fn gives(pieces: impl Into<Vec<Given>>) -> Growth {
    Growth { pieces: pieces.into(), then_break: false }
}

/// What a read gives, as it is shown: text as text, `\xd0` for a byte that is but a part of a character.
///
/// ```
/// assert_eq!(probe::growing::shown(&probe::growing::piece(b"py\xd0")), r#""py\xd0""#);
/// ```
pub fn shown(given: &Given) -> String {
    let bytes = match given {
        Given::Piece(bytes) => bytes,
        Given::End => return "an end".to_owned(),
        Given::Fails(kind, message) => return format!("{kind:?}, {message:?}"),
        Given::FailsByNumber(number) => return format!("the system's error {number}"),
    };
    let mut text = String::from("\"");
    for chunk in bytes.utf8_chunks() {
        text += format!("{:?}", chunk.valid()).strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap();
        text.extend(chunk.invalid().iter().map(|byte| format!("\\x{byte:02x}")));
    }
    text + "\""
}

/// What several reads give.
pub fn all_shown(pieces: &[Given]) -> String {
    if pieces.is_empty() {
        return "nothing".to_owned();
    }
    pieces.iter().map(shown).collect::<Vec<_>>().join(" + ")
}

/// An error that a source makes, and that can be told from one that only looks like it.
struct Fault(String);

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Fault {}

/// Whether it is the very error that [`Given::Fails`] gave, and not one that was made after it.
pub fn is_own_error(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<Fault>())
}

/// An `idle` that hands what grows to `append`, one growth a call, and breaks when there is no more.
pub fn idle(growths: Vec<Growth>, mut append: impl FnMut(&Growth)) -> impl FnMut() -> ControlFlow<()> {
    let mut growths = growths.into_iter();
    move || {
        idle_was_called();
        let Some(growth) = growths.next() else {
            mark!("idle: Break");
            return ControlFlow::Break(());
        };
        append(&growth);
        let what = all_shown(&growth.pieces);
        if growth.then_break {
            mark!("idle: {what} is appended, and Break");
            return ControlFlow::Break(());
        }
        mark!("idle: {what} is appended");
        ControlFlow::Continue(())
    }
}

/// An `idle` that appends nothing, and breaks at this call of it.
pub fn breaks_at(last: usize, told: bool) -> impl FnMut() -> ControlFlow<()> + use<> {
    let mut calls = 0;
    move || {
        idle_was_called();
        calls += 1;
        if calls < last {
            if told {
                mark!("idle: Continue");
            }
            return ControlFlow::Continue(());
        }
        mark!("idle: Break, call {calls}");
        ControlFlow::Break(())
    }
}

/// A source that is not a file: it says where one read ends and the next begins.
struct Source {
    unread: Arc<Mutex<VecDeque<Given>>>,
    piece: io::Cursor<Vec<u8>>,
    told: bool,
}

impl BufRead for Source {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.piece.fill_buf()?.is_empty() {
            let given = self.unread.lock().unwrap().pop_front().unwrap_or(Given::End);
            match &given {
                Given::End if self.told => mark!("a read gives nothing: an end"),
                Given::Piece(_) if self.told => mark!("a read gives {}", shown(&given)),
                _ if self.told => mark!("a read fails: {}", shown(&given)),
                _ => {}
            }
            match given {
                Given::Piece(bytes) => self.piece = io::Cursor::new(bytes),
                Given::End => {}
                Given::Fails(kind, message) => return Err(io::Error::new(kind, Fault(message))),
                Given::FailsByNumber(number) => return Err(io::Error::from_raw_os_error(number)),
            }
        }
        self.piece.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.piece.consume(amount);
    }
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let amount = self.fill_buf()?.read(buffer)?;
        self.consume(amount);
        Ok(amount)
    }
}

/// A source that holds `first`, and the `idle` that makes it grow. With `told`, a mark says what each read gives.
pub fn growing(
    first: Growth,
    growths: Vec<Growth>,
    told: bool,
) -> (impl BufRead, impl FnMut() -> ControlFlow<()> + use<>) {
    let unread = Arc::new(Mutex::new(VecDeque::from(first.pieces)));
    let source = Source { unread: unread.clone(), piece: io::Cursor::default(), told };
    let idle = idle(growths, move |growth| unread.lock().unwrap().extend(growth.pieces.iter().cloned()));
    (Patient(source), idle)
}

/// A file that holds `old`, and the `idle` that appends to it.
pub fn growing_file(path: &Path, old: &str, growths: Vec<Growth>) -> impl FnMut() -> ControlFlow<()> + use<> {
    File::create(path).unwrap().write_all(old.as_bytes()).unwrap();
    let path = PathBuf::from(path);
    idle(growths, move |growth| {
        OpenOptions::new().append(true).open(&path).unwrap().write_all(&bytes_of(&growth.pieces)).unwrap();
    })
}

fn bytes_of(pieces: &[Given]) -> Vec<u8> {
    let bytes =
        pieces.iter().filter_map(|given| if let Given::Piece(bytes) = given { Some(bytes.clone()) } else { None });
    bytes.flatten().collect()
}
