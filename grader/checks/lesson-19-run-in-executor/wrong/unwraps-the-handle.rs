//! fails: get-panics
//! breaks: panics
//! en: `unwrap` on the handle panics with a message about the `JoinError`, and what `get` said is buried in it. To let the same panic go on: `resume_unwind(error.into_panic())`.
//! ru: `unwrap` паникует с сообщением о `JoinError`, и слова самой `get` похоронены внутри. Чтобы дальше пошла та же паника: `resume_unwind(error.into_panic())`.

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
    let text = spawn_blocking(move || get(address)).await.unwrap();
    let page = Page { url: url.to_owned(), text };
    body(&page).await
}
