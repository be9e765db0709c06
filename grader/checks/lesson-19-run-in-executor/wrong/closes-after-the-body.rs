//! fails: on-panic, on-timeout
//! breaks: closed
//! en: You close the page in the line after the body. A panic never gets there, and a timeout drops the future at the `await` before it. Only `Drop` runs on every way out: Python's `finally`.
//! ru: Вы закрываете страницу в строке после тела. Паника до неё не доходит, а таймаут уничтожает фьючерс на `await` перед ней. На любом выходе выполняется только `Drop`: это и есть питоновский `finally`.

use std::panic::resume_unwind;
use tokio::task::spawn_blocking;

pub struct Page {
    pub url: String,
    pub text: String,
}

pub async fn web_page<T>(
    url: &str,
    get: impl FnOnce(String) -> String + Send + 'static,
    body: impl AsyncFnOnce(&Page) -> T,
) -> T {
    let address = url.to_owned();
    let fetched = spawn_blocking(move || get(address)).await;
    let text = fetched.unwrap_or_else(|error| resume_unwind(error.into_panic()));
    let page = Page { url: url.to_owned(), text };
    let got = body(&page).await;
    println!("closed {url}");
    got
}
