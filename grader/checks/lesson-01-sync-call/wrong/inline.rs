//! fails: on-a-worker, fifo, workers, drop-joins, panics, forgotten, crosses-threads
//! en: Your `submit` calls the job at once, on the caller's thread, and the `Fut` only keeps what came out. The sum is
//! right, but nothing runs beside the caller: whoever submits waits. Send the job to a worker instead, and let `result`
//! do the waiting.
//! ru: Ваш `submit` вызывает задание сразу, в потоке ОС вызвавшего, а `Fut` лишь хранит готовое. Сумма верная, но ничто не
//! идёт параллельно: кто подал задание, тот и ждёт. Отправьте задание рабочему, а ждать пусть будет `result`.

use std::fmt::Display;
use std::ops::Add;

pub struct Pool {
    _workers: usize,
}

impl Pool {
    pub fn new(workers: usize) -> Self {
        assert!(workers > 0, "no workers");
        Pool { _workers: workers }
    }

    pub fn submit<T>(&self, job: impl FnOnce() -> T) -> Fut<T> {
        Fut { value: job() }
    }
}

pub struct Fut<T> {
    value: T,
}

impl<T> Fut<T> {
    pub fn result(self) -> T {
        self.value
    }
}

pub fn func<T: Add<Output = T>>(x: T, y: T) -> T {
    x + y
}

pub fn run<T>(pool: &Pool, x: T, y: T)
where
    T: Add<Output = T> + Display + Send + 'static,
{
    let future = pool.submit(move || func(x, y));
    println!("Got: {}", future.result());
}
