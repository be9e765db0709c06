//! en: The body runs on a thread of its own, with a real stack to stand on, and two channels carry the values. It
//! starts at the first `resume`; dropping the sender ends it.
//! ru: Тело выполняется в отдельном потоке ОС, на настоящем стеке, а значения носят два канала. Поток ОС запускается
//! при первом `resume`; когда отправитель уничтожен, тело кончается.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

pub enum Step<Y, R> {
    Yielded(Y),
    Complete(R),
}

pub trait Coroutine<In> {
    type Yield;
    type Return;
    fn resume(&mut self, input: In) -> Step<Self::Yield, Self::Return>;
}

enum Countdown {
    Unresumed(i64),
    Running { shifts: Sender<Option<i64>>, numbers: Receiver<i64> },
    Returned,
}

fn body(mut n: i64, numbers: &Sender<i64>, shifts: &Receiver<Option<i64>>) {
    while n > 0 {
        let Ok(()) = numbers.send(n) else { return };
        let Ok(shift) = shifts.recv() else { return };
        n -= 1;
        n += shift.unwrap_or(0);
    }
}

impl Coroutine<Option<i64>> for Countdown {
    type Yield = i64;
    type Return = ();

    fn resume(&mut self, shift: Option<i64>) -> Step<i64, ()> {
        match self {
            Countdown::Unresumed(n) => {
                assert!(shift.is_none(), "can't send non-None value to a just-started coroutine");
                let (n, (to_caller, numbers), (shifts, from_caller)) = (*n, channel(), channel());
                thread::spawn(move || body(n, &to_caller, &from_caller));
                *self = Countdown::Running { shifts, numbers };
            }
            Countdown::Running { shifts, .. } => shifts.send(shift).expect("the body waits at its yield"),
            Countdown::Returned => panic!("coroutine resumed after completion"),
        }
        let Countdown::Running { numbers, .. } = self else { unreachable!() };
        match numbers.recv() {
            Ok(n) => Step::Yielded(n),
            Err(_) => {
                *self = Countdown::Returned;
                Step::Complete(())
            }
        }
    }
}

pub fn countdown(n: i64) -> impl Coroutine<Option<i64>, Yield = i64, Return = ()> {
    Countdown::Unresumed(n)
}

pub struct Fresh<C> {
    coroutine: C,
}

impl<C: Coroutine<Option<i64>>> Fresh<C> {
    pub fn new(coroutine: C) -> Self {
        Fresh { coroutine }
    }

    pub fn start(self) -> (Option<C::Yield>, Started<C>) {
        let mut started = Started { coroutine: Some(self.coroutine) };
        let first = started.next();
        (first, started)
    }
}

pub struct Started<C> {
    coroutine: Option<C>,
}

impl<C: Coroutine<Option<i64>>> Started<C> {
    pub fn send(&mut self, shift: i64) -> Option<C::Yield> {
        self.resume(Some(shift))
    }

    fn resume(&mut self, input: Option<i64>) -> Option<C::Yield> {
        match self.coroutine.as_mut()?.resume(input) {
            Step::Yielded(value) => Some(value),
            Step::Complete(_) => {
                self.coroutine = None;
                None
            }
        }
    }
}

impl<C: Coroutine<Option<i64>>> Iterator for Started<C> {
    type Item = C::Yield;

    fn next(&mut self) -> Option<C::Yield> {
        self.resume(None)
    }
}
