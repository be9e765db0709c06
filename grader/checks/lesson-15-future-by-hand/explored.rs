//! Explores lesson 15: alarms that ring on other threads, while the future is polled or dropped.

use interleave::{Tally, promise};
use lesson_15::{Clock, delay, join2};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, JoinHandle, Thread};
use std::time::Duration;

type Callback = Box<dyn FnOnce() + Send>;

const SECOND: Duration = Duration::from_secs(1);

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

    /// The time comes on another thread.
    fn at_least_elsewhere(&self, time: Duration) -> JoinHandle<()> {
        let clock = self.clone();
        thread::spawn(move || clock.at_least(time))
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

/// A clock on which a time comes as soon as it is asked for, on a thread of its own.
#[derive(Default)]
struct SoonClock {
    clock: HandClock,
    rings: Mutex<Vec<JoinHandle<()>>>,
}

impl SoonClock {
    /// Waits until all callbacks are over.
    fn all_over(&self) {
        for rings in std::mem::take(&mut *self.rings.lock().expect("nobody panics with it")) {
            over(rings);
        }
    }
}

impl Clock for SoonClock {
    fn now(&self) -> Duration {
        self.clock.now()
    }

    fn call_at(&self, when: Duration, callback: Callback) {
        self.clock.call_at(when, callback);
        let rings = self.clock.at_least_elsewhere(when);
        self.rings.lock().expect("nobody panics with it").push(rings);
    }
}

fn over(rings: JoinHandle<()>) {
    promise(rings.join().is_ok(), "the callback does not panic | колбэк не паникует");
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
    let mut future = Box::pin(delay(&clock, SECOND));
    let ((first, first_calls), (second, second_calls)) = (counting(), counting());
    promise(
        poll(future.as_mut(), &first).is_pending(),
        "the time has not come at the first poll | при первом опросе время ещё не пришло",
    );
    let rings = clock.at_least_elsewhere(SECOND);
    let polled = poll(future.as_mut(), &second);
    over(rings);
    let calls = [first_calls.get(), second_calls.get()];
    if polled.is_pending() {
        promise(
            calls == [0, 1],
            format_args!(
                "the waker of the last poll is called once, not {calls:?} | будильник последнего опроса срабатывает один раз, а не {calls:?}"
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
                "one alarm calls one waker once, not {calls:?} | один сигнал вызывает один будильник, а не {calls:?}"
            ),
        );
    }
}

/// The alarm rings as soon as the first poll has asked for it.
fn alarm_at_once() {
    let clock = SoonClock::default();
    let mut future = Box::pin(delay(&clock, SECOND));
    let (waker, calls) = counting();
    let polled = poll(future.as_mut(), &waker);
    clock.all_over();
    let calls = calls.get();
    if polled.is_pending() {
        promise(
            calls == 1,
            format_args!(
                "the waker of the first poll is called once, not {calls} times | будильник первого опроса срабатывает один раз, а не {calls}"
            ),
        );
        promise(
            poll(future.as_mut(), &waker).is_ready(),
            "after the alarm a poll is ready | после сигнала опрос готов",
        );
    } else {
        promise(
            calls <= 1,
            format_args!(
                "one alarm calls one waker once, not {calls} times | один сигнал вызывает один будильник, а не {calls}"
            ),
        );
    }
}

/// An executor of one task: it polls when it was woken, and sleeps until then.
struct Unparks(Thread, Mutex<bool>);

impl Wake for Unparks {
    fn wake(self: Arc<Self>) {
        *self.1.lock().expect("nobody panics with it") = true;
        self.0.unpark();
    }
}

fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = Box::pin(future);
    let unparks = Arc::new(Unparks(thread::current(), Mutex::default()));
    let waker = Waker::from(Arc::clone(&unparks));
    loop {
        if let Poll::Ready(output) = poll(future.as_mut(), &waker) {
            return output;
        }
        while !std::mem::take(&mut *unparks.1.lock().expect("nobody panics with it")) {
            thread::park();
        }
    }
}

/// Two delays of one task, whose alarms ring on two threads: the task is woken until both are ready.
fn two_alarms() {
    let clock = SoonClock::default();
    block_on(join2(delay(&clock, SECOND), delay(&clock, 2 * SECOND)));
    clock.all_over();
}

/// The alarm rings while its delay is dropped.
fn alarm_for_nobody() {
    let clock = HandClock::default();
    let mut future = Box::pin(delay(&clock, SECOND));
    let (waker, calls) = counting();
    promise(
        poll(future.as_mut(), &waker).is_pending(),
        "the time has not come at the first poll | при первом опросе время ещё не пришло",
    );
    let rings = clock.at_least_elsewhere(SECOND);
    drop(future);
    over(rings);
    let calls = calls.get();
    promise(
        calls <= 1,
        format_args!(
            "one alarm calls one waker once, not {calls} times | один сигнал вызывает один будильник, а не {calls}"
        ),
    );
}

probe::explored!(alarm_in_between, alarm_at_once, two_alarms, alarm_for_nobody);
