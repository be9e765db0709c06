//! The quiz: the questions of the READMEs' *Predict the output*, with answers out of the snapshots that grade.
//!
//! What a README shows as an answer is only used to find the lines in the snapshot; if it does not stand there any
//! more, that is an error, and never an old answer.

use crate::course::Course;
use crate::error::{Error, Result};
use crate::files;
use crate::judge;
use crate::lesson::Lesson;
use crate::readme::{self, QUESTIONS};
use crate::transcript;
use crate::words::Lang;
use std::path::Path;

/// A question, and what the solution prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// `Is a line printed …?`, with what more the README says before the answer.
    pub question: String,
    /// Lines of a snapshot, marks among them.
    pub answer: Vec<String>,
    /// Why it is so.
    pub explanation: String,
}

/// The questions of a lesson in a language. Fails when a README's answer is not in its snapshot.
pub fn questions(course: &Course, lesson: &Lesson, lang: Lang) -> Result<Vec<Question>> {
    let path = course.lesson_dir(&lesson.id).join(readme::file_name(lang));
    let text = files::read(&path)?;
    let heading = format!("## {}", lang.pick(QUESTIONS.0, QUESTIONS.1));
    let section: Vec<&str> =
        text.lines().skip_while(|line| *line != heading).skip(1).take_while(|line| !line.starts_with("## ")).collect();
    let starts = (0..section.len()).filter(|i| section[*i].starts_with("### "));
    let mut questions = Vec::new();
    for start in starts {
        let lines = section[start + 1..].iter().take_while(|line| !line.starts_with("### "));
        questions.push(read(&path, lesson, section[start], &lines.copied().collect::<Vec<_>>())?);
    }
    Ok(questions)
}

fn read(path: &Path, lesson: &Lesson, heading: &str, lines: &[&str]) -> Result<Question> {
    let heading =
        heading.trim_start_matches("### ").trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').trim();
    let wrong = |what: &str| Error::course(path, format!("the question `{heading}` {what}"));
    let at = |start: &str| lines.iter().position(|line| line.starts_with(start));
    let details = at("<details>").ok_or_else(|| wrong("has no `<details>`"))?;
    let note = at("<!-- snapshot: ").ok_or_else(|| wrong("names no snapshot"))?;
    let end = at("</details>").ok_or_else(|| wrong("has no `</details>`"))?;
    let fences: Vec<usize> = (note..end).filter(|i| lines[*i].starts_with("```")).collect();
    let [open, close, ..] = fences[..] else { return Err(wrong("shows no answer")) };

    let name = lines[note].trim_start_matches("<!-- snapshot: ").trim_end_matches("-->").trim();
    let (check, seed) = name
        .split_once('@')
        .and_then(|(id, seed)| Some((lesson.check(id)?, seed.parse().ok()?)))
        .ok_or_else(|| wrong(&format!("names the snapshot `{name}`, which is not there")))?;
    let text = judge::read_snapshot(&lesson.snapshot(check, seed))?;
    let answer = transcript::quoted(&text, &lines[open + 1..close])
        .ok_or_else(|| wrong(&format!("shows an answer that is not in the snapshot `{name}`")))?;

    let more: Vec<&str> = lines[..details].iter().copied().filter(|line| !line.starts_with("<!--")).collect();
    let question = format!("{heading}\n{}", more.join("\n")).trim().to_owned();
    Ok(Question { question, answer, explanation: lines[close + 1..end].join("\n").trim().to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::LessonId;

    const LESSON: &str = "slides = []\nminutes = 1\ntitle = { en = \"A\", ru = \"Б\" }\n[[check]]\nid = \"slide\"\nkind = \"output\"\n\
        points = 1\nseeds = [0]\ntitle = { en = \"a\", ru = \"б\" }\nhints = { en = [\"1\", \"2\", \"3\"], ru = [\"1\", \"2\", \"3\"] }\n";
    const README: &str = "# A\n\n## Predict the output\n\n### 1. What comes?\n\nThink of the call.\n\n<details><summary>Answer</summary>\n\n\
        <!-- snapshot: slide@0 -->\n```text\n2\n```\n\nIt counts down.\n\n</details>\n\n## The idea in Rust\n";

    fn asked(snapshot: &str) -> Result<Vec<Question>> {
        let folder = tempfile::tempdir().unwrap();
        let id = LessonId { number: 1, slug: "a".to_owned() };
        let course = Course { root: folder.path().to_owned(), lessons: vec![id.clone()] };
        let write = |path: std::path::PathBuf, text: &str| files::write(&path, text.as_bytes()).unwrap();
        write(course.checks_dir(&id).join("lesson.toml"), LESSON);
        write(course.checks_dir(&id).join("snapshots/slide@0.snap"), &format!("---\nsource: x\n---\n{snapshot}\n"));
        write(course.lesson_dir(&id).join("README.md"), README);
        questions(&course, &Lesson::load(&course, &id).unwrap(), Lang::En)
    }

    #[test]
    fn the_answer_is_the_snapshots_and_an_old_one_is_an_error() {
        let question = Question {
            question: "What comes?\n\nThink of the call.".to_owned(),
            answer: vec!["2".to_owned()],
            explanation: "It counts down.".to_owned(),
        };
        assert_eq!(asked("» countdown(2)\n2\n» end").unwrap(), [question]);
        let error = asked("» countdown(3)\n3\n» end").unwrap_err().to_string();
        assert!(error.contains("README.md`: the question `What comes?` shows an answer that is not in"), "{error}");
    }
}
