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
pub const TASK: (&str, &str) = ("The task", "Задача");

/// The section with the questions: English, Russian.
pub const QUESTIONS: (&str, &str) = SECTIONS[1];

/// The heading in this language of the section that is called so in English.
pub fn section(english: &str, lang: Lang) -> &str {
    let russian = SECTIONS.iter().find(|(en, _)| *en == english).map_or(english, |(_, ru)| ru);
    lang.pick(english, russian)
}

/// A README's name in a lesson's folder.
pub fn file_name(lang: Lang) -> &'static str {
    lang.pick("README.md", "README.ru.md")
}
