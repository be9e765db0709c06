//! A page fetched by a blocking call, without blocking the loop, and closed whichever way its user leaves.

use std::panic::resume_unwind;
use tokio::task::spawn_blocking;

/// A page that is open: what a `GET` of its address returned.
///
/// When dropped, it prints `closed ` and its address.
pub struct Page {
    /// Where it came from.
    pub url: String,
    /// What was there.
    pub text: String,
}

impl Drop for Page {
    fn drop(&mut self) {
        println!("closed {}", self.url);
    }
}

/// `async with web_page(url) as page: …`. Fetches the page, lends it to the body, closes it, and returns what the
/// body returned.
///
/// `get` may block: it runs on a thread of tokio's blocking pool. It can't be stopped there: if this future is dropped
/// meanwhile, `get` runs to its end, and its text is thrown away. A panic of `get` goes on in the caller.
pub async fn web_page<T>(
    url: &str,
    get: impl FnOnce(String) -> String + Send + 'static,
    body: impl AsyncFnOnce(&Page) -> T,
) -> T {
    let address = url.to_owned();
    let fetched = spawn_blocking(move || get(address)).await;
    let text = fetched.unwrap_or_else(|error| resume_unwind(error.into_panic()));
    let page = Page { url: url.to_owned(), text };
    body(&page).await
}
