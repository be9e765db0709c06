//! A hint on the screen, and as JSON.

use anstyle::Style;
use grader::lesson::{Check, Lesson};
use grader::words::Lang;
use serde_json::{Value, json};

/// How many levels of hints a check has.
pub const LEVELS: usize = 3;

/// The hint of a level, with the command for the next one.
pub fn text(lesson: &Lesson, check: &Check, level: usize, lang: Lang) -> String {
    let strong = Style::new().bold();
    let faint = Style::new().dimmed();
    let label = lang.pick("hint", "подсказка");
    let more = match level {
        LEVELS => lang.pick("That was the last one.", "Это последняя.").to_owned(),
        _ => format!("{} cargo xtask hint {} {}", lang.pick("More:", "Ещё:"), lesson.id, check.id),
    };
    let (id, title) = (&lesson.id, check.title.get(lang));
    let hint = check.hint(level, lang).trim().to_owned();
    format!(
        "{strong}{id} · {}{strong:#} {title}\n{faint}{label} {level}/{LEVELS}{faint:#}\n\n{hint}\n\n{faint}{more}{faint:#}\n",
        check.id
    )
}

/// The same as JSON. The form is described in `xtask/JSON.md`.
pub fn json(lesson: &Lesson, check: &Check, level: usize) -> Value {
    json!({
        "schema": "yield-to-await/hint/v1",
        "lesson": lesson.id.to_string(),
        "check": check.id,
        "level": level,
        "levels": LEVELS,
        "hint": { "en": check.hint(level, Lang::En), "ru": check.hint(level, Lang::Ru) },
    })
}
