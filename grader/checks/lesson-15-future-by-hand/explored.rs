//! Explores lesson 15: an alarm that rings on another thread while the future is polled.

use interleave::{Tally, promise};
use lesson_15::{Clock, delay};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;
use std::time::Duration;

type Callback = Box<dyn FnOnce() + Send>;

/// A clock that is set by hand.
#[derive(Clone, Default)]
struct HandClock(Arc<Mutex<(Duration, Vec<(Duration, Callback)>)>>);

impl HandClock {
    fn at_least(&self, time: Duration) {
        let due: Vec<Callback> = {
            let mut inner = self.0.lock().expect("nobody panics with it");
            inner.0 = inner.0.max(time);
            let now = inner.0;
            let (due, left): (Vec<_>, _) = std::mem::take(&mut inner.1).into_iter().partition(|(at, _)| *at <= now);
            inner.1 = left;
            due.into_iter().map(|(_, callback)| callback).collect()
        };
        due.into_iter().for_each(|callback| callback());
    }
}

impl Clock for HandClock {
    fn now(&self) -> Duration {
        self.0.lock().expect("nobody panics with it").0
    }

    fn call_at(&self, when: Duration, callback: Callback) {
        let mut inner = self.0.lock().expect("nobody panics with it");
        if when <= inner.0 {
            drop(inner);
            callback();
        } else {
            inner.1.push((when, callback));
        }
    }
}

#[derive(Default)]
struct Counts(Tally);

impl Wake for Counts {
    fn wake(self: Arc<Self>) {
        self.0.add();
    }
}

fn counting() -> (Waker, Tally) {
    let counts = Arc::new(Counts::default());
    let tally = counts.0.clone();
    (counts.into(), tally)
}

fn poll<F: Future>(future: Pin<&mut F>, waker: &Waker) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(waker))
}

/// The alarm rings while another waker takes the first one's place: the new one is called, or the poll is ready.
fn alarm_in_between() {
    let clock = HandClock::default();
    let mut future = Box::pin(delay(&clock, Duration::from_secs(1)));
    let ((first, first_calls), (second, second_calls)) = (counting(), counting());
    promise(
        poll(future.as_mut(), &first).is_pending(),
        "the time has not come at the first poll | при первом опросе время ещё не пришло",
    );
    let rings = {
        let clock = clock.clone();
        thread::spawn(move || clock.at_least(Duration::from_secs(1)))
    };
    let polled = poll(future.as_mut(), &second);
    promise(rings.join().is_ok(), "the callback does not panic | колбэк не паникует");
    let calls = [first_calls.get(), second_calls.get()];
    if polled.is_pending() {
        promise(
            calls == [0, 1],
            format_args!(
                "the waker of the last poll is called once, not {calls:?} | будильник последнего опроса включают один раз, а не {calls:?}"
            ),
        );
        promise(
            poll(future.as_mut(), &second).is_ready(),
            "after the alarm a poll is ready | после сигнала опрос готов",
        );
    } else {
        promise(
            calls[0] + calls[1] <= 1,
            format_args!(
                "one alarm calls one waker once, not {calls:?} | один сигнал включает один будильник, а не {calls:?}"
            ),
        );
    }
}

probe::explored!(alarm_in_between);
