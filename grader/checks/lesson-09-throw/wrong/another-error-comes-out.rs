//! fails: escapes, before-the-start, two, after-the-end
//! breaks: escapes, before-the-start
//! en: What comes out is not what was thrown: you make a new error with a text of your own. `cor` knows nothing of
//! what it does not catch, so let the value through as it is: `Err(uncaught) => return
//! Step::Complete(Err(uncaught))`.
//! ru: Выходит не то, что бросили: вы делаете новую ошибку с текстом от себя. О том, чего `cor` не ловит, она ничего
//! не знает, так что пропускайте само значение: `Err(uncaught) => return Step::Complete(Err(uncaught))`.

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
            (_, Err(uncaught)) => return Step::Complete(Err(Thrown::Other(format!("uncaught {uncaught:?}")))),
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
