//! fails: lazy, siblings, two-loops, foo-by-hand, executors
//! breaks: foo-is-lazy, waits-by-await
//! en: The call of `foo` runs the loop, and what it returns has nothing left to do. The body of an `async fn` waits for the first poll: let `foo` be one.
//! ru: Цикл выполняет сам вызов `foo`, и тому, что он возвращает, делать уже нечего. Тело `async fn` ждёт первого опроса: пусть `foo` ею и будет.

use futures::executor::block_on;
use futures::stream::{self, Stream, StreamExt};
use std::future::{Ready, ready};
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

pub fn foo(n: u32) -> Ready<()> {
    block_on(rng(n).for_each(async |i| println!("{i}")));
    ready(())
}
