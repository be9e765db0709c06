//! en: The state machine by hand: `poll_next`, and a flag that tells whether the others had their turn. `foo` polls it through `poll_fn`.
//! ru: Конечный автомат вручную: `poll_next` и флаг, который помнит, была ли очередь у других. `foo` опрашивает его через `poll_fn`.

use futures::stream::Stream;
use std::future::poll_fn;
use std::ops::Range;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

struct Numbers {
    left: Range<u32>,
    others_had_a_turn: bool,
}

impl Stream for Numbers {
    type Item = u32;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<u32>> {
        if self.left.is_empty() {
            return Poll::Ready(None);
        }
        self.others_had_a_turn = !self.others_had_a_turn;
        if self.others_had_a_turn {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(self.left.next())
    }
}

pub fn rng(n: u32) -> impl Stream<Item = u32> {
    Numbers { left: 0..n, others_had_a_turn: false }
}

pub async fn foo(n: u32) {
    let mut numbers = pin!(rng(n));
    while let Some(i) = poll_fn(|cx| numbers.as_mut().poll_next(cx)).await {
        println!("{i}");
    }
}
