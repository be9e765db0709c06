//! Observes lesson @NN@: TODO(author): what, in a sentence. On a clock that moves only while everyone waits.

use lesson_@NN@::greet;
use probe::{Inputs, check, mark};
use std::time::Duration;
use tokio::time::{Instant, timeout};

/// Runs the body under a paused clock, which jumps to the next timer when nothing can run. What nobody wakes is given up
/// when an hour has gone by on that clock.
fn on_paused_clock(body: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    runtime.expect("a runtime needs nothing that could be missing").block_on(async {
        if timeout(Duration::from_secs(3600), body).await.is_err() {
            mark!("an hour has gone by, and it is still waiting");
        }
    });
}

/// The slide's own case, and the time that it took.
#[check]
fn slide(_: &mut Inputs) {
    on_paused_clock(async {
        mark!("greet(\"world\", 1s).await");
        let start = Instant::now();
        let got: ::std::string::String = greet("world", Duration::from_secs(1)).await;
        mark!("returned {got:?} after {:?}", start.elapsed());
    });
}

/// Names and pauses that nobody could know by heart.
#[check]
fn any_name(inputs: &mut Inputs) {
    on_paused_clock(async {
        for _ in 0..3 {
            let (name, pause) = (inputs.word(), Duration::from_millis(inputs.number(10..=99)));
            mark!("greet({name:?}, {pause:?}).await");
            let start = Instant::now();
            let got: ::std::string::String = greet(&name, pause).await;
            mark!("returned {got:?} after {:?}", start.elapsed());
        }
    });
}

probe::main!(slide, any_name);
