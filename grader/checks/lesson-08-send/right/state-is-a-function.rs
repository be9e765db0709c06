//! en: The state is a function pointer: where to go on. Each piece of the body says which piece is next. `Started`
//! keeps a flag.
//! ru: Состояние — указатель на функцию: откуда продолжать. Каждый кусок тела называет следующий. А `Started` хранит
//! флаг.

pub enum Step<Y, R> {
    Yielded(Y),
    Complete(R),
}

pub trait Coroutine<In> {
    type Yield;
    type Return;
    fn resume(&mut self, input: In) -> Step<Self::Yield, Self::Return>;
}

struct Countdown {
    n: i64,
    go_on: fn(&mut Countdown, Option<i64>) -> Step<i64, ()>,
}

impl Countdown {
    fn before_the_first_line(&mut self, shift: Option<i64>) -> Step<i64, ()> {
        if shift.is_some() {
            panic!("can't send non-None value to a just-started coroutine");
        }
        self.head_of_the_loop()
    }

    fn head_of_the_loop(&mut self) -> Step<i64, ()> {
        if self.n > 0 {
            self.go_on = Countdown::after_the_yield;
            Step::Yielded(self.n)
        } else {
            self.go_on = Countdown::after_the_last_line;
            Step::Complete(())
        }
    }

    fn after_the_yield(&mut self, shift: Option<i64>) -> Step<i64, ()> {
        self.n -= 1;
        if let Some(shift) = shift {
            self.n += shift;
        }
        self.head_of_the_loop()
    }

    fn after_the_last_line(&mut self, _: Option<i64>) -> Step<i64, ()> {
        panic!("coroutine resumed after completion");
    }
}

impl Coroutine<Option<i64>> for Countdown {
    type Yield = i64;
    type Return = ();

    fn resume(&mut self, shift: Option<i64>) -> Step<i64, ()> {
        (self.go_on)(self, shift)
    }
}

pub fn countdown(n: i64) -> impl Coroutine<Option<i64>, Yield = i64, Return = ()> {
    Countdown { n, go_on: Countdown::before_the_first_line }
}

pub struct Fresh<C>(C);

impl<C: Coroutine<Option<i64>>> Fresh<C> {
    pub fn new(coroutine: C) -> Self {
        Fresh(coroutine)
    }

    pub fn start(self) -> (Option<C::Yield>, Started<C>) {
        let mut started = Started { coroutine: self.0, over: false };
        (started.next(), started)
    }
}

pub struct Started<C> {
    coroutine: C,
    over: bool,
}

impl<C: Coroutine<Option<i64>>> Started<C> {
    pub fn send(&mut self, shift: i64) -> Option<C::Yield> {
        self.go_on(Some(shift))
    }

    fn go_on(&mut self, input: Option<i64>) -> Option<C::Yield> {
        if self.over {
            return None;
        }
        match self.coroutine.resume(input) {
            Step::Yielded(value) => Some(value),
            Step::Complete(_) => {
                self.over = true;
                None
            }
        }
    }
}

impl<C: Coroutine<Option<i64>>> Iterator for Started<C> {
    type Item = C::Yield;

    fn next(&mut self) -> Option<C::Yield> {
        self.go_on(None)
    }
}
