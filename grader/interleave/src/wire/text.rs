//! The text form of an exploration: a line a record, its fields between tabs.
//!
//! Anything can be in a field: backslashes and control characters are escaped, so that the text has no others than its own
//! tabs and line ends, and can be put into a frame. A reader takes what [`write`] makes and refuses everything else, for
//! the text comes out of a process that is not trusted.

use super::{Broken, Explored, Holds, Place, Step, Transcript, Waiting, What};
use std::fmt;
use std::iter::Peekable;
use std::str::Lines;

/// The text is not one that [`write`] made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    /// What was expected, and did not come.
    pub expected: &'static str,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not an exploration's text: {} expected", self.expected)
    }
}

impl std::error::Error for ReadError {}

type Result<T> = std::result::Result<T, ReadError>;

/// An exploration as text, each line ended. [`read`] gives the same one back.
pub fn write(explored: &Explored) -> String {
    let mut text = String::new();
    match explored {
        Explored::Holds(Holds { schedules, complete, preemptions, transcripts }) => {
            line(&mut text, &["holds", &schedules.to_string(), &complete.to_string(), &preemptions.to_string()]);
            for t in transcripts {
                let numbers = [t.schedules, t.first, t.preemptions.into()].map(|n| n.to_string());
                line(&mut text, &["transcript", &numbers[0], &numbers[1], &numbers[2], &t.text]);
                write_steps(&mut text, &t.steps);
            }
        }
        Explored::Broken(Broken { schedule, preemptions, what, printed, steps }) => {
            line(&mut text, &["broken", &schedule.to_string(), &preemptions.to_string(), printed]);
            write_what(&mut text, what);
            write_steps(&mut text, steps);
        }
        Explored::NotExplored { why } => line(&mut text, &["not explored", why]),
    }
    line(&mut text, &["end"]);
    text
}

fn write_what(text: &mut String, what: &What) {
    match what {
        What::Deadlock(waiting) => {
            line(text, &["deadlock"]);
            write_waiting(text, waiting);
        }
        What::Leak(waiting) => {
            line(text, &["leak"]);
            write_waiting(text, waiting);
        }
        What::Livelock { steps, busy } => {
            line(text, &["livelock", &steps.to_string()]);
            write_waiting(text, busy);
        }
        What::Panic { message, place: None } => line(text, &["panic", message]),
        What::Panic { message, place: Some(place) } => {
            line(text, &["panic", message, &place.file, &place.line.to_string()]);
        }
        What::Promise { text: words, place } => line(text, &["promise", words, &place.file, &place.line.to_string()]),
    }
}

fn write_waiting(text: &mut String, waiting: &[Waiting]) {
    for w in waiting {
        let mut fields =
            vec!["waiting".to_owned(), w.thread.to_string(), w.place.file.clone(), w.place.line.to_string()];
        fields.extend([w.what.clone(), optional(&w.name), optional(&w.object)]);
        line(text, &fields);
    }
}

fn write_steps(text: &mut String, steps: &[Step]) {
    for s in steps {
        let mut fields = vec!["step".to_owned(), s.thread.to_string(), s.place.file.clone(), s.place.line.to_string()];
        fields.extend([
            s.what.clone(),
            optional(&s.name),
            optional(&s.object),
            optional(&s.value),
            s.waits.to_string(),
        ]);
        line(text, &fields);
    }
}

/// Tells nothing from an empty text.
fn optional(field: &Option<String>) -> String {
    field.as_ref().map_or("-".to_owned(), |field| format!("+{field}"))
}

fn line(text: &mut String, fields: &[impl AsRef<str>]) {
    for (i, field) in fields.iter().enumerate() {
        if i > 0 {
            text.push('\t');
        }
        for c in field.as_ref().chars() {
            match c {
                '\\' => text.push_str("\\\\"),
                '\t' => text.push_str("\\t"),
                '\n' => text.push_str("\\n"),
                '\r' => text.push_str("\\r"),
                c if c.is_control() => text.extend(c.escape_unicode()),
                c => text.push(c),
            }
        }
    }
    text.push('\n');
}

/// Reads what [`write`] wrote.
///
/// # Errors
/// It is something else, or not the whole of it.
pub fn read(text: &str) -> Result<Explored> {
    let mut lines = text.lines().peekable();
    let mut head = Fields::of(lines.next().ok_or(ReadError { expected: "a first line" })?)?;
    let explored = match head.text()?.as_str() {
        "holds" => {
            let (schedules, complete, preemptions) = (head.number()?, head.flag()?, head.number()?);
            let mut transcripts = Vec::new();
            while let Some(mut fields) = next_of("transcript", &mut lines)? {
                let (schedules, first, preemptions) = (fields.number()?, fields.number()?, fields.number()?);
                let text = fields.text()?;
                fields.over()?;
                let steps = read_steps(&mut lines)?;
                transcripts.push(Transcript { text, schedules, first, preemptions, steps });
            }
            Explored::Holds(Holds { schedules, complete, preemptions, transcripts })
        }
        "broken" => {
            let (schedule, preemptions, printed) = (head.number()?, head.number()?, head.text()?);
            let what = read_what(&mut lines)?;
            Explored::Broken(Broken { schedule, preemptions, what, printed, steps: read_steps(&mut lines)? })
        }
        "not explored" => Explored::NotExplored { why: head.text()? },
        _ => return Err(ReadError { expected: "`holds`, `broken` or `not explored`" }),
    };
    head.over()?;
    match (lines.next(), lines.next()) {
        (Some("end"), None) => Ok(explored),
        _ => Err(ReadError { expected: "`end`, as the last line" }),
    }
}

