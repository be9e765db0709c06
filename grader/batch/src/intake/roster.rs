//! The roster: who is in the class, from a CSV as registers and platforms write it.

use super::names::folded;
use super::{Intake, Note, Student};
use grader::error::{Error, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Who is in the class.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roster {
    /// Its rows.
    pub entries: Vec<Entry>,
}

/// A row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// The full name.
    pub name: String,
    /// Number in the register.
    pub id: Option<String>,
    /// Name of the account.
    pub login: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
}

/// The headings that columns go by, in lower case: those of Canvas, Moodle and Gradescope among them.
const NAMES: &[&str] = &["name", "student", "full name", "имя", "фио", "студент"];
const FIRST: &[&str] = &["first name", "firstname", "given name"];
const LAST: &[&str] = &["last name", "lastname", "surname", "family name", "фамилия"];
const IDS: &[&str] = &["id", "sid", "student id", "id number", "sis user id", "номер"];
const LOGINS: &[&str] = &["login", "username", "sis login id", "login id", "github", "логин"];
const EMAILS: &[&str] = &["email", "email address", "e-mail", "mail", "почта"];

impl Roster {
    /// Reads a roster. Fails if it can't be read, or has no column with names, numbers or accounts.
    pub fn read(path: &Path) -> Result<Roster> {
        let bytes = std::fs::read(path).map_err(|error| Error::io("read", path, error))?;
        Roster::parse(&bytes).map_err(|why| Error::Usage(format!("`{}` is no roster: {why}", path.display())))
    }

    fn parse(bytes: &[u8]) -> std::result::Result<Roster, String> {
        let text = decoded(bytes);
        let rows = rows(&text)?;
        let Some((header, rows)) = rows.split_first() else { return Err("it is empty".to_owned()) };
        let header: Vec<String> = header.iter().map(|cell| cell.trim().to_lowercase()).collect();
        let column = |known: &[&str]| known.iter().find_map(|name| header.iter().position(|cell| cell == name));
        let [name, first, last, id, login, email] = [NAMES, FIRST, LAST, IDS, LOGINS, EMAILS].map(column);
        if name.or(last).or(id).or(login).or(email).is_none() {
            return Err(format!(
                "it needs a first line with a column `name`, `id`, `login` or `email`, and has: {}",
                header.join(", ")
            ));
        }
        let mut roster = Roster::default();
        for row in rows {
            let cell = |at: Option<usize>| {
                let text = row.get(at?)?.trim();
                (!text.is_empty()).then(|| text.to_owned())
            };
            let both = match (cell(first), cell(last)) {
                (Some(first), Some(last)) => Some(format!("{first} {last}")),
                (first, last) => last.or(first),
            };
            let (id, login, email) = (cell(id), cell(login), cell(email));
            let name = cell(name).or(both).or(login.clone()).or(email.clone()).or(id.clone());
            // Canvas' second line holds points, and its last one a pupil who is nobody.
            let is_nobody = |name: &str| name.starts_with("Points Possible") || name == "Student, Test";
            if let Some(name) = name.filter(|name| !is_nobody(name)) {
                roster.entries.push(Entry { name, id, login, email });
            }
        }
        Ok(roster)
    }

    /// Gives students what the roster knows of them, adds those who handed nothing in, and notes who is in no row.
    pub fn match_up(&self, intake: &mut Intake) {
        let mut by_word: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for (at, entry) in self.entries.iter().enumerate() {
            for word in entry.words() {
                by_word.entry(word).or_default().insert(at);
            }
        }
        let mut came: BTreeSet<usize> = BTreeSet::new();
        for student in &mut intake.students {
            let said = [student.id.as_deref(), student.email.as_deref(), Some(student.name.as_str())];
            let rows = said.into_iter().flatten().map(folded).find_map(|word| by_word.get(&word));
            let note = |why: &str| Note { path: student.name.clone(), why: why.to_owned() };
            match rows.map(|rows| rows.iter().copied().collect::<Vec<_>>()).as_deref() {
                Some([at]) => {
                    let entry = &self.entries[*at];
                    if !came.insert(*at) {
                        student.notes.push(note("several submissions are this student's, by the roster"));
                    }
                    student.name.clone_from(&entry.name);
                    student.id = entry.id.clone().or(student.id.take());
                    student.email = entry.email.clone().or(student.email.take());
                }
                Some(_) => student.notes.push(note("fits several rows of the roster")),
                None => student.notes.push(note("is not in the roster")),
            }
        }
        let missing = self.entries.iter().enumerate().filter(|(at, _)| !came.contains(at));
        intake.students.extend(missing.map(|(_, entry)| Student {
            key: String::new(),
            name: entry.name.clone(),
            id: entry.id.clone(),
            email: entry.email.clone(),
            submitted: None,
            parts: Vec::new(),
            notes: vec![Note { path: entry.name.clone(), why: "handed nothing in".to_owned() }],
        }));
    }
}

