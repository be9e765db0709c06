//! en: Places are tokens in a channel, and who waits holds the receiver's lock; the works are a `Vec` that is polled in turn.
//! ru: Места — жетоны в канале, а тот, кто ждёт, держит мьютекс получателя; работы лежат в `Vec`, который опрашивают по порядку.

use std::fmt::Display;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;
use tokio::sync::{Mutex, mpsc};

pub async fn produce<T: Display>(items: impl IntoIterator<Item = T>, queue: mpsc::Sender<T>) -> usize {
    let (mut items, mut sent) = (items.into_iter(), 0);
    loop {
        let Ok(mut places) = queue.reserve_many(1).await else { break sent };
        let (Some(place), Some(item)) = (places.next(), items.next()) else { break sent };
        println!("sent {item}");
        place.send(item);
        sent += 1;
    }
}

pub async fn serve<T, F: Future>(
    mut queue: mpsc::Receiver<T>,
    at_once: usize,
    mut work: impl FnMut(T) -> F,
) -> Vec<F::Output> {
    let mut running: Vec<Pin<Box<F>>> = Vec::new();
    let mut outputs = Vec::new();
    let mut is_closed = false;
    poll_fn(move |cx| {
        // Those that were there, then those that take a place that has become free.
        let mut at = 0;
        loop {
            while at < running.len() {
                match running[at].as_mut().poll(cx) {
                    Poll::Ready(output) => {
                        outputs.push(output);
                        drop(running.remove(at));
                    }
                    Poll::Pending => at += 1,
                }
            }
            if running.len() == at_once || is_closed {
                break;
            }
            match queue.poll_recv(cx) {
                Poll::Ready(Some(item)) => running.push(Box::pin(work(item))),
                Poll::Ready(None) => is_closed = true,
                Poll::Pending => break,
            }
        }
        if is_closed && running.is_empty() { Poll::Ready(std::mem::take(&mut outputs)) } else { Poll::Pending }
    })
    .await
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Busy;

pub struct Limit {
    give: mpsc::UnboundedSender<()>,
    take: Mutex<mpsc::UnboundedReceiver<()>>,
}

/// A token that goes back when it is dropped.
struct Token<'a>(&'a mpsc::UnboundedSender<()>);

impl Drop for Token<'_> {
    fn drop(&mut self) {
        let _ = self.0.send(());
    }
}

impl Limit {
    pub fn new(places: usize) -> Self {
        let (give, take) = mpsc::unbounded_channel();
        (0..places).for_each(|_| drop(give.send(())));
        Limit { give, take: Mutex::new(take) }
    }

    pub async fn run<F: Future>(&self, work: F) -> F::Output {
        // tokio's mutex is fair: who came first has the receiver, and keeps it while there is no token.
        let _token = {
            let mut take = self.take.lock().await;
            take.recv().await.expect("a sender is in `self`");
            Token(&self.give)
        };
        work.await
    }

    pub async fn try_run<F: Future>(&self, work: F) -> Result<F::Output, Busy> {
        let _token = {
            let mut take = self.take.try_lock().map_err(|_| Busy)?;
            take.try_recv().map_err(|_| Busy)?;
            Token(&self.give)
        };
        Ok(work.await)
    }
}
