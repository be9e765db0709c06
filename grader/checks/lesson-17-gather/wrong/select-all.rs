//! fails: slide, lazy, input-order, borrowed, polls, wakes, polled-in-wake, many, dropped, empty, forty
//! breaks: list-order, last-ready
//! en: The index that `select_all` gives is a place in the list as it is now, which is shorter than the one you were given, and in another order. It also panics on an empty list. Number the futures before the first one finishes.
//! ru: Индекс, который даёт `select_all`, указывает место в списке, каков он сейчас: тот короче исходного, и порядок в нём другой. К тому же на пустом списке она паникует. Пронумеруйте фьючерсы, пока не завершился первый.

use futures::future::select_all;
use std::time::Duration;

pub async fn count(pause: Duration) {
    println!("One");
    tokio::time::sleep(pause).await;
    println!("Two");
}

pub async fn gather<F: Future>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    let mut running: Vec<_> = futures.into_iter().map(Box::pin).collect();
    let mut outputs: Vec<Option<F::Output>> = running.iter().map(|_| None).collect();
    loop {
        let (output, index, rest) = select_all(running).await;
        outputs[index] = Some(output);
        if rest.is_empty() {
            return outputs.into_iter().flatten().collect();
        }
        running = rest;
    }
}
