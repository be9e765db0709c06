//! fails: one-step, resumes, two-at-once
//! breaks: advance-prints-and-tells
//! en: Only your `drain` prints `КОНЕЦ`; an `advance` that meets the end says nothing. Whoever asks is who hears of the end: let `advance` print it, and `drain` only repeat `advance`.
//! ru: Строку `КОНЕЦ` печатает только ваша `drain`, а `advance`, встретив конец, молчит. О конце узнаёт тот, кто спросил: пусть печатает `advance`, а `drain` её лишь повторяет.

use std::mem;

pub fn countdown(n: u32) -> impl Iterator<Item = u32> {
    countdown_holding(n, ())
}

pub fn countdown_holding<T>(n: u32, held: T) -> impl Iterator<Item = u32> {
    Countdown::Created { n, held }
}

enum Countdown<T> {
    Created { n: u32, held: T },
    Suspended { n: u32, held: T },
    Closed,
}

impl<T> Iterator for Countdown<T> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let (n, held) = match mem::replace(self, Countdown::Closed) {
            Countdown::Created { n, held } => {
                println!("Обратный отсёт для {n}");
                (n, held)
            }
            Countdown::Suspended { n, held } => (n - 1, held),
            Countdown::Closed => return None,
        };
        if n == 0 {
            return None;
        }
        *self = Countdown::Suspended { n, held };
        Some(n)
    }
}

pub fn advance(g: &mut impl Iterator<Item = u32>) -> bool {
    let next = g.next();
    if let Some(i) = next {
        println!("{i}");
    }
    next.is_some()
}

pub fn drain(mut g: impl Iterator<Item = u32>) {
    while advance(&mut g) {}
    println!("КОНЕЦ");
}
