//! en: Adapters throughout: the last piece of the chain gives nothing, and lets `held` go when its turn comes.
//! ru: Одни адаптеры: последний кусок цепочки ничего не даёт, а `held` отпускает, когда до него доходит очередь.

use std::iter;

pub fn countdown(n: u32) -> impl Iterator<Item = u32> {
    countdown_holding(n, ())
}

pub fn countdown_holding<T>(n: u32, held: T) -> impl Iterator<Item = u32> {
    let header = iter::once_with(move || println!("Обратный отсёт для {n}")).filter_map(|()| None);
    let release = iter::once_with(move || drop(held)).filter_map(|()| None);
    header.chain((1..=n).rev()).chain(release)
}

pub fn advance(g: &mut impl Iterator<Item = u32>) -> bool {
    let next = g.next();
    println!("{}", next.map_or("КОНЕЦ".to_owned(), |i| i.to_string()));
    next.is_some()
}

pub fn drain(mut g: impl Iterator<Item = u32>) {
    while advance(&mut g) {}
}
