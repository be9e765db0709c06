//! Two transcripts side by side: what was expected, what came, and where they part.

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A row of the two columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// How its two sides relate.
    pub kind: RowKind,
    /// The expected line, cut to the column.
    pub expected: String,
    /// The line that came, cut to the column.
    pub got: String,
}

/// How the two sides of a row relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    /// They are the same line.
    Same,
    /// They stand in each other's place, and differ.
    Differs,
    /// The expected line did not come.
    Missing,
    /// A line came that nobody expected.
    Extra,
    /// Points at where the row above differs.
    Caret,
    /// Lines that are the same were left out.
    Gap,
}

/// How many equal lines are shown around a difference.
const CONTEXT: usize = 3;

/// Lays two texts out in rows of two columns, each `width` cells wide; a line that is the same in both stands once,
/// in `expected`, and may be as wide as both. Long runs of equal lines are left out, and at most `most` rows come back,
/// the first differences among them.
pub fn rows(expected: &str, got: &str, width: usize, most: usize) -> Vec<Row> {
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), got.lines().collect());
    let mut all = Vec::new();
    for op in capture_diff_slices(Algorithm::Patience, &old, &new) {
        match op {
            DiffOp::Equal { old_index, len, .. } => {
                all.extend(old[old_index..old_index + len].iter().map(|line| Row {
                    kind: RowKind::Same,
                    expected: cut(line, 0, 2 * width + 2),
                    got: String::new(),
                }));
            }
            DiffOp::Delete { old_index, old_len, .. } => {
                all.extend(old[old_index..old_index + old_len].iter().map(|line| missing(line, width)));
            }
            DiffOp::Insert { new_index, new_len, .. } => {
                all.extend(new[new_index..new_index + new_len].iter().map(|line| extra(line, width)));
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                let pairs = old_len.min(new_len);
                for i in 0..pairs {
                    all.extend(differing(old[old_index + i], new[new_index + i], width));
                }
                all.extend(old[old_index + pairs..old_index + old_len].iter().map(|line| missing(line, width)));
                all.extend(new[new_index + pairs..new_index + new_len].iter().map(|line| extra(line, width)));
            }
        }
    }
    let mut rows = without_long_runs(all);
    if rows.len() > most {
        rows.truncate(most.saturating_sub(1));
        rows.push(gap());
    }
    rows
}

fn missing(line: &str, width: usize) -> Row {
    Row { kind: RowKind::Missing, expected: cut(line, 0, width), got: String::new() }
}

fn extra(line: &str, width: usize) -> Row {
    Row { kind: RowKind::Extra, expected: String::new(), got: cut(line, 0, width) }
}

fn gap() -> Row {
    Row { kind: RowKind::Gap, expected: String::new(), got: String::new() }
}

/// Two lines that differ, and a row that points at the first cell in which they do.
fn differing(expected: &str, got: &str, width: usize) -> [Row; 2] {
    let same: usize = expected.chars().zip(got.chars()).take_while(|(a, b)| a == b).count();
    let before: usize = got.chars().take(same).map(|c| c.width().unwrap_or(0)).sum();
    // A difference far to the right is brought into view, with some of what stands before it.
    let skipped = if before + 8 > width { same.saturating_sub(width / 2) } else { 0 };
    let shift: usize = got.chars().take(skipped).map(|c| c.width().unwrap_or(0)).sum();
    let column = before - shift + usize::from(skipped > 0);
    let caret = format!("{}^", " ".repeat(column.min(width.saturating_sub(1))));
    [
        Row { kind: RowKind::Differs, expected: cut(expected, skipped, width), got: cut(got, skipped, width) },
        Row { kind: RowKind::Caret, expected: caret.clone(), got: caret },
    ]
}

/// The part of a line from the character `skipped` on that fits into `width` cells; `…` stands where something is left out.
fn cut(line: &str, skipped: usize, width: usize) -> String {
    let mut out = String::new();
    if skipped > 0 {
        out.push('…');
    }
    let rest: String = line.chars().skip(skipped).map(|c| if c == '\t' { ' ' } else { c }).collect();
    if out.width() + rest.width() <= width {
        return out + &rest;
    }
    for c in rest.chars() {
        if out.width() + c.width().unwrap_or(0) + 1 > width {
            break;
        }
        out.push(c);
    }
    out.push('…');
    out
}

fn without_long_runs(rows: Vec<Row>) -> Vec<Row> {
    let near = |i: usize| {
        let from = i.saturating_sub(CONTEXT);
        rows[from..rows.len().min(i + CONTEXT + 1)].iter().any(|row| row.kind != RowKind::Same)
    };
    let mut kept: Vec<Row> = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        if near(i) {
            kept.push(row.clone());
        } else if kept.last().is_none_or(|last| last.kind != RowKind::Gap) {
            kept.push(gap());
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(expected: &str, got: &str) -> Vec<RowKind> {
        rows(expected, got, 20, 100).into_iter().map(|row| row.kind).collect()
    }

    #[test]
    fn lines_are_set_beside_their_like() {
        use RowKind::*;
        assert_eq!(kinds("a\nb\nc\n", "a\nc\n"), [Same, Missing, Same]);
        assert_eq!(kinds("a\nc\n", "a\nb\nc\n"), [Same, Extra, Same]);
        assert_eq!(kinds("a\n2.00\nc\n", "a\n2.0\nc\n"), [Same, Differs, Caret, Same]);
    }

    #[test]
    fn the_caret_stands_under_the_first_difference() {
        let rows = rows("Обратный отсёт", "Обратный отсчёт", 30, 10);
        assert_eq!(rows[1].got, "            ^");
    }

    #[test]
    fn a_difference_far_to_the_right_is_brought_into_view() {
        let expected = format!("{}x", "a".repeat(50));
        let rows = rows(&expected, &expected.replace('x', "y"), 20, 10);
        assert_eq!((rows[0].expected.as_str(), rows[0].got.as_str()), ("…aaaaaaaaaax", "…aaaaaaaaaay"));
        assert_eq!(rows[1].got, format!("{}^", " ".repeat(11)));
    }

    #[test]
    fn no_row_is_wider_than_its_column_nor_are_there_too_many() {
        let expected: String = (0..200).map(|i| format!("line {i} {}\n", "ж".repeat(i))).collect();
        let got = expected.replace("5", "five");
        let rows = rows(&expected, &got, 24, 12);
        assert_eq!(rows.len(), 12);
        let most = |row: &Row| if row.kind == RowKind::Same { 50 } else { 24 };
        assert!(rows.iter().all(|row| row.expected.width() <= most(row) && row.got.width() <= 24));
    }

    #[test]
    fn equal_lines_far_from_any_difference_are_left_out() {
        use RowKind::*;
        let lines: String = (0..20).map(|i| format!("{i}\n")).collect();
        let got = lines.replace("10\n", "ten\n");
        assert_eq!(kinds(&lines, &got), [Gap, Same, Same, Same, Differs, Caret, Same, Same, Same, Gap]);
    }
}
