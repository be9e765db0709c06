//! fails: slide, lazy, count-alone
//! breaks: count-lines
//! en: `std::thread::sleep` stops the thread, and every future on it: nobody else can run, and tokio's clock knows nothing of it. `tokio::time::sleep(…).await` gives the thread back until its time has come.
//! ru: `std::thread::sleep` останавливает поток ОС, а с ним и все фьючерсы на нём: никто другой не работает, и часы tokio ничего об этом не знают. `tokio::time::sleep(…).await` отдаёт поток ОС, пока не придёт время.

use futures::future::join_all;
use std::time::Duration;

pub async fn count(pause: Duration) {
    println!("One");
    std::thread::sleep(pause);
    println!("Two");
}

pub async fn gather<F: Future>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    join_all(futures).await
}
