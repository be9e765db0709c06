//! fails: huge, thirty-at-once
//! breaks: one-at-a-time
//! en: Your header waits for the first `next`, but then a `Vec` of all the numbers is made at once. Lazy is every number, not only the first line: give `(1..=n).rev()` itself, which makes them one at a time.
//! ru: Заголовок ждёт первого `next`, но потом разом создаётся `Vec` из всех чисел. Ленива не только первая строка, а каждое число: отдавайте сам `(1..=n).rev()`, он создаёт их по одному.

use std::iter;

pub fn countdown(n: u32) -> impl Iterator<Item = u32> {
    iter::once_with(move || {
        println!("Обратный отсёт для {n}");
        (1..=n).rev().collect::<Vec<u32>>()
    })
    .flatten()
}

pub fn render(numbers: impl IntoIterator<Item = u32>) -> String {
    numbers.into_iter().map(|i| format!("{i}...")).collect()
}
