//! en: A line of waiters by hand, in which a place is handed on to the first; `FuturesUnordered` in a `poll_fn`; owned permits of the queue.
//! ru: Очередь ждущих вручную: место передают первому; `FuturesUnordered` внутри `poll_fn`; разрешения очереди — в собственность.

use futures::stream::{FuturesUnordered, Stream};
use std::collections::VecDeque;
use std::fmt::Display;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Mutex, MutexGuard};
use std::task::{Context, Poll, Waker};
use tokio::sync::mpsc;

pub async fn produce<T: Display>(items: impl IntoIterator<Item = T>, mut queue: mpsc::Sender<T>) -> usize {
    let mut items = items.into_iter();
    for sent in 0.. {
        let Ok(place) = queue.reserve_owned().await else { return sent };
        let Some(item) = items.next() else { return sent };
        let line = format!("sent {item}");
        queue = place.send(item);
        println!("{line}");
    }
    unreachable!("nobody counts that far")
}

pub async fn serve<T, F: Future>(
    mut queue: mpsc::Receiver<T>,
    at_once: usize,
    mut work: impl FnMut(T) -> F,
) -> Vec<F::Output> {
    let mut running = FuturesUnordered::new();
    let mut outputs = Vec::new();
    let mut is_closed = false;
    poll_fn(move |cx| {
        loop {
            while !is_closed && running.len() < at_once {
                match queue.poll_recv(cx) {
                    Poll::Ready(Some(item)) => running.push(work(item)),
                    Poll::Ready(None) => is_closed = true,
                    Poll::Pending => break,
                }
            }
            match Pin::new(&mut running).poll_next(cx) {
                Poll::Ready(Some(output)) => outputs.push(output),
                Poll::Ready(None) if is_closed => return Poll::Ready(std::mem::take(&mut outputs)),
                Poll::Ready(None) | Poll::Pending => return Poll::Pending,
            }
        }
    })
    .await
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Busy;

pub struct Limit {
    line: Mutex<Line>,
}

struct Line {
    free: usize,
    next_number: u64,
    waiting: VecDeque<Waiter>,
}

struct Waiter {
    number: u64,
    waker: Waker,
    has_place: bool,
}

/// A place, or a wish for one.
struct Place<'a> {
    limit: &'a Limit,
    number: Option<u64>,
    is_taken: bool,
}

impl Limit {
    pub fn new(places: usize) -> Self {
        Limit { line: Mutex::new(Line { free: places, next_number: 0, waiting: VecDeque::new() }) }
    }

    pub async fn run<F: Future>(&self, work: F) -> F::Output {
        let mut place = Place { limit: self, number: None, is_taken: false };
        poll_fn(|cx| place.poll_taken(cx)).await;
        work.await
    }

    pub async fn try_run<F: Future>(&self, work: F) -> Result<F::Output, Busy> {
        {
            let mut line = self.line();
            line.free = line.free.checked_sub(1).ok_or(Busy)?;
        }
        let _place = Place { limit: self, number: None, is_taken: true };
        Ok(work.await)
    }

    fn line(&self) -> MutexGuard<'_, Line> {
        self.line.lock().expect("nobody panics with it")
    }

    /// Hands the place to the first in line, who keeps it before being polled.
    fn hand_on(&self) {
        let mut line = self.line();
        let Some(first) = line.waiting.iter_mut().find(|waiter| !waiter.has_place) else {
            line.free += 1;
            return;
        };
        first.has_place = true;
        let waker = first.waker.clone();
        drop(line);
        waker.wake();
    }
}

impl Place<'_> {
    fn poll_taken(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let mut line = self.limit.line();
        let Some(number) = self.number else {
            if line.free > 0 {
                line.free -= 1;
                self.is_taken = true;
                return Poll::Ready(());
            }
            line.next_number += 1;
            let number = line.next_number;
            self.number = Some(number);
            line.waiting.push_back(Waiter { number, waker: cx.waker().clone(), has_place: false });
            return Poll::Pending;
        };
        let at = line.waiting.iter().position(|waiter| waiter.number == number).expect("it is in line");
        if line.waiting[at].has_place {
            line.waiting.remove(at);
            self.is_taken = true;
            return Poll::Ready(());
        }
        line.waiting[at].waker = cx.waker().clone();
        Poll::Pending
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut line = self.limit.line();
        let mut has_place = self.is_taken;
        if let Some(at) = line.waiting.iter().position(|waiter| Some(waiter.number) == self.number) {
            has_place |= line.waiting[at].has_place;
            line.waiting.remove(at);
        }
        drop(line);
        if has_place {
            self.limit.hand_on();
        }
    }
}
