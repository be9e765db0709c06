//! fails: ends, stays-ended
//! breaks: header-at-the-first-next
//! en: With `n = 0` you end before the header is printed. On the slide `print` stands above the `while`, so it runs whether or not the loop does.
//! ru: При `n = 0` вы заканчиваете раньше, чем напечатан заголовок. На слайде `print` стоит выше `while` и выполняется независимо от того, выполнится ли цикл.

struct Countdown {
    n: u32,
    started: bool,
}

impl Iterator for Countdown {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        if self.n == 0 {
            return None;
        }
        if !self.started {
            println!("Обратный отсёт для {}", self.n);
            self.started = true;
        }
        self.n -= 1;
        Some(self.n + 1)
    }
}

pub fn countdown(n: u32) -> impl Iterator<Item = u32> {
    Countdown { n, started: false }
}

pub fn render(numbers: impl IntoIterator<Item = u32>) -> String {
    numbers.into_iter().map(|i| format!("{i}...")).collect()
}
