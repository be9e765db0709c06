//! en: `advance` takes a trait object, and `drain` is a plain `for`, which stops at the first `None` by itself.
//! ru: `advance` берёт трейт-объект, а `drain` — простой `for`, который сам останавливается на первом `None`.

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

pub fn advance(g: &mut dyn Iterator<Item = u32>) -> bool {
    let line = g.next().map(|i| i.to_string());
    println!("{}", line.as_deref().unwrap_or("КОНЕЦ"));
    line.is_some()
}

pub fn drain(g: impl Iterator<Item = u32>) {
    for i in g {
        println!("{i}");
    }
    println!("КОНЕЦ");
}
