//! en: A struct and a flag: the place where the generator stands is a `bool`, and `checked_sub` finds the end.
//! ru: Структура и флаг: место, где стоит генератор, — это `bool`, а конец находит `checked_sub`.

struct Countdown {
    n: u32,
    started: bool,
}

impl Iterator for Countdown {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        if !self.started {
            self.started = true;
            println!("Обратный отсёт для {}", self.n);
        }
        let n = self.n;
        self.n = n.checked_sub(1)?;
        Some(n)
    }
}

pub fn countdown(n: u32) -> impl Iterator<Item = u32> {
    Countdown { n, started: false }
}

pub fn render(numbers: impl IntoIterator<Item = u32>) -> String {
    let mut text = String::new();
    for i in numbers {
        text += &i.to_string();
        text += "...";
    }
    text
}
