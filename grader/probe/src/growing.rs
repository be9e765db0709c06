//! Logs that grow while they are followed: inside of `idle` and nowhere else, so that nothing runs beside the student's
//! loop, and nothing waits.
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

/// What one call of `idle` appends. A read gives one piece at the most, as a full buffer would.
#[derive(Clone, Default)]
pub struct Growth {
    /// Each of them is what one read gives. None at all: it is called, and nothing is appended.
    pub pieces: Vec<Vec<u8>>,
    /// Whether this call is the last, and says so by `Break`.
    pub then_break: bool,
}

/// What one `idle` appends, given in one piece.
pub fn grows(piece: impl Into<Vec<u8>>) -> Growth {
    Growth { pieces: vec![piece.into()], then_break: false }
}

/// The pieces as they are shown: text as text, `\xd0` for a byte that is but a part of a character.
///
/// ```
/// let pieces = [b"py".to_vec(), b"\xd0".to_vec()];
/// assert_eq!(probe::growing::shown(&pieces), r#""py" + "\xd0""#);
/// ```
pub fn shown(pieces: &[Vec<u8>]) -> String {
    let shown = pieces.iter().map(|piece| {
        let mut text = String::from("\"");
        for chunk in piece.utf8_chunks() {
            text += format!("{:?}", chunk.valid()).trim_matches('"');
            text.extend(chunk.invalid().iter().map(|byte| format!("\\x{byte:02x}")));
        }
        text + "\""
    });
    shown.collect::<Vec<_>>().join(" + ")
}

/// An `idle` that hands what grows to `append`, one growth a call, and breaks when there is no more.
pub fn idle(growths: Vec<Growth>, mut append: impl FnMut(&Growth)) -> impl FnMut() -> ControlFlow<()> {
    let mut growths = growths.into_iter();
    move || {
        READS_AT_THE_END.store(0, Ordering::Relaxed);
        let Some(growth) = growths.next() else {
            mark!("idle: Break");
            return ControlFlow::Break(());
        };
        append(&growth);
        let what = if growth.pieces.is_empty() { "nothing".to_owned() } else { shown(&growth.pieces) };
        if growth.then_break {
            mark!("idle: {what} is appended, and Break");
            return ControlFlow::Break(());
        }
        mark!("idle: {what} is appended");
        ControlFlow::Continue(())
    }
}

/// A source that is not a file: it says where one read ends and the next begins.
struct Source {
    unread: Arc<Mutex<VecDeque<Vec<u8>>>>,
    piece: Vec<u8>,
    told: bool,
}

impl BufRead for Source {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.piece.is_empty()
            && let Some(piece) = self.unread.lock().unwrap().pop_front()
        {
            if self.told {
                mark!("a read gives {}", shown(std::slice::from_ref(&piece)));
            }
            self.piece = piece;
        }
        Ok(&self.piece)
    }

    fn consume(&mut self, amount: usize) {
        self.piece.drain(..amount);
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
pub fn growing(first: Growth, growths: Vec<Growth>, told: bool) -> (impl BufRead, impl FnMut() -> ControlFlow<()>) {
    let unread = Arc::new(Mutex::new(VecDeque::from(first.pieces)));
    let source = Source { unread: unread.clone(), piece: Vec::new(), told };
    let idle = idle(growths, move |growth| unread.lock().unwrap().extend(growth.pieces.iter().cloned()));
    (Patient(source), idle)
}

/// A file that holds `old`, and the `idle` that appends to it.
pub fn growing_file(path: &Path, old: &str, growths: Vec<Growth>) -> impl FnMut() -> ControlFlow<()> + use<> {
    File::create(path).unwrap().write_all(old.as_bytes()).unwrap();
    let path = PathBuf::from(path);
    idle(growths, move |growth| {
        OpenOptions::new().append(true).open(&path).unwrap().write_all(&growth.pieces.concat()).unwrap();
    })
}
