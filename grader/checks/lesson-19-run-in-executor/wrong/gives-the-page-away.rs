//! fails: side-by-side, misuse
//! breaks: signature
//! en: Your body is given the `Page` itself, not a loan of it: it may drop it half-way and go on, or keep it open for ever. The one who opens is the one who closes: `AsyncFnOnce(&Page)`.
//! ru: Ваше тело получает саму `Page`, а не взаймы: оно может уничтожить её на полпути и продолжать или не закрыть никогда. Закрывает тот, кто открыл: `AsyncFnOnce(&Page)`.

use std::panic::resume_unwind;
use tokio::task::spawn_blocking;

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
    body: impl AsyncFnOnce(Page) -> T,
) -> T {
    let address = url.to_owned();
    let fetched = spawn_blocking(move || get(address)).await;
    let text = fetched.unwrap_or_else(|error| resume_unwind(error.into_panic()));
    body(Page { url: url.to_owned(), text }).await
}
