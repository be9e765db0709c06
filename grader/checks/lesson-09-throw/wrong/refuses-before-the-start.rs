//! fails: before-the-start, after-the-end, no-panic
//! breaks: before-the-start, no-other-panic
//! en: Before the first line you panic, as a countdown does when a value is sent to it too early. But a throw is not
//! a value for a `yield`: Python lets it through even then. `Complete(Err(thrown))`, and it is over.
//! ru: До первой строки вы паникуете, как обратный отсчёт, которому слишком рано послали значение. Но бросок — не
//! значение для `yield`: Python и тогда пропускает его насквозь. `Complete(Err(thrown))` — и конец.

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
                println!("Поймал!");
                n
            }
            (Cor::Unresumed { .. }, Err(_)) => panic!("can't send non-None value to a just-started coroutine"),
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
