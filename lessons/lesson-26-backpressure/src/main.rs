//! A producer that could send at once, and a server that takes a tenth of a second an item: a queue of two keeps them in step.

use lesson_26::{produce, serve};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (sender, queue) = mpsc::channel(2);
    let work = |item: u32| async move {
        sleep(Duration::from_millis(100)).await;
        println!("served {item}");
    };
    let (sent, served) = futures::join!(produce(0..5, sender), serve(queue, 1, work));
    println!("{sent} sent, {} served", served.len());
}
