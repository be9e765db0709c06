//! en: The future's own loop is a multi-thread one; a call inside of it is then an ordinary `block_in_place`.
//! ru: Собственный цикл фьючерса — многопоточный; вложенный вызов в нём — обычный `block_in_place`.

use futures::stream::{self, Stream, StreamExt};
use std::panic::resume_unwind;
use std::thread;
use tokio::runtime::{Handle, Runtime, RuntimeFlavor};
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

pub fn run_anywhere<F>(future: F) -> F::Output
where
    F: Future + Send,
    F::Output: Send,
{
    let alone = |future| Runtime::new().expect("the system has what a runtime needs").block_on(future);
    let Ok(handle) = Handle::try_current() else { return alone(future) };
    match handle.runtime_flavor() {
        RuntimeFlavor::MultiThread => block_in_place(|| handle.block_on(future)),
        _ => thread::scope(|scope| match scope.spawn(|| alone(future)).join() {
            Ok(output) => output,
            Err(panic) => resume_unwind(panic),
        }),
    }
}
