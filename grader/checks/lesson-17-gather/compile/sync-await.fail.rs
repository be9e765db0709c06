use lesson_17::{count, gather};
use std::time::Duration;

fn slide() {
    gather([count(Duration::from_secs(1))]).await; //~ E0728
}

fn main() {
    let _future = slide();
}
