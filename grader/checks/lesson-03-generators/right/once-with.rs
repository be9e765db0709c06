//! en: No type of its own: `once_with` waits with the header, and a range backwards makes the numbers.
//! ru: Без собственного типа: с заголовком ждёт `once_with`, а числа создаёт диапазон в обратном порядке.

use std::iter;

pub fn countdown(n: u32) -> impl Iterator<Item = u32> {
    iter::once_with(move || println!("Обратный отсёт для {n}")).flat_map(move |()| (1..=n).rev())
}

pub fn render(numbers: impl IntoIterator<Item = u32>) -> String {
    numbers.into_iter().flat_map(|i| [i.to_string(), "...".to_owned()]).collect()
}
