//! fails: loop-in-a-loop, left-behind
//! breaks: other-thread
//! en: The other thread waits on the caller's loop, through its handle. But that loop has one thread, which is waiting for you: tasks and timers of it stand still. Give the future a loop of its own there.
//! ru: Другой поток ОС ждёт на цикле вызывающего кода, через его `Handle`. Но у того цикла один поток ОС, и он ждёт вас: его задачи и таймеры стоят. Там дайте фьючерсу собственный цикл.

use futures::stream::{self, Stream, StreamExt};
use std::panic::resume_unwind;
use std::thread;
use tokio::runtime::{Builder, Handle, Runtime, RuntimeFlavor};
use tokio::task::block_in_place;

pub fn rng(n: u32) -> impl Stream<Item = u32> {
    stream::iter(0..n)
}

pub async fn foo(n: u32) {
    let mut numbers = rng(n);
    while let Some(i) = numbers.next().await {
        println!("{i}");
    }
}

fn new_loop() -> Runtime {
    Builder::new_current_thread().enable_all().build().expect("the system has what a runtime needs")
}

pub fn run_anywhere<F>(future: F) -> F::Output
where
    F: Future + Send,
    F::Output: Send,
{
    match Handle::try_current() {
        Err(_) => new_loop().block_on(future),
        Ok(handle) if handle.runtime_flavor() == RuntimeFlavor::MultiThread => {
            block_in_place(|| handle.block_on(future))
        }
        Ok(handle) => thread::scope(|scope| {
            let running = scope.spawn(|| handle.block_on(future));
            running.join().unwrap_or_else(|panic| resume_unwind(panic))
        }),
    }
}
