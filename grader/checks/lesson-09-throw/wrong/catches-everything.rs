//! fails: escapes, two, after-the-end, no-panic
//! breaks: escapes
//! en: `Err(_)` catches every error there is, as a bare `except:` does. The slide catches `ValueError` and knows
//! nothing of others. Name the variant, `Err(Thrown::ValueError(_))`, and let the rest through as `Complete(Err(…))`.
//! ru: `Err(_)` ловит все ошибки подряд, как голый `except:`. Слайд ловит `ValueError`, а об остальных ничего не
//! знает. Назовите вариант, `Err(Thrown::ValueError(_))`, а прочее пропускайте наружу: `Complete(Err(…))`.

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
            (Cor::Suspended { n }, Err(_)) => {
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
