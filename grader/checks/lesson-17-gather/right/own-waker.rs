//! en: Each poll leaves the task's waker in one place, and the futures get a waker that finds it there.
//! ru: Каждый опрос оставляет будильник задачи в одном месте, а фьючерсы получают будильник, который его там находит.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

pub async fn count(pause: Duration) {
    println!("One");
    tokio::time::sleep(pause).await;
    println!("Two");
}

/// Wakes whoever polled last, once.
#[derive(Default)]
struct Bell {
    task: Mutex<Option<Waker>>,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        // Taken out first: the wake may poll at once, and the poll needs the lock.
        let task = self.task.lock().expect("nobody panics with it").take();
        if let Some(task) = task {
            task.wake();
        }
    }
}

pub async fn gather<F: Future>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    let bell = Arc::new(Bell::default());
    let waker = Waker::from(Arc::clone(&bell));
    let mut branches: Vec<(Option<Pin<Box<F>>>, Option<F::Output>)> =
        futures.into_iter().map(|future| (Some(Box::pin(future)), None)).collect();
    poll_fn(|cx| {
        *bell.task.lock().expect("nobody panics with it") = Some(cx.waker().clone());
        let mut all_done = true;
        for (running, output) in &mut branches {
            let Some(future) = running else { continue };
            match future.as_mut().poll(&mut Context::from_waker(&waker)) {
                Poll::Ready(value) => (*running, *output) = (None, Some(value)),
                Poll::Pending => all_done = false,
            }
        }
        if all_done { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    branches.into_iter().filter_map(|(_, output)| output).collect()
}
