//! A future keeps the futures that it awaits inside of itself; one that keeps its like needs a box in between.

use lesson_15::yield_now;

#[rustfmt::skip] // or the mark below would move to a line of its own
async fn countdown(n: u32) { //~ E0733
    if n > 0 {
        yield_now().await;
        countdown(n - 1).await;
    }
}

fn main() {
    let _future = countdown(3);
}
