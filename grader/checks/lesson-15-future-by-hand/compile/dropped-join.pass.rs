//! A future that is dropped at the semicolon was never polled.

#![deny(unused_must_use)]

use lesson_15::{join2, yield_now};

async fn pauses() {
    join2(yield_now(), yield_now()).await;
}

fn main() {
    let _future = pauses();
}
