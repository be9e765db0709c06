//! Where the secret seeds of a grading come from.

use crate::course::LessonId;
use crate::error::{Error, Result};
use crate::grade::{chance, seed_of};
use std::path::Path;

/// Where secret seeds come from.
#[derive(Debug, Clone)]
pub enum Secret {
    /// A key that only whoever grades has: the same source gets the same seed.
    Key(Vec<u8>),
    /// Chance, where there is no secret to be had. The result tells the seed.
    Chance,
}

impl Secret {
    /// Reads a key. Fails if it is too short to be one.
    pub fn read(path: &Path) -> Result<Secret> {
        let key = std::fs::read(path).map_err(|error| Error::io("read the course's key in", path, error))?;
        if key.len() < 16 {
            let what = format!("`{}` is too short for a key: 16 bytes at the least, of random ones", path.display());
            return Err(Error::Usage(what));
        }
        Ok(Secret::Key(key))
    }

    /// The seed for a submission, by its hash.
    pub fn seed(&self, lesson: &LessonId, submission: &str) -> u64 {
        match self {
            Secret::Key(key) => seed_of(key, &lesson.to_string(), submission),
            Secret::Chance => chance(),
        }
    }
}
