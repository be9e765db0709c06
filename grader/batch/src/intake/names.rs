//! The names of downloads: what platforms write around a student's own file name.
//!
//! Moodle: `Full Name_PARTICIPANT_assignsubmission_file_` as a folder, or before the file's name. Canvas:
//! `sortablename_USER_SUBMISSION_file`, with `LATE_` after the name where it was late, and `-1` behind the stem of what
//! was handed in again. Gradescope: `submission_NUMBER`. All as their documentation of bulk downloads shows them.

use grader::files::Digest;
use unicode_normalization::UnicodeNormalization;

/// Who a name speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The whole name.
    pub raw: String,
    /// The same for all that one student handed in.
    pub who: String,
    /// Whether nothing else with the same `who` belongs to it.
    pub apart: bool,
    /// The student's name as far as it is told.
    pub name: String,
    /// The platform's number of the student.
    pub id: Option<String>,
    /// What the student called the file.
    pub file: String,
}

/// Reads the name of a file or folder among submissions.
pub fn read(raw: &str, is_folder: bool) -> Named {
    moodle(raw, is_folder).or_else(|| (!is_folder).then(|| canvas(raw)).flatten()).unwrap_or_else(|| {
        let name = if is_folder { raw } else { stem(raw) };
        Named {
            raw: raw.to_owned(),
            who: name.to_owned(),
            apart: true,
            name: name.nfc().collect(),
            id: None,
            file: raw.to_owned(),
        }
    })
}

fn moodle(raw: &str, is_folder: bool) -> Option<Named> {
    let (before, file) = raw.split_once("_assignsubmission_file")?;
    let (name, number) = before.rsplit_once('_')?;
    let file = file.trim_start_matches('_');
    (is_number(number) && (is_folder || !file.is_empty())).then(|| Named {
        raw: raw.to_owned(),
        who: before.to_owned(),
        apart: false,
        name: name.nfc().collect(),
        id: Some(number.to_owned()),
        file: if is_folder { raw.to_owned() } else { file.to_owned() },
    })
}

fn canvas(raw: &str) -> Option<Named> {
    let (name, rest) = raw.split_once('_')?;
    let rest = rest.strip_prefix("LATE_").unwrap_or(rest);
    let (user, rest) = rest.split_once('_')?;
    let (submission, file) = rest.split_once('_')?;
    (is_number(user) && is_number(submission) && !name.is_empty() && !file.is_empty()).then(|| Named {
        raw: raw.to_owned(),
        who: format!("{name}_{user}"),
        apart: false,
        name: name.nfc().collect(),
        id: Some(user.to_owned()),
        file: without_count(file),
    })
}

/// `lib.rs` for `lib-1.rs`, which Canvas makes of a file that is handed in again.
fn without_count(file: &str) -> String {
    let Some((stem, ending)) = file.split_once('.') else { return file.to_owned() };
    match stem.rsplit_once('-') {
        Some((before, count)) if is_number(count) && count.len() < 4 && stem_can_lose_it(before) => {
            format!("{before}.{ending}")
        }
        _ => file.to_owned(),
    }
}

/// `lesson-05` is a lesson's name, not the fifth `lesson`.
fn stem_can_lose_it(before: &str) -> bool {
    !before.is_empty() && before != "lesson"
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The name without what says that it is an archive or a Rust file.
fn stem(raw: &str) -> &str {
    let lower = raw.to_lowercase();
    [".tar.gz", ".tgz", ".zip", ".rs"]
        .iter()
        .find(|ending| lower.ends_with(*ending) && raw.len() > ending.len())
        .and_then(|ending| raw.get(..raw.len() - ending.len()))
        .unwrap_or(raw)
}

/// How many bytes of a name go into a key.
const LONGEST_KEY: usize = 64;

/// A name as a folder's: letters, digits, `-`, `_` and `.`. Where something is lost by that, digits that tell it from others
/// stand behind.
pub fn key(name: &str) -> String {
    let composed: String = name.nfc().collect();
    let mut key = String::new();
    for c in composed.chars() {
        let c = if c.is_alphanumeric() || matches!(c, '-' | '_') || (c == '.' && !key.is_empty()) { c } else { '_' };
        if key.len() + c.len_utf8() > LONGEST_KEY {
            break;
        }
        key.push(c);
    }
    let spaces_only = key == composed.replace(' ', "_");
    if spaces_only && !key.is_empty() && !key.ends_with('.') {
        return key;
    }
    let digest = Digest::default().add("name", composed.as_bytes()).finish();
    format!("{}-{}", key.trim_end_matches(['.', '_']), &digest[..8])
}

/// What two spellings of one name have in common: case, accents' encoding, spaces and punctuation left out.
pub fn folded(name: &str) -> String {
    name.nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(raw: &str, is_folder: bool) -> (String, Option<String>, String) {
        let named = read(raw, is_folder);
        (named.name, named.id, named.file)
    }

    fn of(name: &str, id: &str, file: &str) -> (String, Option<String>, String) {
        (name.to_owned(), Some(id.to_owned()), file.to_owned())
    }

    #[test]
    fn names_of_downloads_are_taken_apart() {
        let moodle = "Anna-Maria O'Neil_1234567_assignsubmission_file_";
        assert_eq!(parts(moodle, true), of("Anna-Maria O'Neil", "1234567", moodle));
        assert_eq!(
            parts("Иван Петров_42_assignsubmission_file_my_work.zip", false),
            of("Иван Петров", "42", "my_work.zip")
        );
        assert_eq!(parts("smithjohn_123_456_my_lib.rs", false), of("smithjohn", "123", "my_lib.rs"));
        assert_eq!(parts("smithjohn_LATE_123_456_lib-1.rs", false), of("smithjohn", "123", "lib.rs"));
        assert_eq!(parts("smithjohn_123_456_lesson-05.rs", false), of("smithjohn", "123", "lesson-05.rs"));
    }

    #[test]
    fn what_only_looks_like_a_platforms_name_is_a_students_own() {
        for (raw, is_folder, name) in [
            ("smith_john.zip", false, "smith_john"),
            ("a_b_c_d.rs", false, "a_b_c_d"),
            ("smithjohn_123_456_lib.rs", true, "smithjohn_123_456_lib.rs"),
            ("_assignsubmission_file_", true, "_assignsubmission_file_"),
            ("ann.tar.gz", false, "ann"),
            (".zip", false, ".zip"),
        ] {
            let named = read(raw, is_folder);
            assert_eq!((named.name.as_str(), named.id, named.apart), (name, None, true));
        }
    }

    #[test]
    fn a_key_is_the_name_where_that_is_harmless_and_tells_names_apart_where_not() {
        assert_eq!(["ann", "Иван Петров", "Zoe\u{301}"].map(key), ["ann", "Иван_Петров", "Zoé"]);
        let hostile = ["../../etc", "a/b", "a\\b", "", ".", "..", "=cmd()", "a\nb", "a\u{202e}b"].map(key);
        for key in &hostile {
            assert!(!key.starts_with('.') && !key.contains(['/', '\\', '\n', '=']) && key.len() > 8, "{key}");
        }
        assert_eq!(hostile.iter().collect::<std::collections::BTreeSet<_>>().len(), hostile.len());
    }
}
