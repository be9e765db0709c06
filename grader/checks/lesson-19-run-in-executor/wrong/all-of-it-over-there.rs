//! fails: slide, early-return, on-panic, on-timeout, asleep, given-up
//! breaks: body-here, given-up
//! en: The body has moved to the blocking thread along with `get`. It then must be `Send + 'static`, so it can't borrow from its caller, and a timeout does not stop it: a closure on a thread can't be dropped half-way. Only `get` blocks, so only `get` goes there.
//! ru: Вместе с `get` в блокирующий поток ОС переехало и тело. Теперь от него требуется `Send + 'static`, то есть заимствовать у вызывающего кода оно не может, а таймаут его не остановит: замыкание в потоке ОС нельзя уничтожить на полпути. Блокирует только `get`, пусть только она и уходит.

use std::panic::resume_unwind;
use tokio::runtime::Handle;
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

pub async fn web_page<T: Send + 'static>(
    url: &str,
    get: impl FnOnce(String) -> String + Send + 'static,
    body: impl AsyncFnOnce(&Page) -> T + Send + 'static,
) -> T {
    let url = url.to_owned();
    let handle = Handle::current();
    let finished = spawn_blocking(move || {
        let text = get(url.clone());
        let page = Page { url, text };
        handle.block_on(body(&page))
    });
    finished.await.unwrap_or_else(|error| resume_unwind(error.into_panic()))
}
