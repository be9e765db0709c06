//! fails: counts, closed, resumes, two-at-once, any-held
//! breaks: none-ever-after
//! en: Below zero your `wrapping_sub` makes 4294967295 of `n`: the generator says `None` once and then begins anew. Ended must stay ended: don't touch `n` when it is 0.
//! ru: Ниже нуля `wrapping_sub` делает из `n` 4294967295: генератор один раз говорит `None`, а потом начинает заново. Закончился — значит, навсегда: не трогайте `n`, когда оно 0.

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
        self.n = i.wrapping_sub(1);
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
