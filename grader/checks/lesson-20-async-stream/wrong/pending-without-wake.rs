//! fails: slide, lazy, polls, wakers, apart, two-loops, foo-by-hand, adapters, executors, many
//! breaks: wakes-who-polls
//! en: You answer `Pending` and wake nobody, so nobody asks again. `Pending` is a promise that the waker will be called: `cx.waker().wake_by_ref()` before you return it.
//! ru: Вы отвечаете `Pending` и никого не будите, поэтому вас больше не спросят. `Pending` — обещание вызвать `wake`: вызовите `cx.waker().wake_by_ref()`, прежде чем его вернуть.

use futures::stream::{self, Stream, StreamExt};
use std::task::Poll;

pub fn rng(n: u32) -> impl Stream<Item = u32> {
    let mut numbers = (0..n).peekable();
    let mut others_had_a_turn = false;
    stream::poll_fn(move |_| {
        if numbers.peek().is_some() && !others_had_a_turn {
            others_had_a_turn = true;
            return Poll::Pending;
        }
        others_had_a_turn = false;
        Poll::Ready(numbers.next())
    })
}

pub async fn foo(n: u32) {
    rng(n).for_each(async |i| println!("{i}")).await;
}
