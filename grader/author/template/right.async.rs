//! en: TODO(author): It waits for a moment rather than for a while.
//! ru: TODO(author): Ждёт мига, а не промежутка.

use std::time::Duration;
use tokio::time::{Instant, sleep_until};

pub fn greet(name: &str, pause: Duration) -> impl Future<Output = String> {
    async move {
        sleep_until(Instant::now() + pause).await;
        ["Hello, ", name, "!"].concat()
    }
}
