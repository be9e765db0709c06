use lesson_22::{foo, run_anywhere};

fn main() {
    let numbers = foo(5);
    run_anywhere(numbers);
    run_anywhere(foo(5));
}
