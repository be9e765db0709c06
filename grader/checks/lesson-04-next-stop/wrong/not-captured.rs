//! fails: two-at-once, released, released-anyhow, any-held
//! breaks: held-from-the-call
//! en: Your closure never mentions `held`, so it does not own it, `move` or not: `held` is dropped when `countdown_holding` returns. A closure captures only what its body uses.
//! ru: Ваше замыкание нигде не упоминает `held`, поэтому и не владеет им, хоть с `move`, хоть без: `held` уничтожается, когда возвращается `countdown_holding`. Замыкание захватывает только то, что использует его тело.

use std::iter;

pub fn countdown(n: u32) -> impl Iterator<Item = u32> {
    countdown_holding(n, ())
}

pub fn countdown_holding<T>(mut n: u32, _held: T) -> impl Iterator<Item = u32> {
    let mut started = false;
    iter::from_fn(move || {
        if !started {
            started = true;
            println!("Обратный отсёт для {n}");
        }
        let i = n;
        n = n.checked_sub(1)?;
        Some(i)
    })
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
