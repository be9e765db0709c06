//! Each target is lent to one place only: two `&mut` to one value would let two stages change it at once.

use lesson_10::{Sink, broadcast, printer};
use std::ops::ControlFlow;

struct Count(usize);

impl Sink<String> for Count {
    fn send(&mut self, _: String) -> ControlFlow<()> {
        self.0 += 1;
        ControlFlow::Continue(())
    }
}

fn main() {
    let (mut count, mut printer) = (Count(0), printer());
    let _ = printer.send("two targets:\n".to_owned());
    let mut both = broadcast(vec![&mut count, &mut count]); //~ E0499
    let _ = both.send("python\n".to_owned());
}
