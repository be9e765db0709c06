//! fails: loop-in-a-loop, borrowed, left-behind, misuse
//! breaks: borrows
//! en: `thread::spawn` starts a thread that may outlive its caller, so the future must be `'static` and can't borrow. You wait for it anyway: `thread::scope` knows that, and lets it borrow.
//! ru: `thread::spawn` запускает поток ОС, который может пережить вызывающий код, поэтому от фьючерса требуется `'static`, и заимствовать он не может. Но вы его всё равно дожидаетесь: `thread::scope` об этом знает и заимствовать разрешает.

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
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    match Handle::try_current() {
        Err(_) => new_loop().block_on(future),
        Ok(handle) if handle.runtime_flavor() == RuntimeFlavor::MultiThread => {
            block_in_place(|| handle.block_on(future))
        }
        Ok(_) => {
            let running = thread::spawn(|| new_loop().block_on(future));
            running.join().unwrap_or_else(|panic| resume_unwind(panic))
        }
    }
}
