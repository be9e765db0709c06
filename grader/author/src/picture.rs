//! The picture of the course's README: a verdict in red, a hint, a verdict in green. Made from a real run, as an SVG whose
//! text is text and whose colours follow the reader's.

use crate::programs;
use grader::error::{Error, Result};
use grader::grade::{Grader, Origin, Request, Seeds};
use grader::lesson::Lesson;
use grader::submission::Submission;
use grader::words::Lang;
use report::hint;
use report::terminal::{View, verdict};
use std::fmt::Write as _;
use std::path::PathBuf;

/// What is graded: this lesson's wrong program, then its solution.
const LESSON: &str = "next-stop";

/// Cells of the terminal in the picture.
const WIDTH: usize = 76;

/// Where the picture in this language lies.
pub fn path(grader: &Grader, lang: Lang) -> PathBuf {
    grader.course.root.join("pictures").join(lang.pick("verdict.svg", "verdict.ru.svg"))
}

/// Draws it.
pub fn picture(grader: &Grader, lang: Lang) -> Result<String> {
    let lesson = Lesson::load(&grader.course, grader.course.find(LESSON)?)?;
    let solution = grader.course.solution_dir(&lesson.id);
    let shown = "src";
    let wrong = programs::wrong(&lesson, &solution)?.into_iter().find(|program| program.name == WRONG);
    let wrong = wrong.ok_or_else(|| Error::course(&lesson.dir, format!("lacks `{WRONG}`, which the picture shows")))?;
    let right =
        Submission::read(&solution, &lesson.id, shown).map_err(|_| Error::course(&solution, "can't be read"))?;
    let grade = |submission: Submission| {
        let submission = Ok(Submission { shown: shown.to_owned(), ..submission });
        let origin = Origin::Other("picture".to_owned());
        grader.grade(&Request { lesson: &lesson, submission, origin, seeds: Seeds::Public })
    };
    let check = format!("cargo xtask check {}", lesson.id.slug);
    let view = |section| View { lang, width: WIDTH, whole_lines: false, readme: section, again: &check, stored: false };
    let red = grade(wrong.submission)?;
    let first = red.first_to_mend().and_then(|check| lesson.check(&check.id));
    let first = first.ok_or_else(|| Error::course(&wrong.path, "passes everything"))?;
    let readme = format!("lessons/{}/{}", lesson.id.folder(), grader::readme::file_name(lang));
    let section = grader::readme::section(&first.section, lang);
    let red = verdict(&red, &lesson, &view((readme.as_str(), section)));
    let green = verdict(&grade(right)?, &lesson, &view((readme.as_str(), section)));
    let prompt = |command: &str| format!("\u{1b}[1m$ {command}\u{1b}[0m\n");
    let hint = report::terminal::wrapped_lines(&hint::text(&lesson, first, 1, lang), WIDTH);
    let screen = format!(
        "{}{red}\n{}{hint}\n{}{green}",
        prompt(&check),
        prompt(&format!("cargo xtask hint {} {}", lesson.id.slug, first.id)),
        prompt(&check)
    );
    Ok(svg(&screen))
}

/// The program that is red.
const WRONG: &str = "wrong/asks-again";

/// The colours of a style: on light, on dark.
const CLASSES: [(&str, &str, &str); 3] =
    [("r", "#b3261e", "#ff8a80"), ("g", "#1b6e3c", "#7ddc9a"), ("y", "#8a5a00", "#ffd479")];

/// Cells are so wide, and lines so high, in pixels.
const CELL: f64 = 8.43;
const LINE: usize = 19;

/// Text with a terminal's escapes for colours, as a picture.
fn svg(screen: &str) -> String {
    let lines: Vec<&str> = screen.trim_end().lines().collect();
    let (width, height) = ((WIDTH as f64 * CELL) as usize + 32, lines.len() * LINE + 32);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">\n<style>\n\
         .b {{ fill: #fbfaf7; stroke: #d8d4ca }} text {{ fill: #22201c; font: 14px ui-monospace, SFMono-Regular, Menlo, \
         Consolas, 'DejaVu Sans Mono', monospace; white-space: pre }} .s {{ font-weight: bold }} .f {{ fill: #6b675f }}\n"
    );
    CLASSES.iter().for_each(|(name, light, _)| out += &format!(".{name} {{ fill: {light} }} "));
    out += "\n@media (prefers-color-scheme: dark) { .b { fill: #1b1a18; stroke: #3a3833 } text { fill: #eae6dd } .f { fill: #a09a8e } ";
    CLASSES.iter().for_each(|(name, _, dark)| out += &format!(".{name} {{ fill: {dark} }} "));
    let _ = writeln!(
        out,
        "}}\n</style>\n<rect class=\"b\" x=\"0.5\" y=\"0.5\" width=\"{}\" height=\"{}\" rx=\"8\"/>",
        width - 1,
        height - 1
    );
    for (n, line) in lines.iter().enumerate() {
        let _ = writeln!(
            out,
            "<text x=\"16\" y=\"{}\" xml:space=\"preserve\">{}</text>",
            16 + (n + 1) * LINE - 5,
            spans(line)
        );
    }
    out + "</svg>\n"
}

/// A line's pieces, each in its style.
fn spans(line: &str) -> String {
    let (mut out, mut classes): (String, Vec<&str>) = (String::new(), Vec::new());
    for (n, piece) in line.split('\u{1b}').enumerate() {
        let text = match (n, piece.strip_prefix('[').and_then(|rest| rest.split_once('m'))) {
            (0, _) | (_, None) => piece,
            (_, Some((codes, text))) => {
                for code in codes.split(';') {
                    match code {
                        "1" => classes.push("s"),
                        "2" => classes.push("f"),
                        "31" | "91" => classes.push("r"),
                        "32" | "92" => classes.push("g"),
                        "33" | "93" => classes.push("y"),
                        _ => classes.clear(),
                    }
                }
                text
            }
        };
        let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        match classes.as_slice() {
            _ if text.is_empty() => {}
            [] => out += &text,
            some => out += &format!("<tspan class=\"{}\">{text}</tspan>", some.join(" ")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_become_classes_and_text_stays_text() {
        assert_eq!(spans("a\u{1b}[1m\u{1b}[31mb<\u{1b}[0m c"), "a<tspan class=\"s r\">b&lt;</tspan> c");
        assert!(svg("one\ntwo").contains(">two</text>"));
    }
}
