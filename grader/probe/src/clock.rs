//! Tokio's clock, paused: it jumps to the next timer when nothing can run, so that no check waits for real time.
//!
//! This crate does not depend on tokio, which most lessons do without. What names it are macros: they mean the `tokio`
//! of the probe that they stand in.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

/// A runtime of one thread, with its clock paused.
///
/// ```
/// let runtime = probe::paused_runtime!();
/// runtime.block_on(async {
///     tokio::time::sleep(std::time::Duration::from_secs(3600)).await; // takes no time at all
/// });
/// ```
#[macro_export]
macro_rules! paused_runtime {
    () => {
        ::tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .expect("a runtime needs nothing that could be missing")
    };
}

/// Runs a future on one thread under a paused clock.
///
/// What nobody wakes is given up when a year has gone by on that clock. What is woken without end would keep the clock
/// from moving, so that is given up as well. Either is a mark.
///
/// ```
/// use tokio::time::{Duration, Instant, sleep};
///
/// probe::on_paused_clock!(async {
///     let start = Instant::now();
///     sleep(Duration::from_secs(60)).await;
///     assert_eq!(start.elapsed().as_secs(), 60);
/// });
/// probe::on_paused_clock!(std::future::pending()); // marks that a year has gone by
/// ```
#[macro_export]
macro_rules! on_paused_clock {
    ($body:expr) => {
        $crate::paused_runtime!().block_on(async {
            let year = ::std::time::Duration::from_secs(365 * 24 * 3600);
            match $crate::within_polls(1000, ::tokio::time::timeout(year, $body)).await {
                ::std::option::Option::Some(::std::result::Result::Ok(())) => {}
                ::std::option::Option::Some(_) => $crate::mark!("a year has gone by, and it is still waiting"),
                ::std::option::Option::None => $crate::mark!("polled 1000 times: who keeps waking the task?"),
            }
        })
    };
}

/// Polls the future so many times at the most: what it gives, or nothing if it was not ready by then.
///
/// ```
/// use std::future::poll_fn;
/// use std::task::Poll;
///
/// let restless = poll_fn(|cx| {
///     cx.waker().wake_by_ref();
///     Poll::<u32>::Pending
/// });
/// probe::on_paused_clock!(async {
///     assert_eq!(probe::within_polls(99, async { 7 }).await, Some(7));
///     assert_eq!(probe::within_polls(99, restless).await, None);
/// });
/// ```
pub async fn within_polls<T>(most: usize, body: impl Future<Output = T>) -> Option<T> {
    let mut body = pin!(body);
    let mut polls = 0;
    poll_fn(|cx| {
        polls += 1;
        if polls > most { Poll::Ready(None) } else { body.as_mut().poll(cx).map(Some) }
    })
    .await
}
