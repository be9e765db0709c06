//! en: The future is polled by `futures::executor::block_on` in the context of a runtime whose worker drives tasks and timers.
//! ru: Фьючерс опрашивает `futures::executor::block_on` в контексте среды выполнения, задачи и таймеры которой крутит её рабочий поток ОС.

use futures::executor::block_on;
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

fn beside_a_worker<F: Future>(future: F) -> F::Output {
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build();
    let runtime = runtime.expect("the system has what a runtime needs");
    let _entered = runtime.enter();
    block_on(future)
}

pub fn run_anywhere<F>(future: F) -> F::Output
where
    F: Future + Send,
    F::Output: Send,
{
    match Handle::try_current().map(|handle| (handle.runtime_flavor(), handle)) {
        Err(_) => beside_a_worker(future),
        Ok((RuntimeFlavor::MultiThread, handle)) => block_in_place(|| handle.block_on(future)),
        Ok(_) => {
            let finished = thread::scope(|scope| scope.spawn(|| beside_a_worker(future)).join());
            finished.unwrap_or_else(|panic| resume_unwind(panic))
        }
    }
}
