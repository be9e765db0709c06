//! fails: moved
//! breaks: as-the-signatures-say
//! en: Your generator is `Copy`, so `for` and `drain` run over a copy, and the original is still at its start: two countdowns where the program has one. Leave `Copy` out, and lend the generator with `by_ref`.
//! ru: Ваш генератор — `Copy`, поэтому `for` и `drain` проходят по копии, а оригинал всё ещё стоит в начале: отсчётов два, а в программе один. Уберите `Copy` и одалживайте генератор через `by_ref`.

pub fn countdown(n: u32) -> Countdown<()> {
    countdown_holding(n, ())
}

#[derive(Clone, Copy)]
pub struct Countdown<T> {
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
        if self.n == 0 {
            drop(self.held.take());
            return None;
        }
        self.n -= 1;
        Some(self.n + 1)
    }
}

pub fn countdown_holding<T>(n: u32, held: T) -> Countdown<T> {
    Countdown { n, started: false, held: Some(held) }
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
