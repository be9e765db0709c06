//! fails: misuse
//! breaks: must-use
//! en: `Future` is marked `#[must_use]`, but that covers `impl Future` and `dyn Future` only. A struct of your own that implements it may be dropped without a warning, until you mark the struct as well.
//! ru: У `Future` есть атрибут `#[must_use]`, но действует он лишь на `impl Future` и `dyn Future`. Вашу собственную структуру с этим трейтом можно выбросить без предупреждения, пока вы не пометите и её.

use futures::future::join_all;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::{Sleep, sleep};

pub struct Count {
    pause: Duration,
    sleep: Option<Pin<Box<Sleep>>>,
}

pub fn count(pause: Duration) -> Count {
    Count { pause, sleep: None }
}

impl Future for Count {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let pause = self.pause;
        let sleep = self.sleep.get_or_insert_with(|| {
            println!("One");
            Box::pin(sleep(pause))
        });
        ready!(sleep.as_mut().poll(cx));
        println!("Two");
        Poll::Ready(())
    }
}

pub async fn gather<F: Future>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    join_all(futures).await
}
