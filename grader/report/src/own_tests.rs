//! A student's own tests in words: which services they tell for what they are, and which they don't, by what these do wrong.

use super::phrases::{fault_en, fault_ru};
use grader::outcome::FaultKind;
use grader::tried::{Came, Tried};
use grader::words::Lang;
use std::fmt::Write as _;

/// What came of them, in a sentence without a full stop.
pub fn headline(tried: &[Tried], lang: Lang) -> String {
    let broken = || tried.iter().filter(|it| it.flaw.is_some());
    let (caught, of) = (broken().filter(|it| it.told()).count(), broken().count());
    let no_test = tried.iter().all(|it| it.came == Came::NoTest);
    let right = tried.iter().all(|it| it.flaw.is_some() || it.told());
    match (lang, no_test, right) {
        (Lang::En, true, _) => "there is no test in `src/tests.rs`".to_owned(),
        (Lang::Ru, true, _) => "в `src/tests.rs` нет ни одного теста".to_owned(),
        (Lang::En, _, false) => "your tests do not pass on a right service".to_owned(),
        (Lang::Ru, _, false) => "ваши тесты не проходят на правильном сервисе".to_owned(),
        (Lang::En, ..) => format!("your tests catch {caught} of {of} broken services"),
        (Lang::Ru, ..) => format!("ваши тесты ловят {caught} из {of} сломанных сервисов"),
    }
}

/// What that means, where it does not speak for itself.
pub fn meaning(tried: &[Tried], lang: Lang) -> Option<String> {
    let fixed = |en: &str, ru: &str| Some(lang.pick(en, ru).to_owned());
    let came = |wanted: fn(&Came) -> bool| tried.iter().any(|it| wanted(&it.came));
    let right_fails = tried.iter().any(|it| it.flaw.is_none() && !it.told());
    if came(|came| matches!(came, Came::Broke(FaultKind::Hang { .. }))) {
        return fixed(
            "A test that never ends tells nobody anything. Put what may never come into `tokio::time::timeout`: under a paused clock it costs no time.",
            "Тест, который не завершается, никому ничего не сообщит. Заверните то, чего можно не дождаться, в `tokio::time::timeout`: на остановленных часах это не стоит ни секунды.",
        );
    }
    if came(|came| matches!(came, Came::Broke(_))) {
        return fixed(
            "How a test ended counts only if the run came to its end: let it return, or panic by an `assert!`.",
            "Исход теста засчитывается, только если прогон дошёл до конца: пусть тест вернётся или запаникует в `assert!`.",
        );
    }
    if came(|came| *came == Came::Wavers) {
        return fixed(
            "The same tests came to one thing in one run and to another in the next: they depend on chance, on real time or on an order that nobody promised.",
            "Одни и те же тесты закончились в двух прогонах по-разному: они зависят от случая, от настоящего времени или от порядка, которого никто не обещал.",
        );
    }
    if right_fails {
        return fixed(
            "They ask for something that the task does not promise: a service built otherwise than yours may do it another way.",
            "Они требуют того, чего задание не обещает: сервис, устроенный не так, как ваш, вправе поступать иначе.",
        );
    }
    None
}

/// A line a service: whether the tests tell it for what it is, what it does, and what they came to.
pub fn table(tried: &[Tried], lang: Lang) -> String {
    let mut out = String::new();
    for it in tried {
        let sign = if it.told() { "✓" } else { "✗" };
        let what = it
            .flaw
            .as_ref()
            .map_or(lang.pick("a right service", "правильный сервис"), |flaw| flaw.get(lang));
        let _ = writeln!(out, "{sign} {what}: {}", came(&it.came, it.flaw.is_none(), lang));
    }
    out
}

fn came(came: &Came, is_right: bool, lang: Lang) -> String {
    match came {
        Came::Passed if is_right => lang.pick("your tests pass", "тесты проходят").to_owned(),
        Came::Passed => lang.pick("your tests pass, and should not", "тесты проходят, а не должны").to_owned(),
        Came::Failed { test, message, .. } if is_right => match lang {
            Lang::En => format!("`{test}` fails: {message}"),
            Lang::Ru => format!("`{test}` не проходит: {message}"),
        },
        Came::Failed { test, .. } => match lang {
            Lang::En => format!("caught by `{test}`"),
            Lang::Ru => format!("пойман тестом `{test}`"),
        },
        Came::NoTest => lang.pick("no test", "нет теста").to_owned(),
        Came::Broke(kind) => match lang {
            Lang::En => fault_en(*kind),
            Lang::Ru => fault_ru(*kind),
        },
        Came::Wavers => lang.pick("now they pass, now they don't", "тесты то проходят, то нет").to_owned(),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use grader::words::Text;

    pub(crate) fn tried() -> Vec<Tried> {
        let flaw = |en: &str, ru: &str| Some(Text { en: en.to_owned(), ru: ru.to_owned() });
        let failed =
            |at: &str| Came::Failed { test: "tests::a".to_owned(), message: "no".to_owned(), at: at.to_owned() };
        vec![
            Tried { flaw: None, came: Came::Passed },
            Tried {
                flaw: flaw("keeps the slow reader", "оставляет медленного читателя"),
                came: failed("src/tests.rs:3:5"),
            },
            Tried {
                flaw: flaw("loses the last line", "теряет последнюю строку"), came: Came::Passed
            },
            Tried { flaw: flaw("stops early", "останавливается рано"), came: Came::Wavers },
            Tried { flaw: flaw("is empty", "пуст"), came: Came::NoTest },
            Tried {
                flaw: flaw("never ends", "не завершается"),
                came: Came::Broke(FaultKind::Hang { deadline_ms: 4000 }),
            },
        ]
    }

    #[test]
    fn what_is_caught_and_what_is_not_is_told_by_what_it_does_wrong() {
        assert_eq!(headline(&tried(), Lang::En), "your tests catch 1 of 5 broken services");
        let table = table(&tried(), Lang::Ru);
        assert!(table.contains("✓ оставляет медленного читателя: пойман тестом `tests::a`\n"), "{table}");
        assert!(table.contains("✗ теряет последнюю строку: тесты проходят, а не должны\n"), "{table}");
        assert!(meaning(&tried(), Lang::En).unwrap().contains("timeout"));
    }

    #[test]
    fn a_right_service_that_fails_comes_before_what_is_caught() {
        let mut tried = tried();
        let came = Came::Failed { test: "tests::a".to_owned(), message: "no".to_owned(), at: String::new() };
        tried[0].came = came;
        assert_eq!(headline(&tried, Lang::En), "your tests do not pass on a right service");
        assert!(table(&tried, Lang::En).starts_with("✗ a right service: `tests::a` fails: no\n"));
    }
}
