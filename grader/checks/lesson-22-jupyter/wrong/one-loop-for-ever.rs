//! fails: left-behind
//! breaks: own-loop-ends
//! en: One runtime in a `static` serves every call, and never ends: a task that a future leaves behind goes on when nobody waits for it. `asyncio.run` closes its loop, and a loop of the future's own should end with the future.
//! ru: Одна среда выполнения в `static` служит всем вызовам и никогда не кончается: задача, которую оставил фьючерс, работает и тогда, когда её никто не ждёт. `asyncio.run` свой цикл закрывает, и собственный цикл фьючерса должен кончаться вместе с ним.

use futures::stream::{self, Stream, StreamExt};
use std::panic::resume_unwind;
use std::sync::LazyLock;
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

static LOOP: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("the system has what a runtime needs"));

pub fn run_anywhere<F>(future: F) -> F::Output
where
    F: Future + Send,
    F::Output: Send,
{
    match Handle::try_current() {
        Err(_) => LOOP.block_on(future),
        Ok(handle) if handle.runtime_flavor() == RuntimeFlavor::MultiThread => {
            block_in_place(|| handle.block_on(future))
        }
        Ok(_) => thread::scope(|scope| {
            let running = scope.spawn(|| LOOP.block_on(future));
            running.join().unwrap_or_else(|panic| resume_unwind(panic))
        }),
    }
}
