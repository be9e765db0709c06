//! en: The numbers are successors of each other, and the header is printed by the closure that makes the first of them.
//! ru: Числа следуют одно из другого, а заголовок печатает замыкание, которое создаёт первое.

use std::fmt::Write as _;
use std::iter::{empty, from_fn, successors};

pub fn countdown(n: u32) -> impl Iterator<Item = u32> {
    let mut numbers: Option<Box<dyn Iterator<Item = u32>>> = None;
    from_fn(move || {
        let numbers = numbers.get_or_insert_with(|| {
            println!("Обратный отсёт для {n}");
            match n {
                0 => Box::new(empty()),
                _ => Box::new(successors(Some(n), |i| i.checked_sub(1).filter(|i| *i > 0))),
            }
        });
        numbers.next()
    })
}

pub fn render(numbers: impl IntoIterator<Item = u32>) -> String {
    let (mut text, mut numbers) = (String::new(), numbers.into_iter());
    while let Some(i) = numbers.next() {
        let _ = write!(text, "{i}...");
    }
    text
}
