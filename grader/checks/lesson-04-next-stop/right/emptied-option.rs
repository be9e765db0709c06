//! en: The whole generator is a closure in an `Option`, which is emptied at the end; `drain` lets `try_for_each` ask.
//! ru: Весь генератор — замыкание в `Option`, которую в конце опустошают; за `drain` спрашивает `try_for_each`.

use std::iter::from_fn;
use std::ops::ControlFlow;

pub fn countdown(n: u32) -> impl Iterator<Item = u32> {
    countdown_holding(n, ())
}

struct UntilNone<I>(Option<I>);

impl<I: Iterator> Iterator for UntilNone<I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> {
        let item = self.0.as_mut()?.next();
        if item.is_none() {
            self.0 = None;
        }
        item
    }
}

pub fn countdown_holding<T>(n: u32, held: T) -> impl Iterator<Item = u32> {
    let mut left = None;
    UntilNone(Some(from_fn(move || {
        let _ = &held;
        let left = left.get_or_insert_with(|| {
            println!("Обратный отсёт для {n}");
            n
        });
        let i = *left;
        *left = i.checked_sub(1)?;
        Some(i)
    })))
}

pub fn advance(g: &mut impl Iterator<Item = u32>) -> bool {
    let number = g.next();
    match number {
        None => println!("КОНЕЦ"),
        Some(number) => println!("{number}"),
    }
    number.is_some()
}

pub fn drain(mut g: impl Iterator<Item = u32>) {
    let _ = g.try_for_each(|i| {
        println!("{i}");
        ControlFlow::<()>::Continue(())
    });
    println!("КОНЕЦ");
}
