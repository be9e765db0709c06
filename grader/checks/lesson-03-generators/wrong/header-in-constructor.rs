//! fails: slide, lazy, other-ways, independent
//! breaks: asked-for-nothing-prints-nothing, header-at-the-first-next
//! en: Your header is printed where the generator is made. A Python call of `countdown` runs not even its first line: the body waits for the first `next`. Move the `println!` into the iterator.
//! ru: Ваш заголовок печатается там, где генератор создают. В Python вызов `countdown` не выполняет даже первой строки: тело ждёт первого `next`. Перенесите `println!` внутрь итератора.

pub fn countdown(n: u32) -> impl Iterator<Item = u32> {
    println!("Обратный отсёт для {n}");
    (1..=n).rev()
}

pub fn render(numbers: impl IntoIterator<Item = u32>) -> String {
    numbers.into_iter().map(|i| format!("{i}...")).collect()
}
