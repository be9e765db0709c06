//! fails: slide, dots, any-numbers
//! breaks: text-is-returned
//! en: Your `render` prints, and returns an empty text. Who asks for text decides what becomes of it: `main` prints it, a check compares it.
//! ru: Ваша `render` печатает, а возвращает пустой текст. Что делать с текстом, решает тот, кто его просил: `main` печатает, проверка сравнивает.

use std::iter;

pub fn countdown(n: u32) -> impl Iterator<Item = u32> {
    iter::once_with(move || {
        println!("Обратный отсёт для {n}");
        (1..=n).rev()
    })
    .flatten()
}

pub fn render(numbers: impl IntoIterator<Item = u32>) -> String {
    for i in numbers {
        print!("{i}...");
    }
    String::new()
}
