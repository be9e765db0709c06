//! To count down twice, call twice: a generator that is under way can't be copied.

use lesson_03::countdown;

fn main() {
    let g = countdown(3);
    let again = countdown(3);
    println!("{}", g.chain(again).count());
}
