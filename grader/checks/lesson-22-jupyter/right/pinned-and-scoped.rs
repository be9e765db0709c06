//! en: One function makes a loop; the answer of `try_current` is turned into a plan before anything runs.
//! ru: Цикл создаёт одна функция; ответ `try_current` сначала становится планом, потом выполняется.

use futures::stream::{self, Stream, StreamExt};
use std::panic::resume_unwind;
use std::thread;
use tokio::runtime::{Handle, Runtime, RuntimeFlavor};

pub fn rng(n: u32) -> impl Stream<Item = u32> {
    stream::iter(0..n)
}

pub async fn foo(n: u32) {
    let mut numbers = rng(n);
    while let Some(i) = numbers.next().await {
        println!("{i}");
    }
}

enum Plan {
    Here(Runtime),
    InItsLoop(Handle),
    Beside,
}

fn plan() -> Plan {
    match Handle::try_current() {
        Err(_) => Plan::Here(Runtime::new().expect("the system has what a runtime needs")),
        Ok(handle) if handle.runtime_flavor() == RuntimeFlavor::CurrentThread => Plan::Beside,
        Ok(handle) => Plan::InItsLoop(handle),
    }
}

pub fn run_anywhere<F>(future: F) -> F::Output
where
    F: Future + Send,
    F::Output: Send,
{
    match plan() {
        Plan::Here(runtime) => runtime.block_on(future),
        Plan::InItsLoop(handle) => tokio::task::block_in_place(move || handle.block_on(future)),
        Plan::Beside => {
            let mut output = None;
            let slot = &mut output;
            // No loop runs over there, so this goes one level deep.
            thread::scope(|scope| {
                let running = scope.spawn(move || *slot = Some(run_anywhere(future)));
                if let Err(panic) = running.join() {
                    resume_unwind(panic);
                }
            });
            output.expect("the thread has left it there")
        }
    }
}
