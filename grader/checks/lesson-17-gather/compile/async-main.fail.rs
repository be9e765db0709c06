use lesson_17::{count, gather};
use std::time::Duration;

#[rustfmt::skip] // or the mark below would move to a line of its own
async fn main() { //~ E0752
    gather([count(Duration::from_secs(1))]).await;
}
