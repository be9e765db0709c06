//! fails: caught, no-panic
//! breaks: caught
//! en: The second of two throws in a row escapes: after a catch you stand in a state that does not catch. But the
//! loop has gone round since, and stands at the same `yield`, within the same `try`. It is the same state.
//! ru: Второй из двух бросков подряд вылетает наружу: поймав один, вы оказываетесь в состоянии, которое не ловит. Но
//! цикл с тех пор сделал оборот и стоит на том же `yield`, в том же `try`. Это то же самое состояние.

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
    Suspended { n: u32, in_except: bool },
    Returned,
}

impl Coroutine<Result<(), Thrown>> for Cor {
    type Yield = u32;
    type Return = Result<(), Thrown>;

    fn resume(&mut self, input: Result<(), Thrown>) -> Step<u32, Result<(), Thrown>> {
        let mut in_except = false;
        let n = match (mem::replace(self, Cor::Returned), input) {
            (Cor::Returned, _) => panic!("coroutine resumed after completion"),
            (Cor::Unresumed { n }, Ok(())) => n,
            (Cor::Suspended { n, .. }, Ok(())) => n - 1,
            (Cor::Suspended { n, in_except: false }, Err(Thrown::ValueError(_))) => {
                println!("Поймал!");
                in_except = true;
                n
            }
            (_, Err(uncaught)) => return Step::Complete(Err(uncaught)),
        };
        if n > 0 {
            *self = Cor::Suspended { n, in_except };
            Step::Yielded(n)
        } else {
            Step::Complete(Ok(()))
        }
    }
}

pub fn cor(n: u32) -> impl Coroutine<Result<(), Thrown>, Yield = u32, Return = Result<(), Thrown>> {
    Cor::Unresumed { n }
}
