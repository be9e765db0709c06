//! fails: lazy, ends, stays-ended, other-ways, independent, huge, thirty-at-once, iterator, opaque
//! breaks: an-iterator-and-no-more
//! en: You return `impl IntoIterator`, which can be made into an iterator, and `for` does that for you. A generator is the iterator itself: somebody must be able to call `next` on it.
//! ru: Вы возвращаете `impl IntoIterator`: это то, что можно превратить в итератор, и `for` превращает сам. Генератор — уже итератор: у него можно сразу вызвать `next`.

use std::iter;

pub fn countdown(n: u32) -> impl IntoIterator<Item = u32> {
    iter::once_with(move || {
        println!("Обратный отсёт для {n}");
        (1..=n).rev()
    })
    .flatten()
}

pub fn render(numbers: impl IntoIterator<Item = u32>) -> String {
    numbers.into_iter().map(|i| format!("{i}...")).collect()
}
