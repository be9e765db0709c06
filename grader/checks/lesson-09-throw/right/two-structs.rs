//! en: Two types, one from before the start and one from the `yield`, each with its own way to be resumed: it takes
//! `self` and gives the next state back.
//! ru: Два типа: до начала и на `yield`. У каждого своё возобновление: оно забирает `self` и возвращает следующее
//! состояние.

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

type Outcome = Result<Option<AtYield>, Thrown>;

struct BeforeTheStart(u32);
struct AtYield(u32);

impl BeforeTheStart {
    fn resume(self, input: Result<(), Thrown>) -> Outcome {
        input.map(|()| head_of_the_loop(self.0))
    }
}

impl AtYield {
    fn resume(self, input: Result<(), Thrown>) -> Outcome {
        if let Err(Thrown::ValueError(_)) = input {
            println!("Поймал!");
            return Ok(head_of_the_loop(self.0));
        }
        input.map(|()| head_of_the_loop(self.0 - 1))
    }
}

fn head_of_the_loop(n: u32) -> Option<AtYield> {
    (n > 0).then_some(AtYield(n))
}

struct Cor {
    fresh: Option<BeforeTheStart>,
    running: Option<AtYield>,
}

impl Coroutine<Result<(), Thrown>> for Cor {
    type Yield = u32;
    type Return = Result<(), Thrown>;

    fn resume(&mut self, input: Result<(), Thrown>) -> Step<u32, Result<(), Thrown>> {
        let outcome = match (self.fresh.take(), self.running.take()) {
            (Some(fresh), _) => fresh.resume(input),
            (None, Some(running)) => running.resume(input),
            (None, None) => panic!("coroutine resumed after completion"),
        };
        match outcome {
            Ok(Some(at)) => {
                let n = at.0;
                self.running = Some(at);
                Step::Yielded(n)
            }
            Ok(None) => Step::Complete(Ok(())),
            Err(thrown) => Step::Complete(Err(thrown)),
        }
    }
}

pub fn cor(n: u32) -> impl Coroutine<Result<(), Thrown>, Yield = u32, Return = Result<(), Thrown>> {
    Cor { fresh: Some(BeforeTheStart(n)), running: None }
}
