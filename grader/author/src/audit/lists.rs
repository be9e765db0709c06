//! Whether everything that must name a lesson names it: the rows of both READMEs, trybuild's manifest, and the manifests
//! of its crates, which depend on what `lesson.toml` says. Each finding has the text to paste.

use grader::course::{Course, LessonId};
use grader::error::Result;
use grader::files;
use grader::lesson::Lesson;
use grader::manifest;
use grader::readme;
use grader::words::Lang;
use report::phrases;
use std::collections::BTreeSet;
use std::path::Path;

/// Where trybuild's package is told which solution a lesson's compile cases mean.
pub const TRYBUILD_MANIFEST: &str = "solutions/held/Cargo.toml";

/// The line of [`TRYBUILD_MANIFEST`] for a lesson.
pub fn trybuild_line(id: &LessonId) -> String {
    format!("{} = {{ package = \"solution-{:02}\", path = \"../{}\" }}", id.crate_name(), id.number, id.folder())
}

/// Which list lacks the lesson, a sentence each. Fails when one of them can't be read.
pub fn findings(course: &Course, lesson: &Lesson) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for lang in [Lang::En, Lang::Ru] {
        let name = readme::file_name(lang);
        let row = phrases::table_row(lesson, lang);
        if !files::read(&course.root.join(name))?.lines().any(|line| line == row) {
            found.push(format!("the table of lessons in the course's `{name}` lacks the row\n{row}"));
        }
    }
    let line = trybuild_line(&lesson.id);
    if !files::read(&course.root.join(TRYBUILD_MANIFEST))?.lines().any(|it| it == line) {
        found.push(format!("trybuild does not know the lesson: `{TRYBUILD_MANIFEST}` lacks the line\n{line}"));
    }
    let number = lesson.id.number;
    for (place, package) in [("lessons", format!("lesson-{number:02}")), ("solutions", format!("solution-{number:02}"))]
    {
        let name = format!("{place}/{}/Cargo.toml", lesson.id.folder());
        let path = course.root.join(&name);
        if !path.is_file() {
            found.push(format!("`{name}` is missing"));
            continue;
        }
        let (called, depends) = package_of(&path)?;
        if called != package {
            found.push(format!("`{name}` should say `name = \"{package}\"`, not `{called}`"));
        }
        let wanted: BTreeSet<String> = lesson.dependencies.iter().cloned().collect();
        if depends != wanted {
            let lines: String = wanted.iter().map(|name| format!("{name}.workspace = true\n")).collect();
            let should = if lines.is_empty() {
                "there should be none; or name them in lesson.toml's `dependencies`".to_owned()
            } else {
                format!("they should be\n[dependencies]\n{}", lines.trim_end())
            };
            found.push(format!("`{name}` has other dependencies than lesson.toml's `dependencies`: {should}"));
        }
    }
    Ok(found)
}

fn package_of(path: &Path) -> Result<(String, BTreeSet<String>)> {
    manifest::read(path, |root| {
        let depends = root.find("dependencies").map_or(Ok(Vec::new()), |node| node.keys())?;
        Ok((root.get("package")?.get("name")?.string()?, depends.into_iter().collect()))
    })
}

/// The line below a lesson README's title, which says what `lesson.toml` does; for a lesson of our own without its start.
fn byline(lesson: &Lesson, lang: Lang) -> String {
    let minutes = lesson.minutes;
    let more = lang.pick("[По-русски](README.ru.md)", "[In English](README.md)");
    let about = match lang {
        Lang::En => format!("about {minutes} minutes"),
        Lang::Ru => format!("около {minutes} минут"),
    };
    format!("{} · {about} · `cargo xtask check {}` · {more}", slides(lesson, lang), lesson.id)
}

fn slides(lesson: &Lesson, lang: Lang) -> String {
    let (one, several) = (lang.pick("Slide", "Слайд"), lang.pick("Slides", "Слайды"));
    match lesson.slides.as_slice() {
        [] => lang.pick("Ours", "Наш урок").to_owned(),
        [slide] => format!("{one} {slide}"),
        [first, .., last] if lesson.slides.windows(2).all(|pair| pair[0] + 1 == pair[1]) => {
            format!("{several} {first}–{last}")
        }
        all => format!("{several} {}", all.iter().map(u64::to_string).collect::<Vec<_>>().join(", ")),
    }
}

/// What a lesson's README says of itself otherwise than `lesson.toml` does, a sentence each: its title's number, slides,
/// minutes, points.
pub fn untrue_of(lesson: &Lesson, text: &str, lang: Lang) -> Vec<String> {
    let mut found = Vec::new();
    let title = format!("# {:02} · ", lesson.id.number);
    if !text.lines().next().is_some_and(|line| line.starts_with(&title)) {
        found.push(format!("should begin with `{title}` and the title"));
    }
    let (line, byline) = (text.lines().nth(2).unwrap_or_default(), byline(lesson, lang));
    let (slides, rest) = byline.split_once(" · ").unwrap_or_default();
    let same = line.split_once(" · ").is_some_and(|(start, end)| {
        end == rest && if lesson.slides.is_empty() { start.starts_with(slides) } else { start == slides }
    });
    if !same {
        found.push(format!("its third line should be, as lesson.toml says\n{byline}"));
    }
    let worth: BTreeSet<u64> = lesson.checks.iter().map(|check| check.points).chain([lesson.points()]).collect();
    let word = lang.pick(" points", " балл");
    for (at, _) in text.match_indices(word) {
        let digits = text[..at].rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
        if let Some(said) = digits.parse::<u64>().ok().filter(|said| !worth.contains(said)) {
            found.push(format!("says `{said}{word}`; the lesson has {} in all", lesson.points()));
        }
    }
    found
}
