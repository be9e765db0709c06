//! fails: opaque
//! breaks: an-iterator-and-no-more
//! en: You name your struct in the signature, so its `Debug`, its `Clone` and whatever else it can do are promised to every caller. Return `impl Iterator<Item = u32>`: that shows the numbers, and leaves the rest to you.
//! ru: Вы называете структуру в сигнатуре, и её `Debug`, её `Clone` и всё, что она ещё умеет, обещаны любому вызывающему коду. Верните `impl Iterator<Item = u32>`: он показывает числа, а остальное оставляет вам.

#[derive(Debug, Clone)]
pub struct Countdown {
    n: u32,
    started: bool,
}

impl Iterator for Countdown {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        if !self.started {
            println!("Обратный отсёт для {}", self.n);
            self.started = true;
        }
        let n = self.n;
        self.n = n.checked_sub(1)?;
        Some(n)
    }
}

pub fn countdown(n: u32) -> Countdown {
    Countdown { n, started: false }
}

pub fn render(numbers: impl IntoIterator<Item = u32>) -> String {
    numbers.into_iter().map(|i| format!("{i}...")).collect()
}
