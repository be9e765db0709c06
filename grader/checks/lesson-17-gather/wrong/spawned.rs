//! fails: borrowed, polls, wakes, polled-in-wake, many, dropped
//! breaks: bounds
//! en: `tokio::spawn` makes a task that may outlive its caller and move to another thread, hence `Send + 'static`. The signature asks for neither: poll the futures yourself, in the task that awaits `gather`.
//! ru: `tokio::spawn` создаёт задачу, которая может пережить того, кто её создал, и перейти в другой поток ОС: отсюда `Send + 'static`. В сигнатуре этого нет: опрашивайте фьючерсы сами, в той задаче, которая ждёт `gather`.

use std::time::Duration;

pub async fn count(pause: Duration) {
    println!("One");
    tokio::time::sleep(pause).await;
    println!("Two");
}

pub async fn gather<F>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    let tasks: Vec<_> = futures.into_iter().map(tokio::spawn).collect();
    let mut outputs = Vec::new();
    for task in tasks {
        outputs.push(task.await.unwrap());
    }
    outputs
}
