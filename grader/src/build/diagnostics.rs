//! The compiler's diagnostics, read from its JSON.

use serde_json::Value;

/// One error of the compiler's. Warnings and notes are not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// `E0597`, or a lint's name such as `unused_must_use`; absent for syntax errors.
    pub code: Option<String>,
    /// The first line, without `error[…]:`.
    pub headline: String,
    /// Where the primary label points, if anywhere.
    pub place: Option<Place>,
    /// The compiler's own rendering, with its colours as ANSI escapes.
    pub rendered: String,
}

/// A place in a source file, as the compiler names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The path as the student knows it.
    pub file: String,
    /// The line, from 1.
    pub line: u64,
    /// The column, from 1.
    pub column: u64,
    /// The last line.
    pub end_line: u64,
    /// The column behind the end.
    pub end_column: u64,
}

/// Reads what `rustc --error-format=json` wrote to standard error: a JSON object a line.
///
/// Lines that are no JSON (an internal compiler error's) are left out here; the caller still has the text.
pub fn read(stderr: &[u8]) -> Vec<Diagnostic> {
    String::from_utf8_lossy(stderr).lines().filter_map(|line| read_one(&serde_json::from_str(line).ok()?)).collect()
}

fn read_one(message: &Value) -> Option<Diagnostic> {
    if message["level"] != "error" {
        return None;
    }
    let headline = message["message"].as_str()?.to_owned();
    let place = place(message);
    // The closing word, "aborting due to 2 previous errors", is not an error of its own.
    if place.is_none() && headline.starts_with("aborting due to ") {
        return None;
    }
    Some(Diagnostic {
        code: message["code"]["code"].as_str().map(str::to_owned),
        headline,
        place,
        rendered: message["rendered"].as_str().unwrap_or_default().to_owned(),
    })
}

/// A macro's error is shown where the macro was called by the student, not inside of the macro.
fn place(message: &Value) -> Option<Place> {
    let mut span = message["spans"].as_array()?.iter().find(|span| span["is_primary"] == true)?;
    while span["expansion"].is_object()
        && span["file_name"].as_str().is_some_and(|file| file.starts_with('/') || file.starts_with('<'))
    {
        span = &span["expansion"]["span"];
    }
    Some(Place {
        file: span["file_name"].as_str()?.replace('\\', "/"),
        line: span["line_start"].as_u64()?,
        column: span["column_start"].as_u64()?,
        end_line: span["line_end"].as_u64()?,
        end_column: span["column_end"].as_u64()?,
    })
}
