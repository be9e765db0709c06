//! fails: caught, ends, after-the-end
//! breaks: ends-at-zero
//! en: A 0 comes out: you ask about `n` after the `yield`, and `while n > 0` on the slide asks before it. Put the
//! question behind the `match`, where every arm that goes on passes by, the first `resume` included.
//! ru: Наружу выходит 0: вы спрашиваете про `n` после `yield`, а `while n > 0` на слайде — до него. Поставьте вопрос
//! за `match`, где проходят все ветви, которые идут дальше, и первый `resume` тоже.

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
            (Cor::Suspended { n: 0 }, Ok(())) => return Step::Complete(Ok(())),
            (Cor::Suspended { n }, Ok(())) => n - 1,
            (Cor::Suspended { n }, Err(Thrown::ValueError(_))) => {
                println!("Поймал!");
                n
            }
            (_, Err(uncaught)) => return Step::Complete(Err(uncaught)),
        };
        *self = Cor::Suspended { n };
        Step::Yielded(n)
    }
}

pub fn cor(n: u32) -> impl Coroutine<Result<(), Thrown>, Yield = u32, Return = Result<(), Thrown>> {
    Cor::Unresumed { n }
}
