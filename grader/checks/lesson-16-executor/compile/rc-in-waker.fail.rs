//! A waker may be called by any thread, so what is behind it can't be an `Rc`.

use lesson_16::TaskId;
use std::sync::Arc;
use std::task::{Wake, Waker};

struct Doorbell {
    tid: Shared<TaskId>,
}

type Shared<T> = std::rc::Rc<T>;

impl Wake for Doorbell {
    fn wake(self: Arc<Self>) {
        println!("{:?} is woken", self.tid);
    }
}

fn main() {
    let doorbell = Arc::new(Doorbell { tid: Shared::new(TaskId(1)) });
    Waker::from(doorbell).wake(); //~ E0277
}
