//! The slide's program: the worker prints when it has added, and nobody waits for it.

use lesson_02::{Pool, run};
use std::sync::mpsc::channel;

fn main() {
    let pool = Pool::new(1);
    // On the slide `func` sleeps. Here the only worker is kept busy until `DONE` is out: the order is certain, and nobody
    // waits longer than needed.
    let (open, gate) = channel::<()>();
    pool.submit(move || gate.recv());
    run(&pool, 2, 3);
    println!("DONE");
    drop(open);
} // Here the pool is dropped, which waits for its worker.
