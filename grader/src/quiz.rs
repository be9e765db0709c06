//! The quiz: the questions of the READMEs' *Predict the output*, with answers out of the snapshots that grade.
//!
//! What a README shows as an answer is only used to find the lines in the snapshot; if it does not stand there any
//! more, that is an error, and never an old answer.

use crate::course::Course;
use crate::error::{Error, Result};
use crate::files;
use crate::judge;
use crate::lesson::{Check, CheckKind, Lesson};
use crate::readme::{self, QUESTIONS, SLIDE};
use crate::transcript;
use crate::words::Lang;
use std::path::Path;

/// A question, and what the solution prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// `Is a line printed …?`, with what more the README says before the answer.
    pub question: String,
    /// The slide's program, where the question is about what that prints.
    pub program: Vec<String>,
    /// The rules of the task that decide it, where it is about something else: a terminal has nothing below a question.
    pub rules: Vec<String>,
    /// Lines of a snapshot, marks among them.
    pub answer: Vec<String>,
    /// Why it is so.
    pub explanation: String,
}

/// The questions of a lesson in a language. Fails when a README's answer is not in its snapshot.
pub fn questions(course: &Course, lesson: &Lesson, lang: Lang) -> Result<Vec<Question>> {
    let path = course.lesson_dir(&lesson.id).join(readme::file_name(lang));
    let text = files::read(&path)?;
    let section = section(&text, QUESTIONS, lang);
    let starts = (0..section.len()).filter(|i| section[*i].starts_with("### "));
    let mut questions = Vec::new();
    for start in starts {
        let lines = section[start + 1..].iter().take_while(|line| !line.starts_with("### "));
        let (mut question, check) = read(&path, lesson, section[start], &lines.copied().collect::<Vec<_>>())?;
        if matches!(&check.kind, CheckKind::Output { seeds, .. } if *seeds == [0]) {
            question.program = program(&text, lang);
        } else {
            question.rules = lesson.promises(check, lang).into_iter().map(str::to_owned).collect();
        }
        questions.push(question);
    }
    Ok(questions)
}

/// The lines below a heading, by its names in both languages.
fn section<'a>(text: &'a str, heading: (&str, &str), lang: Lang) -> Vec<&'a str> {
    let heading = format!("## {}", lang.pick(heading.0, heading.1));
    text.lines().skip_while(|line| *line != heading).skip(1).take_while(|line| !line.starts_with("## ")).collect()
}

/// The first block of code that the slide's section shows.
fn program(text: &str, lang: Lang) -> Vec<String> {
    let lines = section(text, SLIDE, lang).into_iter();
    let block = lines.skip_while(|line| !line.starts_with("```")).skip(1).take_while(|line| !line.starts_with("```"));
    block.map(str::to_owned).collect()
}

fn read<'a>(path: &Path, lesson: &'a Lesson, heading: &str, lines: &[&str]) -> Result<(Question, &'a Check)> {
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
    let explanation = lines[close + 1..end].join("\n").trim().to_owned();
    Ok((Question { question, program: Vec::new(), rules: Vec::new(), answer, explanation }, check))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::LessonId;

    const LESSON: &str = "slides = []\nminutes = 1\ntitle = { en = \"A\", ru = \"Б\" }\n[[check]]\nid = \"slide\"\nkind = \"output\"\n\
        points = 1\nseeds = [0]\ntitle = { en = \"a\", ru = \"б\" }\nhints = { en = [\"1\", \"2\", \"3\"], ru = [\"1\", \"2\", \"3\"] }\n";
    const README: &str = "# A\n\n## The slide\n\nThis:\n\n```python\nprint(2)\n```\n\n## Predict the output\n\n### 1. What comes?\n\nThink of the call.\n\n<details><summary>Answer</summary>\n\n\
        <!-- snapshot: slide@0 -->\n```text\n2\n```\n\nIt counts down.\n\n</details>\n\n## The idea in Rust\n";

    fn asked(snapshot: &str) -> Result<Vec<Question>> {
        asked_of(LESSON, README, snapshot)
    }

    fn asked_of(lesson: &str, readme: &str, snapshot: &str) -> Result<Vec<Question>> {
        let folder = tempfile::tempdir().unwrap();
        let id = LessonId { number: 1, slug: "a".to_owned() };
        let course = Course { root: folder.path().to_owned(), lessons: vec![id.clone()] };
        let write = |path: std::path::PathBuf, text: &str| files::write(&path, text.as_bytes()).unwrap();
        write(course.checks_dir(&id).join("lesson.toml"), lesson);
        let seed = if lesson.contains("[0]") { 0 } else { 1 };
        write(
            course.checks_dir(&id).join(format!("snapshots/slide@{seed}.snap")),
            &format!("---\nsource: x\n---\n{snapshot}\n"),
        );
        write(course.lesson_dir(&id).join("README.md"), readme);
        write(course.lesson_dir(&id).join("README.ru.md"), "## Что сделать\n- Считает. <!-- rule: counts -->\n");
        questions(&course, &Lesson::load(&course, &id).unwrap(), Lang::En)
    }

    #[test]
    fn a_question_about_something_else_than_the_slide_comes_with_the_rules_of_its_check() {
        let lesson = LESSON.replace("seeds = [0]", "seeds = [1, 2]\nholds = [\"counts\"]");
        let readme = README.replace("slide@0", "slide@1") + "## The task\n- It counts. <!-- rule: counts -->\n";
        let question = asked_of(&lesson, &readme, "» countdown(2)\n2\n» end").unwrap().remove(0);
        assert_eq!((question.program.len(), question.rules), (0, vec!["It counts.".to_owned()]));
    }

    #[test]
    fn the_answer_is_the_snapshots_and_an_old_one_is_an_error() {
        let question = Question {
            question: "What comes?\n\nThink of the call.".to_owned(),
            program: vec!["print(2)".to_owned()],
            rules: Vec::new(),
            answer: vec!["2".to_owned()],
            explanation: "It counts down.".to_owned(),
        };
        assert_eq!(asked("» countdown(2)\n2\n» end").unwrap(), [question]);
        let error = asked("» countdown(3)\n3\n» end").unwrap_err().to_string();
        assert!(error.contains("README.md`: the question `What comes?` shows an answer that is not in"), "{error}");
    }
}
