use futures::executor::block_on;
use futures::stream::StreamExt;
use lesson_20::rng;

#[rustfmt::skip] // or the mark below would move to a line of its own
async fn slide() {
    let mut numbers = rng(5).boxed_local();
    for i in numbers { //~ E0277
        println!("{i}");
    }
}

fn main() {
    block_on(slide());
}
