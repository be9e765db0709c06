//! en: No channel: a slot under a lock, in which the thread leaves the text for whoever polls, and a waker for it to call.
//! ru: Без канала: ячейка под мьютексом, в которой поток ОС оставляет текст тому, кто опрашивает, и будильник, который он вызывает.

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Poll, Waker};
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

/// What the thread and the future tell each other.
#[derive(Default)]
struct Slot {
    text: Option<thread::Result<String>>,
    waiting: Option<Waker>,
}

async fn on_a_thread(call: impl FnOnce() -> String + Send + 'static) -> String {
    let slot = Arc::new(Mutex::new(Slot::default()));
    let shared = Arc::clone(&slot);
    thread::spawn(move || {
        let text = catch_unwind(AssertUnwindSafe(call));
        let mut slot = shared.lock().unwrap_or_else(PoisonError::into_inner);
        slot.text = Some(text);
        if let Some(waker) = slot.waiting.take() {
            waker.wake();
        }
    });
    let fetched = poll_fn(|cx| {
        let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
        match slot.text.take() {
            Some(text) => Poll::Ready(text),
            None => {
                slot.waiting = Some(cx.waker().clone());
                Poll::Pending
            }
        }
    });
    fetched.await.unwrap_or_else(|panic| resume_unwind(panic))
}

pub async fn web_page<T>(
    url: &str,
    get: impl FnOnce(String) -> String + Send + 'static,
    body: impl AsyncFnOnce(&Page) -> T,
) -> T {
    let address = url.to_owned();
    let text = on_a_thread(move || get(address)).await;
    let page = Page { url: url.to_owned(), text };
    body(&page).await
}
