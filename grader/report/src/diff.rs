//! Two transcripts side by side: what was expected, what came, and where they part.

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A row of the two columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// How its two sides relate.
    pub kind: RowKind,
    /// The expected line, or as much of it as goes into the column.
    pub expected: String,
    /// The same of the line that came.
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
    /// More of the row above, which was wider than its column.
    Continued,
    /// Lines that are the same were left out.
    Gap,
    /// So many more expected lines never came: `expected` is their number.
    Rest,
}

/// How many equal lines are shown around a difference.
const CONTEXT: usize = 3;
/// How many rows a line takes at the most.
const MOST_PARTS: usize = 3;
/// How many of the lines at the end that never came are shown; the others are counted.
const MOST_NEVER_CAME: usize = 2;

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
                    expected: cut(line, 2 * width + 2),
                    got: String::new(),
                }));
            }
            DiffOp::Delete { old_index, old_len, .. } => {
                all.extend(missing_lines(
                    &old[old_index..old_index + old_len],
                    old_index + old_len == old.len(),
                    width,
                ));
            }
            DiffOp::Insert { new_index, new_len, .. } => {
                all.extend(new[new_index..new_index + new_len].iter().flat_map(|line| extra(line, width)));
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                let pairs = old_len.min(new_len);
                for i in 0..pairs {
                    all.extend(differing(old[old_index + i], new[new_index + i], width));
                }
                let (rest, end) = (&old[old_index + pairs..old_index + old_len], old_index + old_len == old.len());
                all.extend(missing_lines(rest, end, width));
                all.extend(new[new_index + pairs..new_index + new_len].iter().flat_map(|line| extra(line, width)));
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

fn missing(line: &str, width: usize) -> Vec<Row> {
    one_sided(RowKind::Missing, line, width, |expected| (expected, String::new()))
}

fn extra(line: &str, width: usize) -> Vec<Row> {
    one_sided(RowKind::Extra, line, width, |got| (String::new(), got))
}

fn one_sided(kind: RowKind, line: &str, width: usize, sides: impl Fn(String) -> (String, String)) -> Vec<Row> {
    let kinds = std::iter::once(kind).chain(std::iter::repeat(RowKind::Continued));
    let parts = wrapped(line, 0, width).into_iter().zip(kinds);
    parts
        .map(|(part, kind)| {
            let (expected, got) = sides(part.text);
            Row { kind, expected, got }
        })
        .collect()
}

/// Expected lines that are not there; `at_the_end`: nothing that was expected comes after them.
fn missing_lines(lines: &[&str], at_the_end: bool, width: usize) -> Vec<Row> {
    if at_the_end { never_came(lines, width) } else { lines.iter().flat_map(|line| missing(line, width)).collect() }
}

fn gap() -> Row {
    Row { kind: RowKind::Gap, expected: String::new(), got: String::new() }
}

/// The lines at the end that were expected and never came, after a panic say: the first of them, and how many follow.
fn never_came(lines: &[&str], width: usize) -> Vec<Row> {
    let shown = if lines.len() > MOST_NEVER_CAME + 1 { MOST_NEVER_CAME } else { lines.len() };
    let mut rows: Vec<Row> = lines[..shown].iter().flat_map(|line| missing(line, width)).collect();
    if shown < lines.len() {
        rows.push(Row { kind: RowKind::Rest, expected: (lines.len() - shown).to_string(), got: String::new() });
    }
    rows
}

/// Two lines that differ, and below them a row that points at the first character in which they do. Lines that are
/// wider than the column go on in the next rows.
fn differing(expected: &str, got: &str, width: usize) -> Vec<Row> {
    let same: usize = expected.chars().zip(got.chars()).take_while(|(a, b)| a == b).count();
    let before: usize = got.chars().take(same).map(|c| c.width().unwrap_or(0)).sum();
    // A difference far to the right is brought into view, with some of what stands before it.
    let skipped = if before + 8 > 2 * width { same.saturating_sub(width / 2) } else { 0 };
    let (left, right) = (wrapped(expected, skipped, width), wrapped(got, skipped, width));
    let caret = |part: &Part| {
        let is_here = part.chars.contains(&same) || (part.is_last && part.chars.end <= same);
        let column: usize = part.text.chars().take(part.dots + same - part.chars.start.min(same)).map(cells).sum();
        if is_here { format!("{}^", " ".repeat(column.min(width.saturating_sub(1)))) } else { String::new() }
    };
    let mut rows = Vec::new();
    for i in 0..left.len().max(right.len()) {
        let text = |parts: &[Part]| parts.get(i).map_or(String::new(), |part| part.text.clone());
        let points = |parts: &[Part]| parts.get(i).map_or(String::new(), caret);
        let kind = if i == 0 { RowKind::Differs } else { RowKind::Continued };
        rows.push(Row { kind, expected: text(&left), got: text(&right) });
        let carets = Row { kind: RowKind::Caret, expected: points(&left), got: points(&right) };
        if !carets.expected.is_empty() || !carets.got.is_empty() {
            rows.push(carets);
        }
    }
    rows
}

/// As much of a line as one row holds.
struct Part {
    text: String,
    /// The characters of the line that stand here.
    chars: std::ops::Range<usize>,
    /// How many characters of ours stand before them.
    dots: usize,
    is_last: bool,
}

fn cells(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// The line from the character `skipped` on in rows of `width` cells, broken at spaces where there are some; `…` stands
/// where something is left out.
fn wrapped(line: &str, skipped: usize, width: usize) -> Vec<Part> {
    let chars: Vec<char> = line.chars().map(|c| if c == '\t' { ' ' } else { c }).collect();
    let mut parts = Vec::new();
    let mut start = skipped.min(chars.len());
    loop {
        let mut text = if start > 0 && parts.is_empty() { String::from('…') } else { String::new() };
        let (dots, room) = (text.chars().count(), width.saturating_sub(text.width()).max(2));
        let rest = &chars[start..];
        let is_last = rest.iter().map(|&c| cells(c)).sum::<usize>() <= room;
        let is_cut = !is_last && parts.len() + 1 == MOST_PARTS;
        let mut end = if is_last { rest.len() } else { fitting(rest, room - usize::from(is_cut)) };
        if !is_last && !is_cut {
            // After a space, if that leaves at least half of the row.
            let space = rest[..end].iter().rposition(|&c| c == ' ').map(|at| at + 1);
            end = space.filter(|&at| 2 * at >= end).unwrap_or(end);
        }
        text.extend(&rest[..end]);
        text.extend(is_cut.then_some('…'));
        parts.push(Part { text, chars: start..start + end, dots, is_last: is_last || is_cut });
        start += end;
        if is_last || is_cut {
            return parts;
        }
    }
}

/// How many of the characters go into so many cells; one at the least.
fn fitting(chars: &[char], room: usize) -> usize {
    let mut used = 0;
    let fits = chars.iter().take_while(|&&c| {
        used += cells(c);
        used <= room
    });
    fits.count().max(1)
}

/// The start of a line, as much as goes into `width` cells; `…` stands where something is left out.
fn cut(line: &str, width: usize) -> String {
    let mut out = String::new();
    let rest: String = line.chars().map(|c| if c == '\t' { ' ' } else { c }).collect();
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
    fn what_differs_is_never_cut_off() {
        let rows = rows("get runs on the thread of the loop", "get runs on a thread of its own", 16, 10);
        let text: Vec<(&str, &str)> = rows.iter().map(|row| (row.expected.as_str(), row.got.as_str())).collect();
        let shown = [
            ("get runs on the ", "get runs on a "),
            ("            ^", "            ^"),
            ("thread of the ", "thread of its "),
            ("loop", "own"),
        ];
        assert_eq!(text, shown);
    }

    #[test]
    fn the_lines_that_never_came_are_counted() {
        use RowKind::*;
        assert_eq!(kinds("a\nb\nc\nd\ne\nf\n", "a\npanicked\n"), [Same, Differs, Caret, Missing, Missing, Rest]);
        assert_eq!(kinds("a\nb\nc\nd\n", "a\n"), [Same, Missing, Missing, Missing]);
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
