//! fails: after-the-end
//! breaks: over-for-good
//! en: An error escapes, and yet the coroutine goes on when it is resumed. An exception that nobody caught has left
//! the function: that is an end like `return`. Set the state to `Returned` on this way out as well.
//! ru: Ошибка вылетела, а корутина при возобновлении работает дальше. Исключение, которое никто не поймал, вышло из
//! функции: это такой же конец, как `return`. Ставьте состояние `Returned` и на этом выходе.

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
        let n = match (&*self, input) {
            (Cor::Returned, _) => panic!("coroutine resumed after completion"),
            (&Cor::Unresumed { n }, Ok(())) => n,
            (&Cor::Suspended { n }, Ok(())) => n - 1,
            (&Cor::Suspended { n }, Err(Thrown::ValueError(_))) => {
                println!("Поймал!");
                n
            }
            (_, Err(uncaught)) => return Step::Complete(Err(uncaught)),
        };
        if n > 0 {
            *self = Cor::Suspended { n };
            Step::Yielded(n)
        } else {
            *self = Cor::Returned;
            Step::Complete(Ok(()))
        }
    }
}

pub fn cor(n: u32) -> impl Coroutine<Result<(), Thrown>, Yield = u32, Return = Result<(), Thrown>> {
    Cor::Unresumed { n }
}
