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

#[cfg(test)]
mod tests {
    use super::*;

    const ERROR: &str = r#"{"level":"error","message":"mismatched types","code":{"code":"E0308"},"rendered":"error[E0308]","spans":[
        {"is_primary":false,"file_name":"src/other.rs","line_start":1,"column_start":1,"line_end":1,"column_end":2,"expansion":null},
        {"is_primary":true,"file_name":"src\\lib.rs","line_start":3,"column_start":5,"line_end":4,"column_end":9,"expansion":null}]}"#;

    fn read_lines(lines: &[&str]) -> Vec<Diagnostic> {
        read(lines.iter().map(|line| line.replace('\n', " ") + "\n").collect::<String>().as_bytes())
    }

    #[test]
    fn errors_are_kept_and_nothing_else_is() {
        let warning = ERROR.replace("\"error\",", "\"warning\",");
        let closing = r#"{"level":"error","message":"aborting due to 1 previous error","spans":[],"rendered":""}"#;
        let found = read_lines(&[&warning, "thread 'rustc' panicked", ERROR, closing]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].code.as_deref(), Some("E0308"));
        let place = Place { file: "src/lib.rs".to_owned(), line: 3, column: 5, end_line: 4, end_column: 9 };
        assert_eq!(found[0].place, Some(place));
    }

    /// The compiler's output can be cut anywhere, and holds what a source says of itself.
    #[test]
    fn whatever_stands_there_is_read_without_a_panic_and_no_error_is_made_up() {
        for seed in 0..2000 {
            let mut inputs = probe::Inputs::from_seed(seed);
            let mut bytes = ERROR.replace('\n', " ").into_bytes();
            bytes.truncate(inputs.size(0..=bytes.len()));
            let cut = read(&bytes);
            assert!(cut.is_empty() || bytes.len() == ERROR.len(), "seed {seed}");
            let mut bytes = ERROR.replace('\n', " ").into_bytes();
            for _ in 0..inputs.size(1..=8) {
                let at = inputs.size(0..=bytes.len() - 1);
                bytes[at] = inputs.number(0..=255) as u8;
            }
            assert!(read(&bytes).len() <= 1 + bytes.iter().filter(|byte| **byte == b'\n').count(), "seed {seed}");
        }
    }

    #[test]
    fn an_error_inside_a_macro_of_somebody_elses_is_shown_where_it_was_called() {
        let call = r#""expansion":{"span":{"is_primary":false,"file_name":"src/lib.rs","line_start":8,"column_start":1,"line_end":8,"column_end":2,"expansion":null}}"#;
        let inside = ERROR
            .replace("src\\\\lib.rs", "/rustc/x/library/core/src/macros.rs")
            .replace("\"expansion\":null}]", &format!("{call}}}]"));
        assert_eq!(
            read_lines(&[&inside])[0].place.as_ref().map(|place| (place.file.as_str(), place.line)),
            Some(("src/lib.rs", 8))
        );
    }
}
