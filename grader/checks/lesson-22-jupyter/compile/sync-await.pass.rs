use lesson_22::{foo, run_anywhere};

fn cell() {
    run_anywhere(foo(5));
    run_anywhere(foo(5));
}

fn main() {
    cell();
}
