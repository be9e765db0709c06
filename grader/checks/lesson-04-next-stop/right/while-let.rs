//! en: A struct with a flag and an `Option`; `drain` is a `while let` that knows nothing of `advance`.
//! ru: Структура с флагом и `Option`; `drain` — это цикл `while let`, который об `advance` ничего не знает.

pub fn countdown(n: u32) -> impl Iterator<Item = u32> {
    countdown_holding(n, ())
}

struct Countdown<T> {
    n: u32,
    started: bool,
    held: Option<T>,
}

impl<T> Iterator for Countdown<T> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        if !self.started {
            self.started = true;
            println!("Обратный отсёт для {}", self.n);
        }
        let Some(left) = self.n.checked_sub(1) else {
            drop(self.held.take());
            return None;
        };
        self.n = left;
        Some(left + 1)
    }
}

pub fn countdown_holding<T>(n: u32, held: T) -> impl Iterator<Item = u32> {
    Countdown { n, started: false, held: Some(held) }
}

pub fn advance(g: &mut impl Iterator<Item = u32>) -> bool {
    let next = g.next();
    match next {
        Some(i) => println!("{i}"),
        None => println!("КОНЕЦ"),
    }
    next.is_some()
}

pub fn drain(mut g: impl Iterator<Item = u32>) {
    while let Some(i) = g.next() {
        println!("{i}");
    }
    println!("КОНЕЦ");
}
