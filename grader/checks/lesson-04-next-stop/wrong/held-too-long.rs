//! fails: two-at-once, released, released-anyhow, any-held
//! breaks: gone-at-the-end
//! en: Your generator keeps `held` until it is dropped itself. A Python generator that has ended lets its local variables go at once, though somebody may still hold the generator. Take `held` out at the first `None`.
//! ru: Ваш генератор хранит `held`, пока не уничтожат его самого. Генератор в Python, закончившись, отпускает локальные переменные сразу, хотя его самого кто-то ещё держит. Выньте `held` на первом `None`.

pub fn countdown(n: u32) -> impl Iterator<Item = u32> {
    countdown_holding(n, ())
}

struct Countdown<T> {
    n: u32,
    started: bool,
    _held: T,
}

impl<T> Iterator for Countdown<T> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        if !self.started {
            self.started = true;
            println!("Обратный отсёт для {}", self.n);
        }
        let i = self.n;
        self.n = i.checked_sub(1)?;
        Some(i)
    }
}

pub fn countdown_holding<T>(n: u32, held: T) -> impl Iterator<Item = u32> {
    Countdown { n, started: false, _held: held }
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
