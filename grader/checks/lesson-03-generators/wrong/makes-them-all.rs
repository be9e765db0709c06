//! fails: slide, lazy, other-ways, independent, huge, thirty-at-once
//! breaks: one-at-a-time, asked-for-nothing-prints-nothing
//! en: You make all the numbers at once and hand out a finished list. That is a function that returns a sequence; the slide's makes one number each time it is asked. Keep the current `n`, not a `Vec`.
//! ru: Вы создаёте все числа сразу и отдаёте готовый список. Это функция, которая возвращает последовательность, а на слайде она создаёт по числу на каждую просьбу. Храните текущее `n`, а не `Vec`.

pub fn countdown(mut n: u32) -> impl Iterator<Item = u32> {
    println!("Обратный отсёт для {n}");
    let mut numbers = Vec::new();
    while n > 0 {
        numbers.push(n);
        n -= 1;
    }
    numbers.into_iter()
}

pub fn render(numbers: impl IntoIterator<Item = u32>) -> String {
    numbers.into_iter().map(|i| format!("{i}...")).collect()
}
