//! Observes lesson @NN@: TODO(author): what, in a sentence. On a clock that moves only while everyone waits.

use lesson_@NN@::greet;
use probe::{Inputs, check, mark, on_paused_clock};
use std::time::Duration;
use tokio::time::Instant;

/// The slide's own case, and the time that it took.
#[check]
fn slide(_: &mut Inputs) {
    on_paused_clock!(async {
        mark!("greet(\"world\", 1s).await");
        let start = Instant::now();
        let got: ::std::string::String = greet("world", Duration::from_secs(1)).await;
        mark!("returned {got:?} after {:?}", start.elapsed());
    });
}

/// Names and pauses that nobody could know by heart.
#[check]
fn any_name(inputs: &mut Inputs) {
    on_paused_clock!(async {
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
