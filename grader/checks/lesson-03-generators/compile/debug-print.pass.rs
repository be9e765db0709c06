//! `impl Iterator` shows nothing of the type behind it: the numbers can be printed, the generator can't.

use lesson_03::countdown;

fn main() {
    let g = lesson_03::render(countdown(3));
    println!("{g:?}");
}
