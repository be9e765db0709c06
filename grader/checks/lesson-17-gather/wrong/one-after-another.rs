//! fails: slide, lazy, count-alone, input-order, borrowed, polls, wakes, polled-in-wake, many, dropped, forty
//! breaks: first-poll
//! en: You await the futures in a loop, so each one starts when the one before it is over. `await` waits for one future: to have many under way, poll every one of them before you return `Pending`.
//! ru: Вы ждёте фьючерсы в цикле, и каждый начинается, лишь когда закончился предыдущий. `await` ждёт один фьючерс: чтобы в пути были многие, опросите каждый, прежде чем вернуть `Pending`.

use std::time::Duration;

pub async fn count(pause: Duration) {
    println!("One");
    tokio::time::sleep(pause).await;
    println!("Two");
}

pub async fn gather<F: Future>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    let mut outputs = Vec::new();
    for future in futures {
        outputs.push(future.await);
    }
    outputs
}
