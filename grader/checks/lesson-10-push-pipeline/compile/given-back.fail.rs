//! A target is lent for as long as the broadcast is used, and is its owner's again afterwards.

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
    let mut both = broadcast(vec![&mut count, &mut printer]);
    let _ = both.send("python\n".to_owned());
    println!("{}", count.0); //~ E0502
    let _ = both.send("python\n".to_owned());
}
