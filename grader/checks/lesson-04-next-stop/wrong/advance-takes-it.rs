//! fails: borrows
//! breaks: as-the-signatures-say
//! en: Your `advance` takes any iterator by value. `&mut g` is one, so all goes well, until somebody writes `advance(g)`: after one step the generator is gone, and nothing warned them. Ask for `&mut impl Iterator`.
//! ru: Ваша `advance` принимает любой итератор по значению. `&mut g` — тоже итератор, и всё хорошо, пока кто-нибудь не напишет `advance(g)`: через один шаг генератора нет, и никто не предупредил. Просите `&mut impl Iterator`.

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

pub fn advance(mut g: impl Iterator<Item = u32>) -> bool {
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
