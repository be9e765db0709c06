//! Which inputs checks draw: public ones, and those that nobody could know before.

/// Which inputs checks draw. A fixed case draws none and is always asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seeds {
    /// Those of the public seeds, whose transcripts are stored.
    Public,
    /// Those of one seed in place of the public ones; what is expected comes from the reference solution.
    Only(u64),
    /// Those of the public seeds, and then of one that nobody could know before: answers learnt by heart fail.
    PublicAnd(u64),
}

impl Seeds {
    /// The seed that is not a public one.
    pub fn own(self) -> Option<u64> {
        match self {
            Seeds::Public => None,
            Seeds::Only(seed) | Seeds::PublicAnd(seed) => Some(seed),
        }
    }

    /// Its name in keys: different seeds have different ones.
    pub(crate) fn name(self) -> String {
        match self {
            Seeds::Public => "public".to_owned(),
            Seeds::Only(seed) => format!("only {seed}"),
            Seeds::PublicAnd(seed) => format!("public and {seed}"),
        }
    }
}

/// The seed that a key gives to a source: the same for the same, and nothing that can be told without the key.
///
/// HMAC-SHA-256 over the lesson's name and the submission's hash; its first eight bytes.
pub fn seed_of(key: &[u8], lesson: &str, submission: &str) -> u64 {
    let code = hmac_sha256::HMAC::mac(format!("{lesson} {submission}"), key);
    // Seed 0 belongs to the fixed cases.
    u64::from_be_bytes(std::array::from_fn(|i| code[i])).max(1)
}

/// A number that nobody can foresee, from the system's source of them.
pub fn chance() -> u64 {
    use std::hash::{BuildHasher, RandomState};
    RandomState::new().hash_one(std::process::id()).max(1)
}
