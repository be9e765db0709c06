//! fails: get-panics
//! breaks: panics
//! en: A `get` that failed gives you an empty page, and the body goes on with it. Python's `await` raises what `get` raised, and the body never begins: pass the panic on with `resume_unwind`.
//! ru: Если `get` не удалась, у вас получается пустая страница, и тело работает с ней. `await` в Python поднимает то, что подняла `get`, и тело не начинается: передайте панику дальше через `resume_unwind`.

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
    body: impl AsyncFnOnce(&Page) -> T,
) -> T {
    let address = url.to_owned();
    let text = spawn_blocking(move || get(address)).await.unwrap_or_default();
    let page = Page { url: url.to_owned(), text };
    body(&page).await
}
