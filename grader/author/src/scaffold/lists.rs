//! A new lesson's place in the lists that name every lesson, and in `Cargo.lock`.

use super::{listing, template};
use crate::audit::lists::trybuild_line;
use grader::course::LessonId;
use grader::error::{Error, Result};
use grader::files;
use grader::words::Lang;
use std::path::{Path, PathBuf};

/// The files that name every lesson, with this one among them. Fails where one of them has no place for it.
pub fn with(root: &Path, id: &LessonId, asynchronous: bool) -> Result<Vec<(PathBuf, String)>> {
    let [en, ru, held, lock] = listing(root);
    let no_place = |path: &Path| Error::course(path, "has no list of lessons to add one to");
    let mut all = Vec::new();
    for (path, lang) in [(en, Lang::En), (ru, Lang::Ru)] {
        let (before, table) = split(&files::read(&path)?, "<!-- lessons -->").ok_or_else(|| no_place(&path))?;
        let row = template::row(id, lang);
        // Other tables may follow, with numbers of their own.
        let end = table.find("\n| ").and_then(|first| Some(first + table[first..].find("\n\n")?));
        let (table, after) = table.split_at(end.ok_or_else(|| no_place(&path))?);
        let table = beside_others(table, "| ", &row).ok_or_else(|| no_place(&path))?;
        all.push((path, format!("{before}{}{after}", table.trim_end())));
    }
    let text = beside_others(&files::read(&held)?, "lesson_", &trybuild_line(id)).ok_or_else(|| no_place(&held))?;
    all.push((held, text));
    let locked = lock_with(&files::read(&lock)?, id, asynchronous).ok_or_else(|| no_place(&lock))?;
    all.push((lock, locked));
    Ok(all)
}

fn split(text: &str, at: &str) -> Option<(String, String)> {
    let at = text.find(at)?;
    Some((text[..at].to_owned(), text[at..].to_owned()))
}

/// The text with a line among those that begin so and go on with a number, in their order.
fn beside_others(text: &str, start: &str, line: &str) -> Option<String> {
    let number = |line: &str| -> Option<u32> {
        let rest = line.strip_prefix(start)?;
        rest[..rest.find(|c: char| !c.is_ascii_digit())?].parse().ok()
    };
    let wanted = number(line)?;
    let numbered: Vec<(usize, u32)> =
        text.lines().enumerate().filter_map(|(at, line)| Some((at, number(line)?))).collect();
    let before = numbered.iter().find(|(_, number)| *number > wanted).map(|(at, _)| *at);
    let at = before.or_else(|| numbered.last().map(|(at, _)| at + 1))?;
    let mut lines: Vec<&str> = text.lines().collect();
    lines.insert(at, line);
    Some(lines.join("\n") + "\n")
}

/// `Cargo.lock` with the lesson's two packages, as cargo would write it: sorted by name.
fn lock_with(lock: &str, id: &LessonId, asynchronous: bool) -> Option<String> {
    let mut blocks: Vec<String> = lock.trim_end().split("\n\n").map(str::to_owned).collect();
    let name = |block: &str| -> Option<String> {
        Some(block.strip_prefix("[[package]]\nname = \"")?.split('"').next()?.to_owned())
    };
    let solution = format!("solution-{:02}", id.number);
    let held = blocks.iter_mut().find(|block| name(block).is_some_and(|name| name == "held"))?;
    let entry = format!(" \"{solution}\",");
    let mut lines: Vec<String> = held.lines().map(str::to_owned).collect();
    let at = lines.iter().position(|line| line.starts_with(" \"") && *line > entry || line == "]")?;
    lines.insert(at, entry);
    *held = lines.join("\n");
    let depends = if asynchronous { "\ndependencies = [\n \"tokio\",\n]" } else { "" };
    for package in [format!("lesson-{:02}", id.number), solution] {
        let block = format!("[[package]]\nname = \"{package}\"\nversion = \"{}\"{depends}", env!("CARGO_PKG_VERSION"));
        let later = |block: &String| name(block).is_some_and(|name| name > package);
        let at = blocks.iter().position(later).unwrap_or(blocks.len());
        blocks.insert(at, block);
    }
    Some(blocks.join("\n\n") + "\n")
}
