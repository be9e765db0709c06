//! fails: one-step, as-it-goes
//! breaks: advance-prints-and-tells
//! en: You take 0 for the end. A countdown never gives 0, but `advance` is for any generator of numbers, and there 0 is one of them. That is what `Option` is for: the end is not a number.
//! ru: Вы принимаете за конец 0. Обратный отсчёт нуля не даёт, но `advance` — для любого генератора чисел, а 0 тоже число. Для того и нужен `Option`: конец числом не бывает.

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
    let i = g.next().unwrap_or_default();
    if i == 0 {
        println!("КОНЕЦ");
        return false;
    }
    println!("{i}");
    true
}

pub fn drain(mut g: impl Iterator<Item = u32>) {
    while advance(&mut g) {}
}
