//! fails: asleep
//! breaks: sleeps
//! races: yes
//! en: You ask in a loop whether the thread has finished. The others do get their turn, but the task never sleeps, and one processor is busy with asking. Await the handle: it wakes you once.
//! ru: Вы в цикле спрашиваете, кончил ли поток ОС. Остальные свою очередь получают, но задача никогда не спит, и один процессор занят расспросами. Ждите через `await`: вас разбудят один раз.

use std::panic::resume_unwind;
use std::thread;
use tokio::task::yield_now;

pub struct Page {
    pub url: String,
    pub text: String,
}

impl Drop for Page {
    fn drop(&mut self) {
        println!("closed {}", self.url);
    }
}

pub async fn web_page<T>(
    url: &str,
    get: impl FnOnce(String) -> String + Send + 'static,
    body: impl AsyncFnOnce(&Page) -> T,
) -> T {
    let address = url.to_owned();
    let fetching = thread::spawn(move || get(address));
    while !fetching.is_finished() {
        yield_now().await;
    }
    let text = fetching.join().unwrap_or_else(|panic| resume_unwind(panic));
    let page = Page { url: url.to_owned(), text };
    body(&page).await
}
