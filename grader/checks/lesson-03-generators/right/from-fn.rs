//! en: A closure is the generator: what it owns are the local variables, and the header is taken out of an `Option`.
//! ru: Генератор — замыкание: то, чем оно владеет, и есть локальные переменные, а заголовок вынимается из `Option`.

use std::fmt::Write;
use std::iter;

pub fn countdown(mut n: u32) -> impl Iterator<Item = u32> {
    let mut header = Some(format!("Обратный отсёт для {n}"));
    iter::from_fn(move || {
        if let Some(header) = header.take() {
            println!("{header}");
        }
        let i = (n > 0).then_some(n)?;
        n -= 1;
        Some(i)
    })
}

pub fn render(numbers: impl IntoIterator<Item = u32>) -> String {
    numbers.into_iter().fold(String::new(), |mut text, i| {
        write!(text, "{i}...").expect("a String takes any text");
        text
    })
}
