//! fails: slide, early-return, on-panic, on-timeout, loop-is-free
//! breaks: get-elsewhere, sleeps
//! en: You call `get` yourself, on the thread that polls: until it returns, no other future runs, however `async` the function around it is. Hand it to a thread that may block, and await that.
//! ru: Вы вызываете `get` сами, в том потоке ОС, который опрашивает: пока она не вернётся, ни один другой фьючерс не работает, сколько бы `async` ни было вокруг. Отдайте её потоку, которому можно блокироваться, и ждите его через `await`.

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
    let text = get(url.to_owned());
    let page = Page { url: url.to_owned(), text };
    body(&page).await
}
