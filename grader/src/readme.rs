//! What every README of a lesson has in common: its sections, in both languages.

use crate::words::Lang;

/// The sections of every README in their order: English, Russian.
pub const SECTIONS: [(&str, &str); 8] = [
    ("The slide", "Слайд"),
    ("Predict the output", "Предскажите вывод"),
    ("The idea in Rust", "Идея на Rust"),
    ("What really differs from Python", "Чем это на самом деле отличается от Python"),
    TASK,
    ("Errors you will meet", "Ошибки, которые вам встретятся"),
    ("Further reading", "Что почитать"),
    ("A stretch", "Со звёздочкой"),
];

/// The section that says what to do: English, Russian.
pub const TASK: (&str, &str) = ("The task", "Что сделать");

/// The section with the questions: English, Russian.
pub const QUESTIONS: (&str, &str) = SECTIONS[1];

/// The heading of the section that shows the slide, in both languages.
pub const SLIDE: (&str, &str) = SECTIONS[0];

/// The heading in this language of the section that is called so in English.
pub fn section(english: &str, lang: Lang) -> &str {
    let russian = SECTIONS.iter().find(|(en, _)| *en == english).map_or(english, |(_, ru)| ru);
    lang.pick(english, russian)
}

/// A README's name in a lesson's folder.
pub fn file_name(lang: Lang) -> &'static str {
    lang.pick("README.md", "README.ru.md")
}

/// A rule of a lesson's task: one sentence that checks hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// What checks and wrong programs call it.
    pub id: String,
    /// The bullet's plain text.
    pub sentence: String,
}

/// A bullet of "The task".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bullet {
    /// Its plain text: without the signs of Markdown, in one line.
    pub text: String,
    /// The id of the rule that it states, as `<!-- rule: ID -->` at its end says.
    pub rule: Option<String>,
}

/// The rules that a README's task states, in their order; the text may be in either language.
pub fn rules(text: &str) -> Vec<Rule> {
    bullets(text).into_iter().filter_map(|it| Some(Rule { id: it.rule?, sentence: it.text })).collect()
}

/// The bullets of a README's task, in their order. Bullets below others belong to those.
pub fn bullets(text: &str) -> Vec<Bullet> {
    let heading = |line: &str| line.strip_prefix("## ").is_some_and(|it| it == TASK.0 || it == TASK.1);
    let section = text.lines().skip_while(|line| !heading(line)).skip(1).take_while(|line| !line.starts_with("## "));
    let (mut all, mut open, mut fenced) = (Vec::new(), None::<String>, false);
    for line in section {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        match (line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")), &mut open) {
            _ if fenced || fence => {}
            (Some(first), _) => all.extend(open.replace(first.to_owned())),
            // A line without an indent goes on with a bullet's words, unless a blank line stands between.
            (None, Some(said)) if !line.trim().is_empty() && (line.starts_with("  ") || !said.ends_with('\n')) => {
                *said = format!("{} {}", said.trim_end(), line.trim());
            }
            (None, Some(said)) if line.trim().is_empty() => said.push('\n'),
            (None, _) => all.extend(open.take()),
        }
    }
    all.extend(open);
    all.iter().map(|said| bullet(said.trim())).collect()
}

fn bullet(said: &str) -> Bullet {
    let marked = said.strip_suffix("-->").and_then(|rest| rest.rsplit_once("<!--"));
    let rule = marked.and_then(|(text, note)| Some((text, note.trim().strip_prefix("rule:")?.trim().to_owned())));
    match rule {
        Some((text, id)) => Bullet { text: plain(text), rule: Some(id) },
        None => Bullet { text: plain(said), rule: None },
    }
}

/// Without the signs for code, stress and links.
fn plain(markdown: &str) -> String {
    let mut out = String::new();
    let mut rest = markdown.trim();
    while let Some(start) = rest.find('[') {
        let link = rest[start..].split_once("](").and_then(|(words, after)| Some((words, after.split_once(')')?.1)));
        let Some((words, after)) = link.filter(|(words, _)| !words.contains(']')) else { break };
        out.push_str(&rest[..start]);
        out.push_str(&words[1..]);
        rest = after;
    }
    out.push_str(rest);
    out.replace(['`', '*'], "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_the_marked_bullets_of_the_task_as_plain_text() {
        let text = "## The slide\n- no <!-- rule: other -->\n## The task\nWrite it.\n```rust\n- code <!-- rule: code -->\n```\n\
                    - Two *decimals*, see [`format!`](x.md).\n  And no unit. <!-- rule: decimals -->\n- Unmarked.\n\n\
                    A paragraph.\n## A stretch\n- no\n";
        let rule = Rule { id: "decimals".to_owned(), sentence: "Two decimals, see format!. And no unit.".to_owned() };
        assert_eq!(rules(text), [rule]);
        assert_eq!(bullets(text)[1], Bullet { text: "Unmarked.".to_owned(), rule: None });
        assert_eq!(bullets(text).len(), 2, "the paragraph is no part of a bullet");
        assert_eq!(rules("## Что сделать\n- Две цифры. <!-- rule: decimals -->\n")[0].sentence, "Две цифры.");
        assert_eq!(bullets("## The task\n- `a[0]` and `b]`\n")[0].text, "a[0] and b]");
    }
}
