//! fails: ends, stays-ended, all-of-them, other-ways, independent, huge, thirty-at-once
//! breaks: each-its-own, header-at-the-first-next
//! en: "Once" is kept in a `static`, so it is once in the whole program, and the second generator has no header. What a generator remembers belongs to that one generator: a field, or a variable of its closure.
//! ru: «Один раз» хранится в `static`, то есть один раз на всю программу, и второй генератор остаётся без заголовка. То, что помнит генератор, принадлежит ему одному: это поле или переменная его замыкания.

use std::iter;
use std::sync::Once;

static HEADER: Once = Once::new();

pub fn countdown(mut n: u32) -> impl Iterator<Item = u32> {
    iter::from_fn(move || {
        HEADER.call_once(|| println!("Обратный отсёт для {n}"));
        if n == 0 {
            return None;
        }
        n -= 1;
        Some(n + 1)
    })
}

pub fn render(numbers: impl IntoIterator<Item = u32>) -> String {
    numbers.into_iter().map(|i| format!("{i}...")).collect()
}
