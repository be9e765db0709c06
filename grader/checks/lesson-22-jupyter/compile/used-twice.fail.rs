use lesson_22::{foo, run_anywhere};

fn main() {
    let numbers = foo(5);
    run_anywhere(numbers);
    run_anywhere(numbers); //~ E0382
}