fn read_what(lines: &mut Peekable<Lines<'_>>) -> Result<What> {
    let mut fields = Fields::of(lines.next().ok_or(ReadError { expected: "what went wrong" })?)?;
    let what = match fields.text()?.as_str() {
        "deadlock" => What::Deadlock(read_waiting(lines)?),
        "leak" => What::Leak(read_waiting(lines)?),
        "livelock" => What::Livelock { steps: fields.number()?, busy: read_waiting(lines)? },
        "panic" => {
            let message = fields.text()?;
            What::Panic { message, place: if fields.are_over() { None } else { Some(fields.place()?) } }
        }
        "promise" => What::Promise { text: fields.text()?, place: fields.place()? },
        _ => return Err(ReadError { expected: "what went wrong" }),
    };
    fields.over()?;
    Ok(what)
}

fn read_waiting(lines: &mut Peekable<Lines<'_>>) -> Result<Vec<Waiting>> {
    let mut waiting = Vec::new();
    while let Some(mut fields) = next_of("waiting", lines)? {
        let (thread, place, what) = (fields.number()?, fields.place()?, fields.text()?);
        let (name, object) = (fields.optional()?, fields.optional()?);
        fields.over()?;
        waiting.push(Waiting { thread, name, place, what, object });
    }
    Ok(waiting)
}

fn read_steps(lines: &mut Peekable<Lines<'_>>) -> Result<Vec<Step>> {
    let mut steps = Vec::new();
    while let Some(mut fields) = next_of("step", lines)? {
        let (thread, place, what) = (fields.number()?, fields.place()?, fields.text()?);
        let (name, object, value) = (fields.optional()?, fields.optional()?, fields.optional()?);
        let waits = fields.flag()?;
        fields.over()?;
        steps.push(Step { thread, name, place, what, object, value, waits });
    }
    Ok(steps)
}

/// The fields of the next line, after its first one, if that is this word.
fn next_of<'a>(word: &str, lines: &mut Peekable<Lines<'a>>) -> Result<Option<Fields<'a>>> {
    let Some(line) = lines.next_if(|line| line.split('\t').next() == Some(word)) else { return Ok(None) };
    let mut fields = Fields::of(line)?;
    fields.text()?;
    Ok(Some(fields))
}

/// What stands between the braces behind `\u`.
fn read_control(chars: &mut std::str::Chars<'_>) -> Option<char> {
    let (code, rest) = chars.as_str().strip_prefix('{')?.split_once('}')?;
    *chars = rest.chars();
    char::from_u32(u32::from_str_radix(code, 16).ok()?).filter(|c| c.is_control())
}

/// What is left to read of a line.
struct Fields<'a>(Peekable<std::str::Split<'a, char>>);

impl<'a> Fields<'a> {
    fn of(line: &'a str) -> Result<Self> {
        Ok(Fields(line.split('\t').peekable()))
    }

    fn text(&mut self) -> Result<String> {
        let field = self.0.next().ok_or(ReadError { expected: "one more field" })?;
        let mut text = String::new();
        let mut chars = field.chars();
        while let Some(c) = chars.next() {
            text.push(match c {
                '\\' => match chars.next() {
                    Some('\\') => '\\',
                    Some('t') => '\t',
                    Some('n') => '\n',
                    Some('r') => '\r',
                    Some('u') => read_control(&mut chars).ok_or(ReadError { expected: "a control character" })?,
                    _ => return Err(ReadError { expected: "an escape that is known" }),
                },
                c => c,
            });
        }
        Ok(text)
    }

    fn optional(&mut self) -> Result<Option<String>> {
        let field = self.text()?;
        match field.strip_prefix('+') {
            Some(field) => Ok(Some(field.to_owned())),
            None if field == "-" => Ok(None),
            None => Err(ReadError { expected: "`-`, or `+` and a text" }),
        }
    }

    fn number<T: std::str::FromStr>(&mut self) -> Result<T> {
        self.text()?.parse().map_err(|_| ReadError { expected: "a number" })
    }

    fn flag(&mut self) -> Result<bool> {
        self.text()?.parse().map_err(|_| ReadError { expected: "`true` or `false`" })
    }

    fn place(&mut self) -> Result<Place> {
        Ok(Place { file: self.text()?, line: self.number()? })
    }

    fn are_over(&mut self) -> bool {
        self.0.peek().is_none()
    }

    fn over(mut self) -> Result<()> {
        if self.are_over() { Ok(()) } else { Err(ReadError { expected: "the end of the line" }) }
    }
}
