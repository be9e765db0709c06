//! The two languages of the course.

/// A language that texts are shown in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    /// English.
    En,
    /// Russian.
    Ru,
}

impl Lang {
    /// The language of a locale's name, such as `ru_RU.UTF-8`: Russian if it says so, else English.
    pub fn of_locale(locale: &str) -> Lang {
        let russian =
            locale == "ru" || locale.starts_with("ru_") || locale.starts_with("ru.") || locale.starts_with("ru-");
        if russian { Lang::Ru } else { Lang::En }
    }

    /// One of two texts.
    pub fn pick<'a>(self, en: &'a str, ru: &'a str) -> &'a str {
        match self {
            Lang::En => en,
            Lang::Ru => ru,
        }
    }
}

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The English text.
    pub en: String,
    /// The Russian text.
    pub ru: String,
}

impl Text {
    /// The text in this language.
    pub fn get(&self, lang: Lang) -> &str {
        lang.pick(&self.en, &self.ru)
    }
}

/// The form of a Russian noun that goes with a number: `1 балл, 2 балла, 5 баллов`.
pub fn russian_plural<'a>(n: usize, one: &'a str, few: &'a str, many: &'a str) -> &'a str {
    match (n % 10, n % 100) {
        (_, 11..=14) => many,
        (1, _) => one,
        (2..=4, _) => few,
        _ => many,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn russian_numbers_take_three_forms() {
        let form = |n| russian_plural(n, "балл", "балла", "баллов");
        assert_eq!(
            [0, 1, 2, 5, 11, 12, 21, 22, 111].map(form).join(" "),
            "баллов балл балла баллов баллов баллов балл балла баллов"
        );
    }

    #[test]
    fn a_locale_names_its_language() {
        assert_eq!(
            ["ru_RU.UTF-8", "ru", "run", "en_US.UTF-8", "C", ""].map(Lang::of_locale),
            [Lang::Ru, Lang::Ru, Lang::En, Lang::En, Lang::En, Lang::En]
        );
    }
}
