//! fails: two-at-once, released, released-anyhow, any-held
//! breaks: held-from-the-call, gone-at-the-end
//! en: Your `held` is a local variable of the closure that prints the header, and is dropped when that closure returns. In a generator a local variable lives across `yield`; here it must move on, into what makes the numbers.
//! ru: `held` у вас — локальная переменная замыкания, которое печатает заголовок, и гибнет вместе с его вызовом. В генераторе локальная переменная переживает `yield`, а здесь её надо передать дальше, тому, кто создаёт числа.

use std::iter;

pub fn countdown(n: u32) -> impl Iterator<Item = u32> {
    countdown_holding(n, ())
}

pub fn countdown_holding<T>(n: u32, held: T) -> impl Iterator<Item = u32> {
    let header = iter::once_with(move || {
        let _held = held;
        println!("Обратный отсёт для {n}");
        (1..=n).rev()
    });
    header.flatten().fuse()
}

pub fn advance(g: &mut impl Iterator<Item = u32>) -> bool {
    match g.next() {
        Some(i) => {
            println!("{i}");
            true
        }
        None => {
            println!("КОНЕЦ");
            false
        }
    }
}

pub fn drain(mut g: impl Iterator<Item = u32>) {
    while advance(&mut g) {}
}
