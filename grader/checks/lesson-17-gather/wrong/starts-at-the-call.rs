//! fails: lazy, borrowed, polls, wakes, polled-in-wake, many, dropped
//! breaks: gather-lazy, bounds
//! en: Here the call of `gather` starts its futures, as `asyncio.gather` does by making tasks. In Rust a call starts nothing: only what is awaited is polled, and only what is polled runs.
//! ru: Здесь фьючерсы запускает сам вызов `gather`: так делает `asyncio.gather`, который создаёт задачи. В Rust вызов ничего не запускает: опрашивают только то, чего ждут, и работает только то, что опрашивают.

use std::time::Duration;

pub async fn count(pause: Duration) {
    println!("One");
    tokio::time::sleep(pause).await;
    println!("Two");
}

pub fn gather<F>(futures: impl IntoIterator<Item = F>) -> impl Future<Output = Vec<F::Output>>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    let tasks: Vec<_> = futures.into_iter().map(tokio::spawn).collect();
    async move {
        let mut outputs = Vec::new();
        for task in tasks {
            outputs.push(task.await.expect("no future panics"));
        }
        outputs
    }
}
