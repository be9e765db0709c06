//! fails: slide, lazy, ends, stays-ended, all-of-them, other-ways, independent, huge, thirty-at-once
//! breaks: header-at-the-first-next
//! en: Your `next` starts at the top of the function each time, so it prints the header each time. A generator goes on where it stopped: let it remember that the header is behind it.
//! ru: Ваш `next` каждый раз начинает с верха функции, поэтому каждый раз печатает заголовок. Генератор продолжает с того места, где остановился: пусть помнит, что заголовок уже позади.

struct Countdown {
    from: u32,
    n: u32,
}

impl Iterator for Countdown {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        println!("Обратный отсёт для {}", self.from);
        if self.n == 0 {
            return None;
        }
        let i = self.n;
        self.n -= 1;
        Some(i)
    }
}

pub fn countdown(n: u32) -> impl Iterator<Item = u32> {
    Countdown { from: n, n }
}

pub fn render(numbers: impl IntoIterator<Item = u32>) -> String {
    numbers.into_iter().map(|i| format!("{i}...")).collect()
}
