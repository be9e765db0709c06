//! What `grep` returns borrows from the lines that it was given, and not from the pattern.

use lesson_07::grep;

fn main() {
    let found;
    {
        let pattern = String::from("python");
        let lines = ["one python".to_owned(), "two snakes".to_owned()];
        found = grep(&pattern, lines);
    }
    println!("{}", found.count());
}
