//! The folder that a job writes to: made, looked at, and removed, whatever was done to it.
//!
//! A submission may nest folders until no path reaches the last, make folders that can't be listed, and files by the
//! million. So nothing here recurses, no path is longer than three names below the folder, and what can't be looked
//! into counts as too much.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Folders in folders, beyond which nobody looks. A compiler needs two.
#[cfg(target_os = "linux")]
const DEEPEST: usize = 32;

/// A new, empty folder, removed when this is dropped. Readable for others, so that jobs of other users can work in it.
#[derive(Debug)]
pub struct Scratch {
    path: PathBuf,
}

impl Scratch {
    /// Makes one in this folder, with a name that nothing there has.
    ///
    /// # Errors
    /// The folder can't be made.
    pub fn new_in(parent: &Path) -> io::Result<Self> {
        use std::hash::{BuildHasher, RandomState};
        loop {
            let name = format!("scratch-{:016x}", RandomState::new().hash_one(std::process::id()));
            let path = parent.join(name);
            match fs::create_dir(&path) {
                Ok(()) => {
                    set_mode(&path, 0o755)?;
                    return Ok(Self { path });
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => {
                    let what = format!("failed to make `{}`: {error}", path.display());
                    return Err(io::Error::new(error.kind(), what));
                }
            }
        }
    }

    /// Where it lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Removes it now. To be called when no process of the job is alive any more.
    ///
    /// # Errors
    /// Something in it can't be removed, even by its owner.
    pub fn remove(self) -> io::Result<()> {
        remove(&self.path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = remove(&self.path);
    }
}

/// Whether all that lies in a folder has at most so many bytes and entries, and can be looked into.
#[cfg(target_os = "linux")]
pub(super) fn fits(folder: &Path, bytes: u64, entries: u64) -> bool {
    let (mut bytes_left, mut entries_left) = (bytes, entries);
    let mut folders = vec![(folder.to_owned(), 0)];
    while let Some((folder, depth)) = folders.pop() {
        let listed = match fs::read_dir(&folder) {
            Ok(listed) => listed,
            // Removed meanwhile, as compilers do with theirs.
            Err(error) if error.kind() == io::ErrorKind::NotFound && depth > 0 => continue,
            Err(_) => return false,
        };
        for entry in listed.flatten() {
            let Ok(metadata) = entry.metadata() else { continue };
            let (Some(entries), Some(bytes)) = (
                entries_left.checked_sub(1),
                bytes_left.checked_sub(if metadata.is_dir() { 0 } else { size(&metadata) }),
            ) else {
                return false;
            };
            (entries_left, bytes_left) = (entries, bytes);
            if metadata.is_dir() {
                if depth == DEEPEST {
                    return false;
                }
                folders.push((entry.path(), depth + 1));
            }
        }
    }
    true
}

/// Gives a folder and all that earlier jobs left in it to another user. To be called while no job works in it.
#[cfg(target_os = "linux")]
pub(super) fn give(folder: &Path, id: u32) -> io::Result<()> {
    use std::os::unix::fs::lchown;
    lchown(folder, Some(id), Some(id))?;
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            lchown(entry.path(), Some(id), Some(id))?;
            if entry.file_type()?.is_dir() {
                folders.push(entry.path());
            }
        }
    }
    Ok(())
}

/// Bytes of a file: what it takes, or what it says it has, whichever is more.
#[cfg(target_os = "linux")]
pub(super) fn size(file: &fs::Metadata) -> u64 {
    file.len().max(std::os::unix::fs::MetadataExt::blocks(file) * 512)
}

/// Removes a folder with all that is in it; fine if it is not there. Nested folders are moved up until they are empty.
fn remove(folder: &Path) -> io::Result<()> {
    let mut moved = 0_u64;
    loop {
        let listed = match fs::read_dir(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                set_mode(folder, 0o700)?;
                fs::read_dir(folder)?
            }
            listed => listed?,
        };
        let mut is_empty = true;
        for entry in listed {
            is_empty = false;
            let path = entry?.path();
            if fs::symlink_metadata(&path)?.is_dir() {
                empty_into(&path, folder, &mut moved)?;
                fs::remove_dir(&path)?;
            } else {
                fs::remove_file(&path)?;
            }
        }
        if is_empty {
            return fs::remove_dir(folder);
        }
    }
}

/// Removes the files of a folder, and moves its folders to another one.
fn empty_into(folder: &Path, other: &Path, moved: &mut u64) -> io::Result<()> {
    set_mode(folder, 0o700)?;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if fs::symlink_metadata(&path)?.is_dir() {
            // A folder can't be moved that its owner can't write to.
            set_mode(&path, 0o700)?;
            let mut place = other.join(format!("moved-{moved}"));
            while fs::symlink_metadata(&place).is_ok() {
                *moved += 1;
                place = other.join(format!("moved-{moved}"));
            }
            *moved += 1;
            fs::rename(&path, &place)?;
        } else {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) -> io::Result<()> {
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode))
}

/// There modes are the read-only flag alone, which a job does not set.
#[cfg(not(unix))]
fn set_mode(_path: &Path, _mode: u32) -> io::Result<()> {
    Ok(())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    fn scratch() -> Scratch {
        Scratch::new_in(&std::env::temp_dir()).unwrap()
    }

    /// So deep that no path reaches the last one.
    #[test]
    fn folders_in_folders_beyond_all_paths_are_too_much_and_are_removed() {
        let scratch = scratch();
        // Built from the inside: each is moved into the next one.
        let (inner, outer) = (scratch.path().join("d"), scratch.path().join("e"));
        fs::create_dir(&inner).unwrap();
        for _ in 0..5000 {
            fs::create_dir(&outer).unwrap();
            fs::rename(&inner, outer.join("d")).unwrap();
            fs::rename(&outer, &inner).unwrap();
        }
        assert!(!fits(scratch.path(), 1 << 20, 100_000));
        let path = scratch.path().to_owned();
        scratch.remove().unwrap();
        assert!(!path.exists());
    }

    #[test]
    fn names_that_removal_would_choose_are_no_trouble() {
        let scratch = scratch();
        for name in ["moved-0", "moved-1/moved-0/moved-1", "a/moved-0/moved-0"] {
            fs::create_dir_all(scratch.path().join(name)).unwrap();
        }
        fs::File::create(scratch.path().join("a/moved-1")).unwrap();
        let path = scratch.path().to_owned();
        scratch.remove().unwrap();
        assert!(!path.exists());
    }

    #[test]
    fn bytes_and_entries_are_counted_to_the_last() {
        let scratch = scratch();
        fs::create_dir(scratch.path().join("a")).unwrap();
        fs::File::create(scratch.path().join("a/file")).unwrap().set_len(5000).unwrap();
        assert!(fits(scratch.path(), 5000, 2));
        assert!(!fits(scratch.path(), 4999, 2));
        assert!(!fits(scratch.path(), 5000, 1));
    }
}
