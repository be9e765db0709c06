//! What can be seen of a lesson's Rust by reading it: stub, solution, README and probe against each other.

use super::markdown::Markdown;
use super::{probe, signatures};
use crate::scaffold::TO_WRITE;
use grader::course::Course;
use grader::error::{Error, Result};
use grader::files;
use grader::lesson::{CheckKind, Lesson};
use grader::readme::{self, TASK};
use grader::words::Lang;
use std::collections::BTreeMap;

/// What does not go together, a sentence each. Fails where a file can't be read, or is no Rust.
pub fn findings(course: &Course, lesson: &Lesson) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let items = |folder: std::path::PathBuf| {
        let src = folder.join("src");
        signatures::public_items(&files::crate_files(&src)?).map_err(|what| Error::course(&src, what))
    };
    found.extend(unwritten(course, lesson)?);
    if files::crate_files(&course.stub(&lesson.id)).ok() != Some(stub(course, lesson)?) {
        found.push("`stub/` is not what the lesson's `src/` is: `--update` writes it anew".to_owned());
    }
    let stub = items(course.lesson_dir(&lesson.id))?;
    found.extend(signatures::differences(&stub, &items(course.solution_dir(&lesson.id))?));
    for lang in [Lang::En, Lang::Ru] {
        let name = readme::file_name(lang);
        let path = course.lesson_dir(&lesson.id).join(name);
        let Ok(text) = files::read(&path) else { continue };
        for block in task_blocks(&text, lang) {
            found.extend(signatures::untrue(&block, &stub).into_iter().map(|what| format!("{name}: {what}")));
        }
    }
    let output = lesson.checks.iter().filter(|check| matches!(check.kind, CheckKind::Output { .. }));
    let functions = output.map(|check| check.function()).collect();
    let text = files::read(&lesson.probe())?;
    let observed = probe::findings(&text, &functions)
        .map_err(|error| Error::course(&lesson.probe(), format!("line {}: {error}", error.span().start().line)))?;
    found.extend(observed.into_iter().map(|what| format!("probe.rs: {what}")));
    if lesson.explores() {
        let text = files::read(&lesson.explored())?;
        let explored = lesson.checks.iter().filter(|check| matches!(check.kind, CheckKind::Explored { .. }));
        for check in explored {
            // The compiler holds the rest: a function that is listed and not there, or the other way round.
            if !text.contains(&format!("fn {}()", check.function())) {
                found.push(format!("explored.rs: no function `{}` for the check `{}`", check.function(), check.id));
            }
        }
        if text.matches("promise(").count() > text.matches(" | ").count() {
            found.push("explored.rs: each promise is said in both languages, with ` | ` between".to_owned());
        }
    }
    Ok(found)
}

/// Keeps the stub as it is now: what `cargo xtask reset` gives back to a student.
pub fn update_stub(course: &Course, lesson: &Lesson) -> Result<()> {
    let (stub, to) = (stub(course, lesson)?, course.stub(&lesson.id));
    files::make_folder(&to)?;
    for gone in files::crate_files(&to)?.keys().filter(|path| !stub.contains_key(*path)) {
        let gone = to.join(gone);
        std::fs::remove_file(&gone).map_err(|error| Error::io("remove", &gone, error))?;
    }
    stub.iter().try_for_each(|(path, text)| files::write(&to.join(path), text.as_bytes()))
}

fn stub(course: &Course, lesson: &Lesson) -> Result<BTreeMap<String, String>> {
    files::crate_files(&course.lesson_dir(&lesson.id).join("src"))
}

/// Which files of the lesson still have a place for their author to fill in.
fn unwritten(course: &Course, lesson: &Lesson) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for folder in [&course.lesson_dir(&lesson.id), &course.solution_dir(&lesson.id), &lesson.dir] {
        for path in files::below(folder)? {
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            let lines: Vec<String> = (1..)
                .zip(text.lines())
                .filter(|(_, line)| line.contains(TO_WRITE))
                .map(|(at, _): (usize, _)| at.to_string())
                .collect();
            if !lines.is_empty() {
                let name = path.strip_prefix(&course.root).unwrap_or(&path).display().to_string();
                found.push(format!("`{name}` still says `{TO_WRITE}`, in line {}", lines.join(", ")));
            }
        }
    }
    Ok(found)
}

/// The blocks of "The task" that show signatures: Rust that is no doctest.
fn task_blocks(text: &str, lang: Lang) -> Vec<String> {
    let heading = format!("## {}", lang.pick(TASK.0, TASK.1));
    let section: Vec<&str> =
        text.lines().skip_while(|line| *line != heading).skip(1).take_while(|line| !line.starts_with("## ")).collect();
    let blocks = Markdown::parse(&section.join("\n")).blocks;
    blocks.into_iter().filter(|block| block.info == "rust,ignore").map(|block| block.text).collect()
}
