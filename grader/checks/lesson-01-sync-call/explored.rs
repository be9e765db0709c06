//! Explores lesson 01: a result is asked for just while its job ends, and the pool is dropped just while it works.

use interleave::{Tally, others_alive, promise};
use lesson_01::Pool;

/// `result` gets what the job returned, whoever is first; and `drop` waits for the other job, and for the threads.
fn no_lost_result() {
    let runs = Tally::new();
    let pool = Pool::new(2);
    let count = runs.clone();
    drop(pool.submit(move || count.add()));
    let receipt = pool.submit(|| 7);
    promise(receipt.result() == 7, "`result` gives what the job returned | `result` отдаёт то, что вернуло задание");
    drop(pool);
    promise(
        runs.get() == 1,
        format_args!(
            "after the drop each job has run once, not {runs:?} times | после drop задание выполнено один раз, а не {runs:?}"
        ),
    );
    promise(
        others_alive() == 0,
        "after the drop no thread of the pool is left | после drop не осталось ни одного потока пула",
    );
}

probe::explored!(no_lost_result);
