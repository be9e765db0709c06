//! A generator moves on when it is asked, so whoever asks must be allowed to change it.

use lesson_03::countdown;

fn main() {
    let g = countdown(3);
    println!("{:?}", g.next()); //~ E0596
}
