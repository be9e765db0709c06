//! fails: misuse
//! breaks: must-use
//! en: `Foo` is a future by hand, and the compiler lets a call of `foo` be dropped unseen. `impl Future` is `#[must_use]`, a struct of yours is not unless you say so.
//! ru: `Foo` — фьючерс, написанный вручную, и компилятор позволяет незаметно выбросить вызов `foo`. `impl Future` помечен `#[must_use]`, а ваша структура — нет, пока вы сами этого не скажете.

use futures::stream::{self, BoxStream, Stream, StreamExt};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::task::yield_now;

pub fn rng(n: u32) -> impl Stream<Item = u32> {
    stream::iter(0..n).then(|i| async move {
        yield_now().await;
        i
    })
}

pub struct Foo {
    numbers: BoxStream<'static, u32>,
}

pub fn foo(n: u32) -> Foo {
    Foo { numbers: rng(n).boxed() }
}

impl Future for Foo {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        while let Some(i) = ready!(self.numbers.poll_next_unpin(cx)) {
            println!("{i}");
        }
        Poll::Ready(())
    }
}
