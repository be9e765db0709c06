use lesson_22::{foo, run_anywhere};

fn main() {
    run_anywhere(foo(5));
}
