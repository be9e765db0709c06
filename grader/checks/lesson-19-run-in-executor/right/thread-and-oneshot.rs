//! en: A plain thread and a oneshot channel: what `spawn_blocking` is made of, without its pool.
//! ru: Обычный поток ОС и канал oneshot: то, из чего сделана `spawn_blocking`, только без пула.

use futures::channel::oneshot;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::thread;

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
    let (sender, receiver) = oneshot::channel();
    thread::spawn(move || {
        // Nobody may be listening any more.
        let _ = sender.send(catch_unwind(AssertUnwindSafe(|| get(address))));
    });
    let fetched = receiver.await.expect("the thread sends, whatever happens to `get`");
    let page = Page { url: url.to_owned(), text: fetched.unwrap_or_else(|panic| resume_unwind(panic)) };
    body(&page).await
}
