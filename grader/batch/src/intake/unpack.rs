//! Archives of strangers: out of them come Rust files into an empty folder, and nothing else.
//!
//! No link is made, no name leads out of the folder, and bounds hold on entries and bytes, so that no archive is larger
//! inside than we are ready to read.

use super::{Kind, Note};
use grader::files;
use grader::submission::MOST_BYTES;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Bytes of an archive as it lies there.
const MOST_PACKED: u64 = 256 << 20;
/// Entries that are looked at.
const MOST_ENTRIES: usize = 100_000;
/// Bytes that come out of a `.tar.gz`, most of which may be somebody's build.
const MOST_UNPACKED: u64 = 1 << 30;
/// Rust files that are taken out, over all lessons.
const MOST_FILES: usize = 4096;
/// Bytes of those.
const MOST_TAKEN: u64 = 32 << 20;
/// Names that are told one by one.
const MOST_NOTES: usize = 50;

/// Why nothing of an archive is taken.
pub type Trouble = String;

/// Unpacks the Rust files of an archive into an empty folder. Gives what was not taken.
pub fn unpack(archive: &Path, kind: Kind, into: &Path) -> Result<Vec<Note>, Trouble> {
    let size = std::fs::metadata(archive).map_err(|error| cannot(&error))?.len();
    if size > MOST_PACKED {
        return Err(format!("is larger than is unpacked: {} MiB at most", MOST_PACKED >> 20));
    }
    let file = File::open(archive).map_err(|error| cannot(&error))?;
    let mut taking = Taking { into, files: 0, bytes: 0, notes: Vec::new(), untold: 0 };
    match kind {
        Kind::Zip => zip(file, &mut taking)?,
        _ => tar_gz(file, &mut taking)?,
    }
    if taking.untold > 0 {
        let why = format!("not listed: {} more that were not taken", taking.untold);
        taking.notes.push(Note { path: "…".to_owned(), why });
    }
    Ok(taking.notes)
}

fn cannot(error: &impl std::fmt::Display) -> Trouble {
    format!("can't be read: {error}")
}

fn zip(file: File, taking: &mut Taking<'_>) -> Result<(), Trouble> {
    let mut archive = zip::ZipArchive::new(io::BufReader::new(file)).map_err(|error| cannot(&error))?;
    if archive.len() > MOST_ENTRIES {
        return Err(format!("holds more than {MOST_ENTRIES} entries"));
    }
    for i in 0..archive.len() {
        let raw = archive.by_index_raw(i).map_err(|error| cannot(&error))?;
        let (name, encrypted, is_folder) = (raw.name_raw().to_vec(), raw.encrypted(), raw.is_dir());
        // A link is a file whose mode says so; its contents are where it leads.
        let is_link = raw.unix_mode().is_some_and(|mode| !matches!(mode & 0o170_000, 0 | 0o100_000 | 0o040_000));
        drop(raw);
        let Some(path) = taking.wanted(&name, is_folder, is_link) else { continue };
        if encrypted {
            return Err("is encrypted: hand it in without a password".to_owned());
        }
        let entry = archive.by_index(i).map_err(|error| cannot(&error))?;
        taking.take(&path, entry)?;
    }
    Ok(())
}

fn tar_gz(file: File, taking: &mut Taking<'_>) -> Result<(), Trouble> {
    let unpacked = flate2::read::MultiGzDecoder::new(io::BufReader::new(file));
    let mut bounded = Bounded { inner: unpacked, left: MOST_UNPACKED };
    let mut archive = tar::Archive::new(&mut bounded);
    let mut entries = archive.entries().map_err(|error| cannot(&error))?;
    for n in 0.. {
        let Some(entry) = entries.next() else { break };
        let entry = entry.map_err(|error| cannot(&error))?;
        if n >= MOST_ENTRIES {
            return Err(format!("holds more than {MOST_ENTRIES} entries"));
        }
        let kind = entry.header().entry_type();
        if kind.is_pax_global_extensions() {
            continue;
        }
        let is_other = !kind.is_file() && !kind.is_dir() && !kind.is_contiguous();
        if let Some(path) = taking.wanted(&entry.path_bytes(), kind.is_dir(), is_other) {
            taking.take(&path, entry)?;
        }
    }
    Ok(())
}

/// A reader that fails where a bomb goes on.
struct Bounded<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.left = self
            .left
            .checked_sub(n as u64)
            .ok_or_else(|| io::Error::other(format!("it unpacks to more than {} MiB", MOST_UNPACKED >> 20)))?;
        Ok(n)
    }
}

/// What is being taken out of an archive.
struct Taking<'a> {
    into: &'a Path,
    files: usize,
    bytes: u64,
    notes: Vec<Note>,
    untold: usize,
}

impl Taking<'_> {
    /// Where an entry of this name goes, below the folder; nothing for what is not taken.
    fn wanted(&mut self, name: &[u8], is_folder: bool, is_other: bool) -> Option<PathBuf> {
        let text = String::from_utf8_lossy(name).replace('\\', "/");
        if is_folder || of_the_system(&text) {
            return None;
        }
        let path = plain(name, &text);
        match (path, is_other) {
            (_, true) => self.note(text, "is a link, a pipe or a device"),
            (None, _) => self.note(text, "has a name that leads elsewhere or is no text"),
            (Some(path), _) if path.extension().is_some_and(|ending| ending == "rs") => return Some(path),
            (Some(_), _) => self.note(text, "is no Rust file"),
        }
        None
    }

    fn note(&mut self, path: String, why: &str) {
        // Builds and histories are thousands of files that nobody misses.
        if path.split('/').any(|part| part == "target" || part == ".git") {
            return;
        }
        if self.notes.len() < MOST_NOTES {
            self.notes.push(Note { path, why: why.to_owned() });
        } else {
            self.untold += 1;
        }
    }

    fn take(&mut self, path: &Path, entry: impl Read) -> Result<(), Trouble> {
        self.files += 1;
        let mut contents = Vec::new();
        // One byte more than is taken: the submission's own bound then tells of it.
        entry.take(MOST_BYTES + 1).read_to_end(&mut contents).map_err(|error| cannot(&error))?;
        self.bytes += contents.len() as u64;
        if self.files > MOST_FILES || self.bytes > MOST_TAKEN {
            return Err(format!("holds more Rust than is taken: {MOST_FILES} files, {} MiB", MOST_TAKEN >> 20));
        }
        let to = self.into.join(path);
        if to.exists() {
            self.note(path.display().to_string(), "is in the archive twice; the last is taken");
        }
        match files::write(&to, &contents) {
            Ok(()) => Ok(()),
            // A file where another entry needs a folder.
            Err(error) if self.into.is_dir() && !to.parent().is_some_and(Path::is_dir) => {
                self.note(path.display().to_string(), "lies in what is a file elsewhere in the archive");
                drop(error);
                Ok(())
            }
            Err(error) => Err(error.chain()),
        }
    }
}

/// A name as a relative path of plain parts.
fn plain(raw: &[u8], name: &str) -> Option<PathBuf> {
    let parts: Vec<&str> = name.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    let fine = |part: &&str| *part != ".." && part.len() <= 255 && !part.contains(|c: char| c.is_control() || c == ':');
    let is_relative = !name.starts_with('/') && std::str::from_utf8(raw).is_ok();
    (is_relative && !parts.is_empty() && parts.iter().all(fine) && parts.len() <= 32).then(|| parts.iter().collect())
}

fn of_the_system(name: &str) -> bool {
    name.split('/').any(|part| part == "__MACOSX" || part == ".DS_Store" || part.starts_with("._"))
}

#[cfg(test)]
mod tests;
