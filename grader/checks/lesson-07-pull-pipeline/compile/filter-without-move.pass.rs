//! A stage of one's own: its closure lives as long as the pipeline, so it must own what it looks at.

use lesson_07::grep;

fn long_lines(at_least: usize, lines: Vec<String>) -> impl Iterator<Item = String> {
    grep("python", lines).filter(move |line| line.len() >= at_least)
}

fn main() {
    println!("{}", long_lines(9, vec!["a python".to_owned(), "two pythons".to_owned()]).count());
}
