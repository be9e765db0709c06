//! fails: slide, counts, closed, resumes, two-at-once, released, released-anyhow, any-held
//! breaks: none-ever-after
//! en: Your generator subtracts before it looks, and 0 has no predecessor in `u32`: the end is a panic. The slide tests `n > 0` first.
//! ru: Ваш генератор вычитает раньше, чем смотрит, а у нуля в `u32` предыдущего нет: конец оказывается паникой. На слайде сначала проверяется `n > 0`.

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
        let i = self.n;
        self.n -= 1;
        if i == 0 {
            drop(self.held.take());
            return None;
        }
        Some(i)
    }
}

pub fn countdown_holding<T>(n: u32, held: T) -> impl Iterator<Item = u32> {
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
