//! fails: on-timeout
//! breaks: closed
//! en: You catch the body's panic, close the page, and let the panic go on: as `except` would. That covers a panic and nothing else: a cancelled future is dropped, no code after its `await` runs. One `Drop` covers all of it.
//! ru: Вы ловите панику тела, закрываете страницу и отпускаете панику дальше, как это сделал бы `except`. Так учтена только паника: отменённый фьючерс уничтожают, и код после его `await` не выполняется. Один `Drop` учитывает всё.

use futures::FutureExt;
use std::panic::{AssertUnwindSafe, resume_unwind};
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
    let got = AssertUnwindSafe(body(&page)).catch_unwind().await;
    println!("closed {url}");
    got.unwrap_or_else(|panic| resume_unwind(panic))
}
