//! fails: slide, caught, escapes, two, no-panic
//! breaks: caught
//! en: `eprintln!` writes to standard error, and the slide's `print` writes to standard output: `println!`. That
//! something is caught here does not make this line an error message.
//! ru: `eprintln!` пишет в stderr, а `print` на слайде — в стандартный вывод: нужен `println!`. Оттого что
//! здесь что-то ловят, строка ещё не становится сообщением об ошибке.

use std::mem;

pub enum Step<Y, R> {
    Yielded(Y),
    Complete(R),
}

pub trait Coroutine<In> {
    type Yield;
    type Return;
    fn resume(&mut self, input: In) -> Step<Self::Yield, Self::Return>;
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Thrown {
    ValueError(String),
    Other(String),
}

enum Cor {
    Unresumed { n: u32 },
    Suspended { n: u32 },
    Returned,
}

impl Coroutine<Result<(), Thrown>> for Cor {
    type Yield = u32;
    type Return = Result<(), Thrown>;

    fn resume(&mut self, input: Result<(), Thrown>) -> Step<u32, Result<(), Thrown>> {
        let n = match (mem::replace(self, Cor::Returned), input) {
            (Cor::Returned, _) => panic!("coroutine resumed after completion"),
            (Cor::Unresumed { n }, Ok(())) => n,
            (Cor::Suspended { n }, Ok(())) => n - 1,
            (Cor::Suspended { n }, Err(Thrown::ValueError(_))) => {
                eprintln!("Поймал!");
                n
            }
            (_, Err(uncaught)) => return Step::Complete(Err(uncaught)),
        };
        if n > 0 {
            *self = Cor::Suspended { n };
            Step::Yielded(n)
        } else {
            Step::Complete(Ok(()))
        }
    }
}

pub fn cor(n: u32) -> impl Coroutine<Result<(), Thrown>, Yield = u32, Return = Result<(), Thrown>> {
    Cor::Unresumed { n }
}
