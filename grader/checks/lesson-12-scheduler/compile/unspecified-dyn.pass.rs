//! Behind `dyn`, nobody can look up what a coroutine yields and returns: the type has to say it.

use lesson_12::{Coroutine, bar, foo};

fn main() {
    let mut tasks: Vec<Box<dyn Coroutine<(), Yield = (), Return = ()>>> = vec![Box::new(foo()), Box::new(bar())];
    for task in &mut tasks {
        task.resume(());
    }
}
