//! Asking a generator until it ends; and a generator that lets go of what it holds when it does.

use std::mem;

/// The slide's generator: counts down from `n` to 1.
pub fn countdown(n: u32) -> impl Iterator<Item = u32> {
    countdown_holding(n, ())
}

/// Counts down as [`countdown`] does, and keeps `held` until it ends or is dropped, whichever comes first.
pub fn countdown_holding<T>(n: u32, held: T) -> impl Iterator<Item = u32> {
    Countdown::Created { n, held }
}

/// Where the generator stands, and the local variables that it still needs there.
enum Countdown<T> {
    /// Above its first line.
    Created { n: u32, held: T },
    /// At `yield n`.
    Suspended { n: u32, held: T },
    /// Below its last line, where it stays.
    Closed,
}

impl<T> Iterator for Countdown<T> {
    type Item = u32;

    /// Runs from where the generator stands to its next `yield`, or to its end.
    fn next(&mut self) -> Option<u32> {
        // Taken out whole: what is not put back ends with this call.
        let (n, held) = match mem::replace(self, Countdown::Closed) {
            Countdown::Created { n, held } => {
                println!("Обратный отсёт для {n}");
                (n, held)
            }
            Countdown::Suspended { n, held } => (n - 1, held),
            Countdown::Closed => return None,
        };
        if n == 0 {
            return None;
        }
        *self = Countdown::Suspended { n, held };
        Some(n)
    }
}

/// Asks once. Prints the number and returns `true`, or prints `КОНЕЦ` and returns `false`.
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

/// Asks again and again, up to and including the first `КОНЕЦ`.
pub fn drain(mut g: impl Iterator<Item = u32>) {
    while advance(&mut g) {}
}
