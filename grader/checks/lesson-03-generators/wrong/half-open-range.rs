//! fails: huge
//! breaks: counts-down
//! en: `n + 1` is one more than a `u32` can hold when `n` is `u32::MAX`. Python's integers have no end, Rust's have one: write `1..=n`, or count down from `n` itself.
//! ru: При `n`, равном `u32::MAX`, `n + 1` уже не помещается в `u32`. У целых чисел в Python нет предела, в Rust он есть: пишите `1..=n` или считайте вниз от самого `n`.

use std::iter;

pub fn countdown(n: u32) -> impl Iterator<Item = u32> {
    iter::once_with(move || {
        println!("Обратный отсёт для {n}");
        (1..n + 1).rev()
    })
    .flatten()
}

pub fn render(numbers: impl IntoIterator<Item = u32>) -> String {
    numbers.into_iter().map(|i| format!("{i}...")).collect()
}
