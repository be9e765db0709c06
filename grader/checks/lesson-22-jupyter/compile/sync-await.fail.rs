use lesson_22::{foo, run_anywhere};

fn cell() {
    foo(5).await; //~ E0728
    run_anywhere(foo(5));
}

fn main() {
    cell();
}
