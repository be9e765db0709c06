//! The gradebook as Canvas imports it: a second line with the points possible, `EX` for excused, two decimals.
//!
//! A cell that is empty leaves the grade in Canvas as it is, so what is not graded changes nothing there. The format is
//! that of Instructure's guide "How do I import grades in the Gradebook?".

use crate::gradebook::{Cell, Column, Row, decimal, inert, table};

/// The CSV. `Student`, `ID` and `Section` are the columns that Canvas asks for; it finds students by `ID`.
pub fn csv(columns: &[Column], rows: &[Row]) -> String {
    let fixed = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"].map(str::to_owned).to_vec();
    let empty = |first: &str| vec![first.to_owned(), String::new(), String::new(), String::new(), String::new()];
    let header = [fixed, columns.iter().map(|column| column.lesson.clone()).collect()].concat();
    let points = columns.iter().map(|column| decimal(column.points)).collect();
    let possible = [empty("    Points Possible"), points].concat();
    let line = |row: &Row| {
        let mut line = empty(&inert(&row.name));
        line[1] = inert(row.id.as_deref().unwrap_or_default());
        line[3] = inert(row.email.as_deref().unwrap_or_default());
        line.extend(row.cells.iter().map(|cell| match cell {
            Cell::Points { last, .. } => decimal(*last),
            Cell::Missing | Cell::Unknown => String::new(),
            Cell::Excused => "EX".to_owned(),
        }));
        line
    };
    table([header, possible].into_iter().chain(rows.iter().map(line)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gradebook::tests::{columns, read, rows};

    #[test]
    fn canvas_finds_its_columns_its_points_and_its_marks() {
        let read = read(&csv(&columns(), &rows()));
        assert_eq!(read[0][..2], ["Student", "ID"]);
        assert_eq!(read[1], ["    Points Possible", "", "", "", "", "130.00", "130.00"]);
        assert_eq!(read[2], ["Lee, Ann", "0042", "", "a@x.edu", "", "112.50", "125.00"]);
        assert_eq!(read[3][5..], ["", "0.00"]);
        assert_eq!([&read[4][5], &read[5][5]], ["", "EX"]);
    }
}
