//! en: The rest of the function is a boxed closure: each call takes it out, and puts in what is to be done at the
//! next one.
//! ru: Остаток функции — замыкание в `Box`: каждый вызов вынимает его и кладёт на его место то, что предстоит
//! следующему.

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

type Rest = Box<dyn FnOnce(Result<(), Thrown>) -> (Step<u32, Result<(), Thrown>>, Option<Next>)>;

struct Next(Rest);

fn head_of_the_loop(n: u32) -> (Step<u32, Result<(), Thrown>>, Option<Next>) {
    if n == 0 {
        return (Step::Complete(Ok(())), None);
    }
    let rest: Rest = Box::new(move |input| match input {
        Ok(()) => head_of_the_loop(n - 1),
        Err(Thrown::ValueError(_)) => {
            println!("Поймал!");
            head_of_the_loop(n)
        }
        Err(Thrown::Other(message)) => (Step::Complete(Err(Thrown::Other(message))), None),
    });
    (Step::Yielded(n), Some(Next(rest)))
}

struct Cor(Option<Next>);

impl Coroutine<Result<(), Thrown>> for Cor {
    type Yield = u32;
    type Return = Result<(), Thrown>;

    fn resume(&mut self, input: Result<(), Thrown>) -> Step<u32, Result<(), Thrown>> {
        let Some(Next(rest)) = self.0.take() else { panic!("coroutine resumed after completion") };
        let (step, next) = rest(input);
        self.0 = next;
        step
    }
}

pub fn cor(n: u32) -> impl Coroutine<Result<(), Thrown>, Yield = u32, Return = Result<(), Thrown>> {
    let start: Rest = Box::new(move |input| match input {
        Ok(()) => head_of_the_loop(n),
        Err(thrown) => (Step::Complete(Err(thrown)), None),
    });
    Cor(Some(Next(start)))
}
