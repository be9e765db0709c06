//! en: A thread for each page, a channel of the standard library, and an `AtomicWaker`: the thread sends the text, then wakes.
//! ru: Поток ОС на каждую страницу, канал стандартной библиотеки и `AtomicWaker`: поток посылает текст, потом будит.

use futures::task::AtomicWaker;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, mpsc};
use std::task::Poll;
use std::thread;

pub struct Page {
    pub url: String,
    pub text: String,
}

struct Closing(Page);

impl Drop for Closing {
    fn drop(&mut self) {
        println!("closed {}", self.0.url);
    }
}

pub fn web_page<T>(
    url: &str,
    get: impl FnOnce(String) -> String + Send + 'static,
    body: impl AsyncFnOnce(&Page) -> T,
) -> impl Future<Output = T> {
    let url = url.to_owned();
    async move {
        let (address, bell) = (url.clone(), Arc::new(AtomicWaker::new()));
        let (sender, texts) = mpsc::channel();
        let woken = Arc::clone(&bell);
        thread::Builder::new()
            .name("get".to_owned())
            .spawn(move || {
                let _ = sender.send(catch_unwind(AssertUnwindSafe(|| get(address))));
                woken.wake();
            })
            .expect("the system has a thread to spare");
        let fetched = poll_fn(|cx| {
            bell.register(cx.waker());
            texts.try_recv().map_or(Poll::Pending, Poll::Ready)
        });
        let text = match fetched.await {
            Ok(text) => text,
            Err(panic) => resume_unwind(panic),
        };
        let page = Closing(Page { url, text });
        body(&page.0).await
    }
}
