//! fails: closed
//! breaks: none-ever-after
//! en: You print the header while `n` still has its first value. For `countdown(0)` it always has, so each `next` after the end prints the header again. Remember that you have begun, not what `n` was.
//! ru: Вы печатаете заголовок, пока у `n` начальное значение. У `countdown(0)` оно такое всегда, и каждый `next` после конца печатает заголовок снова. Запоминайте то, что уже начали, а не то, каким было `n`.

pub fn countdown(n: u32) -> impl Iterator<Item = u32> {
    countdown_holding(n, ())
}

struct Countdown<T> {
    from: u32,
    n: u32,
    held: Option<T>,
}

impl<T> Iterator for Countdown<T> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        if self.n == self.from {
            println!("Обратный отсёт для {}", self.from);
        }
        if self.n == 0 {
            drop(self.held.take());
            return None;
        }
        self.n -= 1;
        Some(self.n + 1)
    }
}

pub fn countdown_holding<T>(n: u32, held: T) -> impl Iterator<Item = u32> {
    Countdown { from: n, n, held: Some(held) }
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
