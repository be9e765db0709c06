//! fails: siblings, two-loops, foo-by-hand, executors
//! breaks: waits-by-await
//! en: `block_on_stream` makes a plain iterator out of the stream, and the `for` loop then blocks: while it waits for an item, nobody else on this thread can run. In an `async fn` wait with `.next().await`.
//! ru: `block_on_stream` делает из потока данных обычный итератор, и цикл `for` блокирует: пока он ждёт элемент, никто другой в этом потоке ОС работать не может. В `async fn` ждут через `.next().await`.

use futures::executor::block_on_stream;
use futures::stream::{self, Stream};
use std::pin::pin;
use std::task::Poll;

pub fn rng(n: u32) -> impl Stream<Item = u32> {
    let mut left = 0..n;
    let mut waits = true;
    stream::poll_fn(move |cx| {
        if waits && !left.is_empty() {
            waits = false;
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        waits = true;
        Poll::Ready(left.next())
    })
}

pub async fn foo(n: u32) {
    for i in block_on_stream(pin!(rng(n))) {
        println!("{i}");
    }
}
