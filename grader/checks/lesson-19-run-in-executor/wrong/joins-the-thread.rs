//! fails: loop-is-free
//! breaks: sleeps
//! en: The call is on a thread of its own, and then `join` stops the loop's thread until it is over: two threads, and one of them waits. Wait with an `await`: `spawn_blocking` returns something to await, `thread::spawn` does not.
//! ru: Вызов ушёл в собственный поток ОС, а потом `join` останавливает поток цикла до его конца: потоков два, и один из них ждёт. Ждать надо через `await`: `spawn_blocking` возвращает то, чего можно так ждать, а `thread::spawn` — нет.

use std::panic::resume_unwind;
use std::thread;

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
    let text = thread::spawn(move || get(address)).join().unwrap_or_else(|panic| resume_unwind(panic));
    let page = Page { url: url.to_owned(), text };
    body(&page).await
}
