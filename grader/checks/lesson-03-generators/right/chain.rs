//! en: An empty piece that prints, chained before the numbers, in a box: `dyn Iterator` shows as little as `impl Iterator`.
//! ru: Пустой кусок, который печатает, сцеплен с числами и убран в `Box`: `dyn Iterator` показывает так же мало, как `impl Iterator`.

use std::iter;

pub fn countdown(n: u32) -> Box<dyn Iterator<Item = u32>> {
    let header = iter::once_with(move || println!("Обратный отсёт для {n}")).filter_map(|()| None);
    Box::new(header.chain((1..=n).rev()))
}

pub fn render(numbers: impl IntoIterator<Item = u32>) -> String {
    let mut text = String::new();
    text.extend(numbers.into_iter().map(|i| format!("{i}...")));
    text
}
