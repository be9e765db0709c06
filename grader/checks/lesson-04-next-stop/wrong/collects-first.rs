//! fails: unfused, as-it-goes, released
//! breaks: drain-asks-no-further
//! en: You collect everything first and print then. The lines are the same, but nobody sees one before the last number is made; from an endless generator nothing would ever come.
//! ru: Вы сначала собираете всё и лишь потом печатаете. Строки те же, но ни одной не видно, пока не создано последнее число; от бесконечного генератора не дождаться ничего.

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

pub fn drain(g: impl Iterator<Item = u32>) {
    let numbers: Vec<u32> = g.collect();
    for i in numbers {
        println!("{i}");
    }
    println!("КОНЕЦ");
}
