use lesson_22::run_anywhere;
use std::rc::Rc;

fn main() {
    let _five: Rc<u32> = run_anywhere(async { Rc::new(5) }); //~ E0277
}
