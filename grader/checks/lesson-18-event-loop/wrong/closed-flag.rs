//! fails: misuse
//! breaks: signatures
//! en: Your `close` borrows the loop, so a closed one can still be called, and that is found out at run time, as in Python. Take `self` by value: then there is no loop left to misuse.
//! ru: Ваш `close` заимствует цикл, поэтому закрытый можно вызвать снова, и выяснится это во время выполнения, как в Python. Возьмите `self` по значению: тогда и вызывать будет нечего.

use futures::future::join_all;
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};

pub struct EventLoop {
    runtime: RefCell<Option<Rc<Runtime>>>,
}

impl EventLoop {
    pub fn new() -> Self {
        let runtime = Builder::new_current_thread().enable_time().build().unwrap();
        EventLoop { runtime: RefCell::new(Some(Rc::new(runtime))) }
    }

    fn runtime(&self) -> Rc<Runtime> {
        self.runtime.borrow().clone().expect("Event loop is closed")
    }

    pub fn create_task(&self, future: impl Future<Output = ()> + Send + 'static) {
        self.runtime().spawn(future);
    }

    pub fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        self.runtime().block_on(future)
    }

    pub fn close(&self) {
        self.runtime.take();
    }
}

pub async fn count(pause: Duration) {
    println!("One");
    tokio::time::sleep(pause).await;
    println!("Two");
}

pub async fn gather<F: Future>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    join_all(futures).await
}
