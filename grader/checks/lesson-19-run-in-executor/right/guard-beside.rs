//! en: A page without a `Drop`, and a guard beside it that closes it.
//! ru: Страница без `Drop`, а рядом страж, который её закрывает.

use std::panic::resume_unwind;
use tokio::runtime::Handle;

pub struct Page {
    pub url: String,
    pub text: String,
}

struct Closing<'a>(&'a Page);

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        println!("closed {}", self.0.url);
    }
}

pub async fn web_page<T>(
    url: &str,
    get: impl FnOnce(String) -> String + Send + 'static,
    body: impl AsyncFnOnce(&Page) -> T,
) -> T {
    let address = url.to_owned();
    let page = match Handle::current().spawn_blocking(move || get(address)).await {
        Ok(text) => Page { url: url.to_owned(), text },
        Err(error) => resume_unwind(error.into_panic()),
    };
    let closing = Closing(&page);
    body(closing.0).await
}
