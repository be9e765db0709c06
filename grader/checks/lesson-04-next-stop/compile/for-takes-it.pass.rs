//! `for` takes the generator it runs over, as any function would that asks for the value itself; `by_ref` lends it.

use lesson_04::countdown;

fn main() {
    let mut g = countdown(5);
    println!("{:?}", g.next());
    for i in g.by_ref() {
        println!("{i}");
        break;
    }
    println!("{} more", g.count());
}
