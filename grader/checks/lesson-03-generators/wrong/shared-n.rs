//! fails: independent
//! breaks: each-its-own
//! en: Your `n` lives in a variable that all generators share, so whoever is asked counts down for the others as well. Between two calls of `next` a generator's variables live in the generator: give your type a field.
//! ru: Ваше `n` живёт в переменной, общей для всех генераторов, и кого бы ни спросили, счёт убывает у всех. Между вызовами `next` переменные генератора живут в нём самом: заведите в своём типе поле.

use std::cell::Cell;

thread_local! {
    static LEFT: Cell<u32> = const { Cell::new(0) };
}

struct Countdown {
    from: u32,
    started: bool,
}

impl Iterator for Countdown {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        if !self.started {
            println!("Обратный отсёт для {}", self.from);
            LEFT.set(self.from);
            self.started = true;
        }
        let n = LEFT.get();
        if n == 0 {
            return None;
        }
        LEFT.set(n - 1);
        Some(n)
    }
}

pub fn countdown(n: u32) -> impl Iterator<Item = u32> {
    Countdown { from: n, started: false }
}

pub fn render(numbers: impl IntoIterator<Item = u32>) -> String {
    numbers.into_iter().map(|i| format!("{i}...")).collect()
}
