//! fails: many-threads, left-behind
//! breaks: callers-loop
//! en: A thread with a loop of its own works everywhere, and on a multi-thread runtime it costs two things: the worker that waits in `join` takes the tasks in its queue with it, and what the future spawns dies with the small loop. There: `block_in_place` and the caller's own handle.
//! ru: Поток ОС с собственным циклом работает везде, но в многопоточной среде у него две цены: рабочий поток, ждущий в `join`, держит задачи своей очереди, а всё, что запустит фьючерс, погибнет вместе с маленьким циклом. Там нужны `block_in_place` и `Handle` вызывающего кода.

use futures::stream::{self, Stream, StreamExt};
use std::panic::resume_unwind;
use std::thread;
use tokio::runtime::{Builder, Runtime};

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
    thread::scope(|scope| {
        let running = scope.spawn(|| new_loop().block_on(future));
        running.join().unwrap_or_else(|panic| resume_unwind(panic))
    })
}
