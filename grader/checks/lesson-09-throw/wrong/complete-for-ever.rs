//! fails: after-the-end
//! breaks: over-for-good
//! en: A coroutine that is over answers `Complete(Ok(()))` again and again, and what is thrown at it then is lost. It
//! is the caller's mistake, so say so: `panic!("coroutine resumed after completion")`.
//! ru: Завершённая корутина снова и снова отвечает `Complete(Ok(()))`, а брошенное в неё теряется. Ошибся вызывающий код,
//! так и скажите: `panic!("coroutine resumed after completion")`.

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
            (Cor::Returned, _) => return Step::Complete(Ok(())),
            (Cor::Unresumed { n }, Ok(())) => n,
            (Cor::Suspended { n }, Ok(())) => n - 1,
            (Cor::Suspended { n }, Err(Thrown::ValueError(_))) => {
                println!("Поймал!");
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
