//! fails: lazy
//! breaks: lazy
//! en: Here the call of `web_page` starts `get`, as `run_in_executor` does: it returns an asyncio future of work under way. A Rust future starts nothing before it is polled: move this into the `async` block.
//! ru: Здесь `get` запускает сам вызов `web_page`, как и `run_in_executor`: та возвращает asyncio-фьючерс уже начатой работы. В Rust фьючерс до первого опроса ничего не запускает: перенесите это в блок `async`.

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

pub fn web_page<T>(
    url: &str,
    get: impl FnOnce(String) -> String + Send + 'static,
    body: impl AsyncFnOnce(&Page) -> T,
) -> impl Future<Output = T> {
    let address = url.to_owned();
    let fetching = spawn_blocking(move || get(address));
    async move {
        let text = fetching.await.unwrap_or_else(|error| resume_unwind(error.into_panic()));
        let page = Page { url: url.to_owned(), text };
        body(&page).await
    }
}
