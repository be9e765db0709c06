//! en: A function in which `?` lets errors through, and `resume` turns its `Result` into a `Step`.
//! ru: Функция, в которой ошибки пропускает `?`, а `resume` превращает её `Result` в `Step`.

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

struct Cor {
    n: u32,
    place: Place,
}

#[derive(PartialEq)]
enum Place {
    Start,
    Yield,
    End,
}

impl Cor {
    /// Up to the next `yield`, or to the end (`None`).
    fn go_on(&mut self, input: Result<(), Thrown>) -> Result<Option<u32>, Thrown> {
        if self.place == Place::Start {
            input?;
        } else {
            self.within_try(input).or_else(except_value_error)?;
        }
        Ok(Some(self.n).filter(|&n| n > 0))
    }

    fn within_try(&mut self, input: Result<(), Thrown>) -> Result<(), Thrown> {
        input?;
        self.n -= 1;
        Ok(())
    }
}

fn except_value_error(thrown: Thrown) -> Result<(), Thrown> {
    match thrown {
        Thrown::ValueError(_) => {
            println!("Поймал!");
            Ok(())
        }
        other => Err(other),
    }
}

impl Coroutine<Result<(), Thrown>> for Cor {
    type Yield = u32;
    type Return = Result<(), Thrown>;

    fn resume(&mut self, input: Result<(), Thrown>) -> Step<u32, Result<(), Thrown>> {
        if self.place == Place::End {
            panic!("coroutine resumed after completion");
        }
        let step = match self.go_on(input).transpose() {
            Some(Ok(n)) => Step::Yielded(n),
            Some(Err(thrown)) => Step::Complete(Err(thrown)),
            None => Step::Complete(Ok(())),
        };
        self.place = if let Step::Yielded(_) = step { Place::Yield } else { Place::End };
        step
    }
}

pub fn cor(n: u32) -> impl Coroutine<Result<(), Thrown>, Yield = u32, Return = Result<(), Thrown>> {
    Cor { n, place: Place::Start }
}
