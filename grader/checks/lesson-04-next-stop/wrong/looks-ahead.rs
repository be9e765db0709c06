//! fails: slide, one-step, resumes, two-at-once, unfused, as-it-goes, released, any-held
//! breaks: advance-asks-once, advance-prints-and-tells
//! en: Your `advance` returns whether there is *more*, and to find out it asks for one number too many, which is lost with the `Peekable`. `next` is both questions in one: return whether there *was* a number.
//! ru: Ваша `advance` возвращает, есть ли *ещё*, а чтобы узнать, просит лишнее число, и оно пропадает вместе с `Peekable`. `next` — оба вопроса сразу: верните, *было* ли число.

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
    let mut g = g.peekable();
    match g.next() {
        Some(i) => println!("{i}"),
        None => println!("КОНЕЦ"),
    }
    g.peek().is_some()
}

pub fn drain(mut g: impl Iterator<Item = u32>) {
    while advance(&mut g) {}
}
