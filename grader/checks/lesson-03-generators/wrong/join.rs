//! fails: slide, dots, any-numbers
//! breaks: dots-after-each
//! en: `join` puts the dots between the numbers. On the slide they come after each of them, the last one included: `end='...'` is printed with every `print`.
//! ru: `join` ставит точки между числами. На слайде они идут после каждого, и после последнего тоже: `end='...'` печатается при каждом `print`.

use std::iter;

pub fn countdown(n: u32) -> impl Iterator<Item = u32> {
    iter::once_with(move || {
        println!("Обратный отсёт для {n}");
        (1..=n).rev()
    })
    .flatten()
}

pub fn render(numbers: impl IntoIterator<Item = u32>) -> String {
    let numbers: Vec<String> = numbers.into_iter().map(|i| i.to_string()).collect();
    numbers.join("...")
}
