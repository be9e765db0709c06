//! A generator without `yield`: a value that remembers where it stopped.

/// Counts down from `n` to 1; the first `next` prints the header.
pub fn countdown(n: u32) -> impl Iterator<Item = u32> {
    Countdown::Created { n }
}

/// Where the generator stands, and the local variables that it still needs there.
enum Countdown {
    /// Above its first line.
    Created { n: u32 },
    /// At `yield n`.
    Suspended { n: u32 },
    /// Below its last line.
    Closed,
}

impl Iterator for Countdown {
    type Item = u32;

    /// Runs from where the generator stands to its next `yield`, or to its end.
    fn next(&mut self) -> Option<u32> {
        let n = match *self {
            Countdown::Created { n } => {
                println!("Обратный отсёт для {n}");
                n
            }
            Countdown::Suspended { n } => n - 1,
            Countdown::Closed => return None,
        };
        if n > 0 {
            *self = Countdown::Suspended { n };
            Some(n)
        } else {
            *self = Countdown::Closed;
            None
        }
    }
}

/// The numbers as the slide's loop prints them, three dots after each of them.
pub fn render(numbers: impl IntoIterator<Item = u32>) -> String {
    numbers.into_iter().map(|i| format!("{i}...")).collect()
}
