//! What a coroutine keeps across a `yield` goes with it to another thread, half way too.

use lesson_08::{Coroutine, Fresh, Step, countdown};
use std::rc::Rc as Shared;
use std::thread;

struct Named<C> {
    inner: C,
    name: Shared<str>,
}

impl<C: Coroutine<Option<i64>>> Coroutine<Option<i64>> for Named<C> {
    type Yield = (Shared<str>, C::Yield);
    type Return = C::Return;

    fn resume(&mut self, shift: Option<i64>) -> Step<Self::Yield, C::Return> {
        match self.inner.resume(shift) {
            Step::Yielded(value) => Step::Yielded((Shared::clone(&self.name), value)),
            Step::Complete(value) => Step::Complete(value),
        }
    }
}

fn main() {
    let (_three, mut g) = Fresh::new(Named { inner: countdown(3), name: Shared::from("g") }).start();
    let elsewhere = move || drop(g.send(8));
    let _ = thread::spawn(elsewhere).join(); //~ E0277
}
