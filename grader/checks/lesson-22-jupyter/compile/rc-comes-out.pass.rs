use lesson_22::run_anywhere;
use std::sync::Arc;

fn main() {
    let _five: Arc<u32> = run_anywhere(async { Arc::new(5) });
}
