//! fails: slide, early-return, on-panic, on-timeout, loop-is-free
//! breaks: get-elsewhere, sleeps
//! en: `tokio::spawn` makes a task, not a thread: on a current-thread runtime the loop's only thread polls it, and `get` blocks that thread as before. For a call that blocks there is `spawn_blocking`.
//! ru: `tokio::spawn` создаёт задачу, а не поток ОС: в однопоточной среде выполнения её опрашивает единственный поток цикла, и `get` блокирует его, как и раньше. Для блокирующего вызова есть `spawn_blocking`.

use std::panic::resume_unwind;

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
    let fetched = tokio::spawn(async move { get(address) }).await;
    let text = fetched.unwrap_or_else(|error| resume_unwind(error.into_panic()));
    let page = Page { url: url.to_owned(), text };
    body(&page).await
}
