//! en: The future is on another thread in every case; on a multi-thread runtime that thread waits on the caller's loop.
//! ru: Фьючерс всегда в другом потоке ОС; в многопоточной среде этот поток ждёт на цикле вызывающего кода.

use futures::stream::{self, Stream, StreamExt};
use std::panic::resume_unwind;
use std::thread;
use tokio::runtime::{Builder, Handle, RuntimeFlavor};
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

fn on_a_thread<T: Send>(call: impl FnOnce() -> T + Send) -> T {
    thread::scope(|scope| scope.spawn(call).join()).unwrap_or_else(|panic| resume_unwind(panic))
}

pub fn run_anywhere<F>(future: F) -> F::Output
where
    F: Future + Send,
    F::Output: Send,
{
    let many = Handle::try_current().ok().filter(|handle| handle.runtime_flavor() == RuntimeFlavor::MultiThread);
    match many {
        Some(handle) => block_in_place(|| on_a_thread(|| handle.block_on(future))),
        None => on_a_thread(|| {
            let runtime = Builder::new_current_thread().enable_all().build();
            runtime.expect("the system has what a runtime needs").block_on(future)
        }),
    }
}
