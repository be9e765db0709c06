//! fails: slide, one-step, resumes, two-at-once, unfused, released, any-held
//! breaks: advance-prints-and-tells, drain-prints-the-rest
//! en: You `unwrap` what `next` returns, so the end is a panic. `None` is no error: it is how every sequence ends, and Python's loop catches `StopIteration` for the same reason. Give it a branch of its own.
//! ru: Вы вызываете `unwrap` у ответа `next`, и конец превращается в панику. `None` — не ошибка: так кончается любая последовательность, и цикл на слайде ловит `StopIteration` по той же причине. Дайте этому ответу свою ветвь.

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
    let i = g.next().unwrap();
    println!("{i}");
    true
}

pub fn drain(mut g: impl Iterator<Item = u32>) {
    while advance(&mut g) {}
}
