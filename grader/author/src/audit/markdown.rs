//! As much of Markdown as the course's texts use: headings, fenced blocks, links. Not a renderer.

/// A text, taken apart.
#[derive(Debug, Default)]
pub struct Markdown {
    /// `(level, text)` of each heading.
    pub headings: Vec<(usize, String)>,
    /// The fenced blocks.
    pub blocks: Vec<Block>,
    /// The targets of links and pictures.
    pub links: Vec<String>,
    /// The lines outside of fenced blocks.
    pub prose: Vec<String>,
}

/// A fenced block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What stands behind the fence, such as `rust,ignore`.
    pub info: String,
    /// Its lines.
    pub text: String,
    /// What an HTML comment right before it says, such as `snapshot: on-panic@1`.
    pub note: Option<String>,
    /// The line of its fence, from 1.
    pub line: usize,
}

impl Markdown {
    /// Takes a text apart.
    pub fn parse(text: &str) -> Markdown {
        let mut markdown = Markdown::default();
        let mut open: Option<(String, Block)> = None;
        let mut note = None;
        for (i, line) in text.lines().enumerate() {
            let trimmed = line.trim_start();
            if let Some((fence, block)) = &mut open {
                if trimmed.starts_with(fence.as_str()) && trimmed.trim_end() == fence {
                    markdown.blocks.extend(open.take().map(|(_, block)| block));
                } else {
                    block.text.push_str(line);
                    block.text.push('\n');
                }
                continue;
            }
            if trimmed.starts_with("```") {
                let info = trimmed.trim_start_matches('`');
                let fence = trimmed[..trimmed.len() - info.len()].to_owned();
                let block = Block { info: info.trim().to_owned(), text: String::new(), note: note.take(), line: i + 1 };
                open = Some((fence, block));
                continue;
            }
            if let Some(comment) = trimmed.strip_prefix("<!--").and_then(|rest| rest.split_once("-->")) {
                note = Some(comment.0.trim().to_owned());
            } else if !trimmed.is_empty() {
                note = None;
            }
            let level = trimmed.bytes().take_while(|byte| *byte == b'#').count();
            if (1..=6).contains(&level) && trimmed[level..].starts_with(' ') {
                markdown.headings.push((level, trimmed[level..].trim().to_owned()));
            }
            markdown.links.extend(links(line));
            markdown.prose.push(line.to_owned());
        }
        markdown
    }

    /// The headings of a level.
    pub fn level(&self, level: usize) -> Vec<&str> {
        self.headings.iter().filter(|(at, _)| *at == level).map(|(_, text)| text.as_str()).collect()
    }

    /// The anchors that GitHub gives to the headings.
    pub fn anchors(&self) -> Vec<String> {
        let mut anchors: Vec<String> = Vec::new();
        for (_, heading) in &self.headings {
            let plain: String = heading
                .to_lowercase()
                .chars()
                .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
                .map(|c| if c == ' ' { '-' } else { c })
                .collect();
            let same = anchors.iter().filter(|known| **known == plain).count();
            anchors.push(if same == 0 { plain } else { format!("{plain}-{same}") });
        }
        anchors
    }
}

fn links(line: &str) -> Vec<String> {
    // What stands between backticks is code, whatever it looks like.
    let outside: String = line.split('`').step_by(2).collect::<Vec<_>>().join("`");
    let targets = outside.split("](").skip(1).filter_map(|rest| rest.split_once(')').map(|(target, _)| target));
    targets.map(|target| target.split_whitespace().next().unwrap_or_default().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_taken_apart() {
        let markdown = Markdown::parse(
            "# A `b`: c\n\nSee [x](../X.md#y) and `[no](link)`.\n\n<!-- snapshot: a@1 -->\n\n```text\n# not a heading\n```\n\n## Что дальше?\n````rust\n```\n````\n",
        );
        assert_eq!(markdown.headings, [(1, "A `b`: c".to_owned()), (2, "Что дальше?".to_owned())]);
        assert_eq!(markdown.anchors(), ["a-b-c", "что-дальше"]);
        assert_eq!(markdown.links, ["../X.md#y"]);
        let blocks: Vec<_> =
            markdown.blocks.iter().map(|b| (b.info.as_str(), b.text.as_str(), b.note.as_deref(), b.line)).collect();
        assert_eq!(blocks, [("text", "# not a heading\n", Some("snapshot: a@1"), 7), ("rust", "```\n", None, 12)]);
    }
}
