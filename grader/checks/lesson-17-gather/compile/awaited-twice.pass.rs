use lesson_17::{count, gather};
use std::time::Duration;

async fn slide() {
    let counted = count(Duration::from_secs(1));
    gather([counted]).await;
}

fn main() {
    let _future = slide();
}
