//! fails: slide, lazy, early-return, on-panic, on-timeout, side-by-side
//! breaks: closed-when
//! en: `let _ = …` keeps nothing: the guard dies at the semicolon, and the page is closed before the body begins. Give it a name, if only `_closing`.
//! ru: `let _ = …` ничего не хранит: страж гибнет на точке с запятой, и страница закрыта ещё до начала тела. Дайте ему имя, хотя бы `_closing`.

use std::panic::resume_unwind;
use tokio::task::spawn_blocking;

pub struct Page {
    pub url: String,
    pub text: String,
}

struct Closing<'a>(&'a str);

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        println!("closed {}", self.0);
    }
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
    let _ = Closing(url);
    body(&page).await
}