impl Entry {
    /// What a submission may be named after.
    fn words(&self) -> BTreeSet<String> {
        let reversed = match self.name.split_once(',') {
            Some((last, first)) => format!("{first} {last}"),
            None => self.name.rsplit_once(' ').map_or(String::new(), |(first, last)| format!("{last} {first}")),
        };
        let local = self.email.as_deref().and_then(|email| email.split('@').next()).map(str::to_owned);
        let all =
            [Some(self.name.clone()), Some(reversed), self.id.clone(), self.login.clone(), self.email.clone(), local];
        all.into_iter().flatten().map(|word| folded(&word)).filter(|word| !word.is_empty()).collect()
    }
}

/// The text, without its mark: UTF-8 or UTF-16, else as Windows writes Cyrillic.
pub fn decoded(bytes: &[u8]) -> String {
    match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding.decode(bytes).0.into_owned(),
        None => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => encoding_rs::WINDOWS_1251.decode(bytes).0.into_owned(),
        },
    }
}

/// The rows of a CSV, divided by whichever of comma, semicolon and tab its first line has most of.
pub fn rows(text: &str) -> std::result::Result<Vec<Vec<String>>, String> {
    let first = text.lines().next().unwrap_or_default();
    let count = |byte: &u8| first.bytes().filter(|it| it == byte).count();
    let delimiter = b",;\t".iter().copied().rev().max_by_key(|byte| count(byte)).unwrap_or(b',');
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let row = |row: csv::Result<csv::StringRecord>| {
        row.map(|row| row.iter().map(str::to_owned).collect()).map_err(|error| error.to_string())
    };
    reader.records().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn student(name: &str, id: Option<&str>) -> Student {
        Student {
            key: String::new(),
            name: name.to_owned(),
            id: id.map(str::to_owned),
            email: None,
            submitted: None,
            parts: Vec::new(),
            notes: Vec::new(),
        }
    }

    #[test]
    fn a_roster_may_come_from_any_program_of_any_country() {
        let ann = |roster: &Roster| roster.entries[0].clone();
        let plain = Roster::parse(b"name,id\nAnn Lee,7\n").unwrap();
        assert_eq!((ann(&plain).name.as_str(), ann(&plain).id.as_deref()), ("Ann Lee", Some("7")));
        assert_eq!(Roster::parse(b"\xef\xbb\xbfname;id\r\nAnn Lee;7\r\n").unwrap(), plain);
        let split = Roster::parse(b"First name\tLast name\tID number\nAnn\tLee\t7\n").unwrap();
        assert_eq!(split, plain);
        let (cyrillic, _, _) = encoding_rs::WINDOWS_1251.encode("ФИО;Номер\nИванов Пётр;12\n");
        let russian = Roster::parse(&cyrillic).unwrap();
        assert_eq!((ann(&russian).name.as_str(), ann(&russian).id.as_deref()), ("Иванов Пётр", Some("12")));
        let canvas = "Student,ID,SIS Login ID\n    Points Possible,,\n\"Lee, Ann\",7,alee\n\"Student, Test\",9,x\n";
        let canvas = Roster::parse(canvas.as_bytes()).unwrap();
        assert_eq!((canvas.entries.len(), ann(&canvas).login.as_deref()), (1, Some("alee")));
        assert!(Roster::parse(b"colour,size\nred,4\n").unwrap_err().contains("colour, size"));
        assert!(Roster::parse(b"").is_err());
    }

    #[test]
    fn students_are_matched_by_what_they_are_called_and_the_rest_is_told() {
        let roster = Roster::parse(
            "name,id,email\n\"Smith, John\",1,js@x.edu\nZoé Kim,2,zk@x.edu\nBo Ek,3,\nBo Ek,4,\n".as_bytes(),
        )
        .unwrap();
        let students = vec![
            student("smithjohn", None),
            student("Zoe\u{301} Kim", None),
            student("js", None),
            student("Bo Ek", None),
            student("whoever", Some("4")),
            student("stranger", None),
        ];
        let mut intake = Intake { students, ignored: Vec::new() };
        roster.match_up(&mut intake);
        let ids: Vec<Option<&str>> = intake.students.iter().map(|student| student.id.as_deref()).collect();
        assert_eq!(ids, [Some("1"), Some("2"), Some("1"), None, Some("4"), None, Some("3")]);
        let said: Vec<&str> =
            intake.students.iter().map(|student| student.notes.first().map_or("", |note| &note.why)).collect();
        assert_eq!(
            said,
            [
                "",
                "",
                "several submissions are this student's, by the roster",
                "fits several rows of the roster",
                "",
                "is not in the roster",
                "handed nothing in"
            ]
        );
    }
}
