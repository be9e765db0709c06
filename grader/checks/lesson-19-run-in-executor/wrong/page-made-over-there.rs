//! fails: given-up
//! breaks: given-up
//! en: You make the `Page` on the blocking thread. If the caller gives up meanwhile, `get` still runs to its end, and the page that nobody opened is dropped there and says `closed`. Let only the text cross over, and make the page where it is used.
//! ru: Вы создаёте `Page` в блокирующем потоке ОС. Если вызывающий код тем временем ушёл, `get` всё равно дойдёт до конца, а страница, которую никто не открывал, будет уничтожена там и напишет `closed`. Пусть через границу идёт только текст, а страницу создавайте там, где ею пользуются.

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
    body: impl AsyncFnOnce(&Page) -> T,
) -> T {
    let url = url.to_owned();
    let fetched = spawn_blocking(move || Page { text: get(url.clone()), url }).await;
    let page = fetched.unwrap_or_else(|error| resume_unwind(error.into_panic()));
    body(&page).await
}
