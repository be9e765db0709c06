//! Many futures, one `await`: `gather` polls each of them in turn, and keeps what is ready.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

/// Prints `One`, lets `pause` go by on tokio's clock, and prints `Two`.
pub async fn count(pause: Duration) {
    println!("One");
    tokio::time::sleep(pause).await;
    println!("Two");
}

/// Awaits all of the futures at once; returns their outputs in the order in which the futures were given.
///
/// The futures share the task that awaits `gather`: they may borrow from its caller, they run one at a time, and
/// dropping `gather` drops those that are not ready yet.
pub async fn gather<F: Future>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    let mut branches: Vec<Branch<F>> = futures.into_iter().map(|future| Branch::Running(Box::pin(future))).collect();
    poll_fn(|cx| {
        let mut running = false;
        for branch in &mut branches {
            running |= branch.poll(cx).is_pending();
        }
        if running { Poll::Pending } else { Poll::Ready(()) }
    })
    .await;
    branches.into_iter().map(Branch::into_output).collect()
}

/// A future that `gather` was given, or what came of it.
enum Branch<F: Future> {
    Running(Pin<Box<F>>),
    Done(F::Output),
}

impl<F: Future> Branch<F> {
    /// Polls the future, unless it was ready before: an `async fn` panics when it is polled after that.
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if let Branch::Running(future) = self {
            let Poll::Ready(output) = future.as_mut().poll(cx) else { return Poll::Pending };
            *self = Branch::Done(output);
        }
        Poll::Ready(())
    }

    fn into_output(self) -> F::Output {
        match self {
            Branch::Done(output) => output,
            Branch::Running(_) => unreachable!("`gather` is ready once every branch is done"),
        }
    }
}
