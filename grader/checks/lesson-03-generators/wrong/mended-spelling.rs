//! fails: slide, lazy, ends, stays-ended, all-of-them, other-ways, independent, huge, thirty-at-once
//! breaks: header-at-the-first-next
//! en: You have mended the spelling. It is right, «отсчёт», but the slide says «отсёт», and the output is compared to the letter.
//! ru: Вы исправили опечатку. Верно, правильно «отсчёт», но на слайде «отсёт», а вывод сравнивается буква в букву.

use std::iter;

pub fn countdown(n: u32) -> impl Iterator<Item = u32> {
    iter::once_with(move || {
        println!("Обратный отсчёт для {n}");
        (1..=n).rev()
    })
    .flatten()
}

pub fn render(numbers: impl IntoIterator<Item = u32>) -> String {
    numbers.into_iter().map(|i| format!("{i}...")).collect()
}
