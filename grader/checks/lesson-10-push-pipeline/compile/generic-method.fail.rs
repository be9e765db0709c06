//! A method with a type parameter is many functions, one for each type; a `dyn` points to a fixed number of them.

use lesson_10::{Sink, broadcast};
use std::ops::ControlFlow;

trait Journal: Sink<String> {
    fn note<T: ToString>(&mut self, item: T);
}

struct Lines(Vec<String>);

impl Sink<String> for Lines {
    fn send(&mut self, line: String) -> ControlFlow<()> {
        self.0.push(line);
        ControlFlow::Continue(())
    }
}

impl Journal for Lines {
    fn note<T: ToString>(&mut self, item: T) {
        self.0.push(item.to_string());
    }
}

fn main() {
    let mut lines = Lines(Vec::new());
    lines.note(1991);
    let journal: &mut dyn Journal = &mut lines; //~ E0038
    let _ = broadcast(vec![journal]).send("python\n".to_owned());
}
