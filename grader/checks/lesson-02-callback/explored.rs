//! Explores lesson 02: a job ends just while its callback is left, or while its result is asked for.

use interleave::{Tally, others_alive, promise};
use lesson_02::Pool;

/// Called once, with the result, however the two meet.
fn no_lost_callback() {
    let calls = Tally::new();
    let pool = Pool::new(1);
    let count = calls.clone();
    pool.submit(|| 7).add_done_callback(move |it| {
        promise(it == 7, "the callback is given the result | колбэк получает результат");
        count.add();
    });
    drop(pool);
    promise(
        calls.get() == 1,
        format_args!("the callback is called once, not {calls:?} times | колбэк вызывается один раз, а не {calls:?}"),
    );
    promise(
        others_alive() == 0,
        "after the drop no thread of the pool is left | после drop не осталось ни одного потока пула",
    );
}

/// `result` gets what the job returned, whoever is first.
fn no_lost_result() {
    let pool = Pool::new(1);
    let fut = pool.submit(|| 7);
    promise(fut.result() == 7, "`result` gives what the job returned | `result` отдаёт то, что вернуло задание");
}

probe::explored!(no_lost_callback, no_lost_result);
