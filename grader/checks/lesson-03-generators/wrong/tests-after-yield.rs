//! fails: ends, stays-ended
//! breaks: counts-down
//! en: `successors` gives its first value unseen, so `countdown(0)` gives 0. The slide's `while n > 0` looks at `n` before the first `yield` as well as after it.
//! ru: `successors` отдаёт первое значение не глядя, поэтому `countdown(0)` даёт 0. `while n > 0` на слайде смотрит на `n` и перед первым `yield`, а не только после него.

use std::iter;

pub fn countdown(n: u32) -> impl Iterator<Item = u32> {
    iter::once_with(move || {
        println!("Обратный отсёт для {n}");
        iter::successors(Some(n), |&n| if n > 1 { Some(n - 1) } else { None })
    })
    .flatten()
}

pub fn render(numbers: impl IntoIterator<Item = u32>) -> String {
    numbers.into_iter().map(|i| format!("{i}...")).collect()
}
