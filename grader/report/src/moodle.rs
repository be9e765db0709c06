//! The gradebook as Moodle imports it: students by number or address, a column an item, decimals with a point.
//!
//! Moodle takes `-` for "no grade" and leaves what an empty cell stands for as it is: see "Grade import" in its manual.

use crate::gradebook::{Cell, Column, Row, decimal, inert, table};

/// The CSV.
pub fn csv(columns: &[Column], rows: &[Row]) -> String {
    let mut header: Vec<String> = ["ID number", "Email address", "Full name"].map(str::to_owned).to_vec();
    header.extend(columns.iter().map(|column| column.lesson.clone()));
    header.push("Feedback".to_owned());
    let line = |row: &Row| {
        let words = [row.id.as_deref(), row.email.as_deref(), Some(row.name.as_str())];
        let mut line: Vec<String> = words.map(|it| inert(it.unwrap_or_default())).to_vec();
        line.extend(row.cells.iter().map(|cell| match cell {
            Cell::Points { last, .. } => decimal(*last),
            Cell::Missing | Cell::Unknown => String::new(),
            Cell::Excused => "-".to_owned(),
        }));
        line.push(inert(&row.reason));
        line
    };
    table(std::iter::once(header).chain(rows.iter().map(line)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gradebook::tests::{columns, read, rows};

    #[test]
    fn moodle_finds_students_and_their_points() {
        let read = read(&csv(&columns(), &rows()));
        assert_eq!(read[0][..4], ["ID number", "Email address", "Full name", "lesson-05"]);
        assert_eq!(read[1][..5], ["0042", "a@x.edu", "Lee, Ann", "112.50", "125.00"]);
        assert_eq!([&read[2][3], &read[3][3], &read[4][3]], ["", "", "-"]);
    }
}
