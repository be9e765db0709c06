//! Lesson 19: a blocking call, kept off the loop's thread, and a page that is closed whichever way it is left.
//!
//! You write `web_page`, the slide's asynchronous context manager. `src/main.rs` fetches a page over HTTP with it.

#![allow(unused_variables)] // for the stubs only: take this line out when you are done

/// A page that is open: what a `GET` of its address returned.
pub struct Page {
    /// Where it came from.
    pub url: String,
    /// What was there.
    pub text: String,
}

// TODO: print `closed ` and the address when a `Page` is dropped.

/// `async with web_page(url) as page: …`. Fetches the page, lends it to the body, closes it, and returns what the
/// body returned.
///
/// `get` blocks, so it must not run on the thread of the caller, which has other futures to poll.
/// A panic of `get` goes on in the caller, as it was.
// TODO: let a thread that may block call `get`, and await the text. Which types can cross over to it?
pub async fn web_page<T>(
    url: &str,
    get: impl FnOnce(String) -> String + Send + 'static,
    body: impl AsyncFnOnce(&Page) -> T,
) -> T {
    todo!()
}
