//! en: A closure over an `Option` of all its variables, and `fuse` where an end must stay one.
//! ru: Замыкание над `Option` со всеми переменными сразу, и `fuse` там, где конец должен остаться концом.

use std::iter;

pub fn countdown(n: u32) -> impl Iterator<Item = u32> {
    countdown_holding(n, ())
}

pub fn countdown_holding<T>(n: u32, held: T) -> impl Iterator<Item = u32> {
    let mut header = Some(format!("Обратный отсёт для {n}"));
    let mut locals = Some((n, held));
    iter::from_fn(move || {
        if let Some(header) = header.take() {
            println!("{header}");
        }
        let (i, held) = locals.take().filter(|(i, _)| *i > 0)?;
        locals = Some((i - 1, held));
        Some(i)
    })
    .fuse()
}

pub fn advance(g: &mut impl Iterator<Item = u32>) -> bool {
    for i in g {
        println!("{i}");
        return true;
    }
    println!("КОНЕЦ");
    false
}

pub fn drain(g: impl Iterator<Item = u32>) {
    let mut g = g.fuse();
    while advance(&mut g) {}
}
