//! TODO(author): the idea, in a sentence.

use std::time::Duration;
use tokio::time::sleep;

/// The greeting of somebody called `name`, `Hello, world!`, once `pause` has gone by on tokio's clock.
pub async fn greet(name: &str, pause: Duration) -> String {
    sleep(pause).await;
    format!("Hello, {name}!")
}
