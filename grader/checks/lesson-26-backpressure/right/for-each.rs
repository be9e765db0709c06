//! en: `for_each_concurrent` that notes outputs beside; the room is awaited in an `unfold`; permits are owned and `Arc`ed.
//! ru: `for_each_concurrent`, результаты копятся рядом; места в очереди ждёт `unfold`; разрешения в собственности, через `Arc`.

use futures::stream::{StreamExt, unfold};
use std::cell::RefCell;
use std::fmt::Display;
use std::sync::Arc;
use tokio::sync::{Semaphore, mpsc};

pub fn produce<T: Display>(items: impl IntoIterator<Item = T>, queue: mpsc::Sender<T>) -> impl Future<Output = usize> {
    let steps = unfold((items.into_iter(), queue), |(mut items, queue)| async move {
        {
            let place = queue.reserve().await.ok()?;
            let item = items.next()?;
            println!("sent {item}");
            place.send(item);
        }
        Some(((), (items, queue)))
    });
    steps.count()
}

pub async fn serve<T, F: Future>(
    queue: mpsc::Receiver<T>,
    at_once: usize,
    mut work: impl FnMut(T) -> F,
) -> Vec<F::Output> {
    let outputs = RefCell::new(Vec::new());
    let items = unfold(queue, |mut queue| async move { queue.recv().await.map(|item| (item, queue)) });
    items
        .for_each_concurrent(at_once, |item| {
            let work = work(item);
            async {
                let output = work.await;
                outputs.borrow_mut().push(output);
            }
        })
        .await;
    outputs.into_inner()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Busy;

#[derive(Clone)]
pub struct Limit(Arc<Semaphore>);

impl Limit {
    pub fn new(places: usize) -> Self {
        Limit(Arc::new(Semaphore::new(places)))
    }

    pub async fn run<F: Future>(&self, work: F) -> F::Output {
        let place = Arc::clone(&self.0).acquire_owned().await;
        let output = work.await;
        drop(place);
        output
    }

    pub async fn try_run<F: Future>(&self, work: F) -> Result<F::Output, Busy> {
        match Arc::clone(&self.0).try_acquire_owned() {
            Ok(place) => {
                let output = work.await;
                drop(place);
                Ok(output)
            }
            Err(_) => Err(Busy),
        }
    }
}
