//! Parts of a batch for several machines: who has which student, by the student's key alone.

use grader::error::{Error, Result};
use grader::files::Digest;

/// One of several parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// Which, from 1.
    pub number: u64,
    /// Of how many.
    pub of: u64,
}

impl Shard {
    /// Reads `2/4`.
    pub fn parse(text: &str) -> Result<Shard> {
        let numbers = text.split_once('/').and_then(|(k, n)| Some((k.parse().ok()?, n.parse().ok()?)));
        match numbers {
            Some((number, of)) if 1 <= number && number <= of => Ok(Shard { number, of }),
            _ => Err(Error::Usage(format!("`{text}` is no part: `--shard 2/4` is the second of four"))),
        }
    }

    /// Whether a student is in it. Each is in just one of the parts.
    pub fn has(self, student: &str) -> bool {
        let digest = Digest::default().add("student", student.as_bytes()).finish();
        let number = u64::from_str_radix(&digest[..15], 16).unwrap_or_default();
        number % self.of == self.number - 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_student_is_in_one_part_whoever_else_there_is() {
        let parts: Vec<Shard> = (1..=4).map(|number| Shard { number, of: 4 }).collect();
        let mut sizes = [0; 4];
        for i in 0..400 {
            let student = format!("student-{i}");
            let mine: Vec<usize> = (0..4).filter(|at| parts[*at].has(&student)).collect();
            assert_eq!(mine.len(), 1);
            sizes[mine[0]] += 1;
        }
        assert!(sizes.iter().all(|size| (60..140).contains(size)), "{sizes:?}");
    }

    #[test]
    fn what_is_no_part_is_a_wrong_call() {
        assert_eq!(Shard::parse("2/4").unwrap(), Shard { number: 2, of: 4 });
        for text in ["0/4", "5/4", "2", "a/b", "-1/2", "1/0"] {
            assert!(Shard::parse(text).is_err(), "{text}");
        }
    }
}
