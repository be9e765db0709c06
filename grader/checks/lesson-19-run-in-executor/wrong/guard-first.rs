//! fails: given-up, get-panics
//! breaks: given-up
//! en: Your guard is made before the page is there, so it closes what was never open: when `get` panics, and when the caller gives up meanwhile. In Python the `try` begins after the `await`: make the guard there.
//! ru: Ваш страж создан раньше, чем появилась страница, и закрывает то, что не было открыто: когда `get` паникует и когда вызывающий код тем временем ушёл. В Python `try` начинается после `await`: там и создавайте стража.

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
    let _closing = Closing(url);
    let address = url.to_owned();
    let fetched = spawn_blocking(move || get(address)).await;
    let text = fetched.unwrap_or_else(|error| resume_unwind(error.into_panic()));
    let page = Page { url: url.to_owned(), text };
    body(&page).await
}
