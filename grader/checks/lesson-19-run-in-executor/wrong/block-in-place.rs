//! fails: slide, lazy, early-return, on-panic, on-timeout, loop-is-free, get-panics
//! breaks: get-elsewhere
//! en: `block_in_place` lets the other tasks move to another worker thread. A current-thread runtime has no other, so it panics there; and even on many threads it stops the futures that share the task with it. `spawn_blocking` works on both.
//! ru: `block_in_place` даёт остальным задачам перейти в другой рабочий поток ОС. В однопоточной среде другого нет, и она там паникует; да и в многопоточной останавливаются фьючерсы той же задачи. `spawn_blocking` годится в обеих.

use tokio::task::block_in_place;

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
    let text = block_in_place(|| get(url.to_owned()));
    let page = Page { url: url.to_owned(), text };
    body(&page).await
}
