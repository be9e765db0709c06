//! fails: unfused
//! breaks: drain-asks-no-further
//! en: Your `for` has seen the `None` already; then you ask once more, to print `КОНЕЦ`. A generator answers `None` again, but an iterator in general may answer anything. Print the line without asking.
//! ru: Ваш `for` уже увидел `None`, а вы просите ещё раз, чтобы напечатать `КОНЕЦ`. Генератор снова ответит `None`, но произвольный итератор вправе ответить что угодно. Напечатайте строку, не спрашивая.

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

pub fn drain(mut g: impl Iterator<Item = u32>) {
    for i in g.by_ref() {
        println!("{i}");
    }
    advance(&mut g);
}
