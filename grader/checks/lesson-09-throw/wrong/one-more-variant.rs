//! fails: values
//! breaks: thrown-as-given
//! en: `Thrown` has a variant that the task does not know, so a `match` which names both of the task's is no longer
//! complete. Leave the enum as it is given. (Python's `GeneratorExit` needs no variant: here it is `Drop`.)
//! ru: В `Thrown` есть вариант, о котором задача не знает, и `match`, где названы оба данных, уже не полон. Оставьте
//! перечисление таким, каким оно дано. (Питоновскому `GeneratorExit` вариант не нужен: здесь это `Drop`.)

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
    GeneratorExit,
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
