//! en: `unfold`: the generator's loop, with its variable handed from step to step; `fuse` keeps the end.
//! ru: `unfold` — цикл генератора, где переменную передают из шага в шаг; `fuse` запоминает конец.

use futures::stream::{self, Stream, StreamExt};
use tokio::task::yield_now;

pub fn rng(n: u32) -> impl Stream<Item = u32> {
    stream::unfold(0, move |i| async move {
        if i == n {
            return None;
        }
        yield_now().await;
        Some((i, i + 1))
    })
    .fuse()
}

pub async fn foo(n: u32) {
    rng(n).for_each(async |i| println!("{i}")).await;
}
