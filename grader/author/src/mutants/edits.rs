//! One change of a text.

use std::ops::Range;

/// Bytes of a text, what stands there instead, and what that means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The bytes that are replaced.
    pub range: Range<usize>,
    /// What stands there instead.
    pub with: String,
    /// In words: ``the `move` is gone``.
    pub what: String,
}

impl Edit {
    /// The text with this change.
    pub fn apply(&self, text: &str) -> String {
        format!("{}{}{}", &text[..self.range.start], self.with, &text[self.range.end..])
    }
}

/// The range with the rest of its lines, if nothing else stands on them; so that what is taken out leaves no blank line.
pub fn whole_lines(text: &str, range: Range<usize>) -> Range<usize> {
    let start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[range.end..].find('\n').map_or(text.len(), |at| range.end + at + 1);
    let alone = text[start..range.start].trim().is_empty() && text[range.end..end].trim().is_empty();
    if alone { start..end } else { range }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_alone_on_its_line_goes_with_the_line() {
        let text = "a();\n    b();\nc(); d();\n";
        let at = |word: &str| text.find(word).map(|at| at..at + word.len()).unwrap();
        let gone = |word: &str| {
            let range = whole_lines(text, at(word));
            Edit { range, with: String::new(), what: String::new() }.apply(text)
        };
        assert_eq!(gone("b();"), "a();\nc(); d();\n");
        assert_eq!(gone("d();"), "a();\n    b();\nc(); \n");
    }
}
