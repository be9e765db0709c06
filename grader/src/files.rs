//! Reading, hashing, locking, and writing so that nobody ever sees half a file.

use crate::error::{Error, Result};
use process::sandbox::Scratch;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The whole of a text file. Fails when it can't be read or is not UTF-8.
pub fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|error| Error::io("read", path, error))
}

/// Puts the contents into the file, making its folder if need be: written beside it first, then renamed.
pub fn write(path: &Path, contents: &[u8]) -> Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    make_folder(folder)?;
    let fail = |error: std::io::Error| Error::io("write", path, error);
    let mut beside = new_file(folder).map_err(fail)?;
    beside.write_all(contents).map_err(fail)?;
    beside.persist(path).map_err(|error| fail(error.error))?;
    Ok(())
}

/// A new file as any program would make it: others may read it as far as the user lets them, who in a sandbox are others.
fn new_file(folder: &Path) -> std::io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

/// Like [`write`], but leaves a file alone that already holds just this.
pub fn write_if_changed(path: &Path, contents: &[u8]) -> Result<()> {
    if fs::read(path).is_ok_and(|now| now == contents) { Ok(()) } else { write(path, contents) }
}

/// Copies a file, but leaves the copy alone where it is the same already.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    let contents = fs::read(from).map_err(|error| Error::io("read", from, error))?;
    write_if_changed(to, &contents)
}

/// Makes the folder and those above it.
pub fn make_folder(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).map_err(|error| Error::io("make the folder", folder, error))
}

/// Removes a folder with all that is in it; one that is not there is fine.
pub fn remove_folder(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Error::io("remove", folder, error)),
        _ => Ok(()),
    }
}

/// The regular files below a folder in the order of their paths; links are not followed.
pub fn below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).map_err(|error| Error::io("list", &folder, error))?;
        for entry in entries {
            let entry = entry.map_err(|error| Error::io("list", &folder, error))?;
            let kind = entry.file_type().map_err(|error| Error::io("look at", &entry.path(), error))?;
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The Rust files of a crate of the course's, by their paths below `src`, but for the slide's program.
pub fn crate_files(src: &Path) -> Result<BTreeMap<String, String>> {
    let mut all = BTreeMap::new();
    for file in below(src)?.into_iter().filter(|file| file.extension().is_some_and(|end| end == "rs")) {
        let name = file.strip_prefix(src).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        if name != "main.rs" {
            all.insert(name, read(&file)?);
        }
    }
    Ok(all)
}

/// A folder of our own for as long as this lives. What works in it may leave folders there that can't be listed, or that
/// no path reaches; they are removed all the same.
pub struct Temporary {
    folder: Scratch,
}

/// Those that are there: destructors don't run when the user stops us.
static TEMPORARIES: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

impl Temporary {
    /// Makes an empty folder in the system's place for such.
    pub fn new() -> Result<Temporary> {
        let place = std::env::temp_dir();
        let folder = Scratch::new_in(&place).map_err(|error| Error::io("make a folder in", &place, error))?;
        TEMPORARIES.lock().unwrap_or_else(PoisonError::into_inner).insert(folder.path().to_owned());
        Ok(Temporary { folder })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        TEMPORARIES.lock().unwrap_or_else(PoisonError::into_inner).remove(self.folder.path());
    }
}

/// Removes every [`Temporary`], for when the user stops the program.
pub fn remove_temporaries() {
    for folder in TEMPORARIES.lock().unwrap_or_else(PoisonError::into_inner).iter() {
        let _ = fs::remove_dir_all(folder);
    }
}

/// SHA-256 over named parts, as lower-case hexadecimal.
#[derive(Default)]
pub struct Digest(hmac_sha256::Hash);

impl Digest {
    /// Adds a part. Name and length go in as well, so that parts can't run into each other.
    pub fn add(&mut self, name: &str, contents: &[u8]) -> &mut Self {
        for part in [name.as_bytes(), contents] {
            self.0.update((part.len() as u64).to_le_bytes());
            self.0.update(part);
        }
        self
    }

    /// The digest of all that was added: 64 hexadecimal digits.
    pub fn finish(&self) -> String {
        self.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// A lock between processes, held until it is dropped.
pub struct Lock {
    _file: File,
}

/// Takes the lock that this file stands for. `waiting` is called once if somebody else holds it, before we wait for them.
pub fn lock(path: &Path, waiting: impl FnOnce()) -> Result<Lock> {
    make_folder(path.parent().unwrap_or(Path::new(".")))?;
    let fail = |error: std::io::Error| Error::io("lock", path, error);
    let file = File::create(path).map_err(fail)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(fs::TryLockError::WouldBlock) => {
            waiting();
            file.lock().map_err(fail)?;
        }
        Err(fs::TryLockError::Error(error)) => return Err(fail(error)),
    }
    Ok(Lock { _file: file })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_write_replaces_the_whole_file_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/er/file.toml");
        write(&path, b"a long first version").unwrap();
        write(&path, b"short").unwrap();
        assert_eq!(read(&path).unwrap(), "short");
        assert_eq!(below(folder.path()).unwrap(), [path]);
    }

    #[test]
    fn a_write_that_fails_leaves_the_old_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("taken");
        make_folder(&path.join("by a folder")).unwrap();
        let error = write(&path, b"x").unwrap_err().to_string();
        assert!(error.starts_with("failed to write `"), "{error}");
        assert!(path.join("by a folder").is_dir());
        assert_eq!(below(folder.path()).unwrap(), [] as [PathBuf; 0], "the temporary file is gone");
    }

    #[test]
    fn digests_keep_parts_apart() {
        let of = |parts: &[(&str, &str)]| {
            let mut digest = Digest::default();
            for (name, contents) in parts {
                digest.add(name, contents.as_bytes());
            }
            digest.finish()
        };
        assert_ne!(of(&[("a", "bc")]), of(&[("ab", "c")]));
        assert_ne!(of(&[("a", ""), ("b", "")]), of(&[("ab", "")]));
        assert_eq!(of(&[]), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
