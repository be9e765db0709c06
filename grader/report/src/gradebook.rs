//! The gradebook: a row a student, a column a lesson, and how the final number came to be. As CSV.

/// A student's row. All points are in hundredths.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// The name of the student's folder in the results.
    pub key: String,
    /// The name.
    pub name: String,
    /// Number in the register.
    pub id: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// What each lesson came to, in the columns' order.
    pub cells: Vec<Cell>,
    /// What counts of what was earned; nothing where that is not known.
    pub raw: Option<u64>,
    /// What being late costs.
    pub penalty: u64,
    /// What is left.
    pub last: Option<u64>,
    /// Why: late by how much, not handed in, not graded.
    pub reason: String,
    /// What held the submission.
    pub isolation: String,
    /// The grader's version.
    pub grader: String,
}

/// What a lesson came to for a student, in hundredths of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// Graded: what was earned, and what is left after a penalty.
    Points {
        /// What was earned.
        raw: u64,
        /// What is left.
        last: u64,
    },
    /// Nothing was handed in.
    Missing,
    /// Not graded, for no fault of the submission's. Never a zero.
    Unknown,
    /// It does not count for this student.
    Excused,
}

/// A lesson's column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// `lesson-05`.
    pub lesson: String,
    /// The points that can be earned, in hundredths.
    pub points: u64,
}

/// Hundredths as a number with two decimals.
pub fn decimal(hundredths: u64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// Text in a cell that no spreadsheet takes for a formula: OWASP's rule for CSV.
pub fn inert(text: &str) -> String {
    let first = text.chars().next();
    let is_formula = first
        .is_some_and(|c| matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\0' | '＝' | '＋' | '－' | '＠'));
    if is_formula { format!("'{text}") } else { text.to_owned() }
}

/// A CSV of these rows, quoted where it has to be.
pub fn table(rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for row in rows {
        writer.write_record(&row).expect("memory takes all that is written to it");
    }
    let bytes = writer.into_inner().expect("memory takes all that is written to it");
    String::from_utf8(bytes).expect("what strings are written to is text")
}

/// The gradebook as CSV.
pub fn csv(columns: &[Column], rows: &[Row]) -> String {
    let mut header: Vec<String> = ["student", "name", "id", "email"].map(str::to_owned).to_vec();
    header.extend(columns.iter().map(|column| column.lesson.clone()));
    header.extend(["raw", "penalty", "final", "reason", "isolation", "grader"].map(str::to_owned));
    let line = |row: &Row| {
        let mut line = vec![row.key.clone(), inert(&row.name)];
        line.extend([&row.id, &row.email].map(|it| inert(it.as_deref().unwrap_or_default())));
        line.extend(row.cells.iter().map(|cell| match cell {
            Cell::Points { raw, .. } => decimal(*raw),
            Cell::Missing => String::new(),
            Cell::Unknown => "?".to_owned(),
            Cell::Excused => "EX".to_owned(),
        }));
        let number = |it: Option<u64>| it.map_or("?".to_owned(), decimal);
        line.extend([number(row.raw), decimal(row.penalty), number(row.last), inert(&row.reason)]);
        line.extend([row.isolation.clone(), row.grader.clone()]);
        line
    };
    table(std::iter::once(header).chain(rows.iter().map(line)))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn columns() -> Vec<Column> {
        ["lesson-05", "lesson-17"].map(|lesson| Column { lesson: lesson.to_owned(), points: 13_000 }).to_vec()
    }

    /// Four students: graded and late, hostile and not graded, one who handed nothing in, an excused one.
    pub(crate) fn rows() -> Vec<Row> {
        let row = |name: &str, cells: [Cell; 2], last| Row {
            key: format!("key-{}", name.len()),
            name: name.to_owned(),
            id: Some("0042".to_owned()),
            email: Some("a@x.edu".to_owned()),
            cells: cells.to_vec(),
            raw: last,
            penalty: 1250,
            last,
            reason: "late by 1 day; \"sorry\",\nhe said".to_owned(),
            isolation: "bubblewrap".to_owned(),
            grader: "0.1.0".to_owned(),
        };
        let points = |last| Cell::Points { raw: 12_500, last };
        vec![
            row("Lee, Ann", [points(11_250), points(12_500)], Some(23_750)),
            row("=HYPERLINK(\"http://x\")<script>", [Cell::Unknown, points(0)], None),
            row("Bo", [Cell::Missing, Cell::Missing], Some(0)),
            row("Иванов Пётр", [Cell::Excused, points(12_500)], Some(12_500)),
        ]
    }

    /// The rows that a reader of CSV finds.
    pub(crate) fn read(text: &str) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(false).from_reader(text.as_bytes());
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    #[test]
    fn a_reader_finds_what_was_written_and_no_formula() {
        let read = read(&csv(&columns(), &rows()));
        assert_eq!(read[0][..5], ["student", "name", "id", "email", "lesson-05"]);
        assert_eq!(read[1][1..7], ["Lee, Ann", "0042", "a@x.edu", "125.00", "125.00", "237.50"]);
        assert_eq!(read[1][7..9], ["12.50", "237.50"]);
        assert_eq!(read[1][9], "late by 1 day; \"sorry\",\nhe said");
        assert_eq!(read[2][1], "'=HYPERLINK(\"http://x\")<script>");
        assert_eq!([&read[2][4], &read[2][8]], ["?", "?"], "what is not known is no zero");
        assert_eq!([&read[3][4], &read[4][4], &read[4][1]], ["", "EX", "Иванов Пётр"]);
    }
}
