//! Futures that wait until a check lets them go on, and tasks that are polled without a runtime.

use probe::mark;
use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

/// A task without a runtime, which is to be polled when it was woken.
#[derive(Default)]
pub struct Task {
    pub woken: AtomicBool,
}

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        self.woken.store(true, Relaxed);
    }
}

impl Task {
    /// Polls once, woken or not.
    pub fn poll<T>(self: &Arc<Self>, gathered: Pin<&mut impl Future<Output = T>>) -> Poll<T> {
        self.woken.store(false, Relaxed);
        gathered.poll(&mut Context::from_waker(&Waker::from(Arc::clone(self))))
    }

    /// Polls as long as it is woken, which is at most twice when nobody has opened a gate; `None` if that does not end.
    pub fn settle<T>(self: &Arc<Self>, mut gathered: Pin<&mut impl Future<Output = T>>) -> Option<Poll<T>> {
        for _ in 0..2 {
            if !self.woken.load(Relaxed) {
                return Some(Poll::Pending);
            }
            if let Poll::Ready(got) = self.poll(gathered.as_mut()) {
                return Some(Poll::Ready(got));
            }
        }
        if self.woken.load(Relaxed) {
            mark!("polled twice, and woken again, though all are waiting: by whom?");
            return None;
        }
        Some(Poll::Pending)
    }
}

/// Something to wait for, opened by hand.
#[derive(Clone)]
pub struct Gate {
    pub name: char,
    /// Whether its passage calls its waker in its first poll.
    pub wakes_itself: bool,
    pub state: Arc<Mutex<GateState>>,
}

#[derive(Default)]
pub struct GateState {
    pub is_open: bool,
    /// Of the newest poll.
    pub waker: Option<Waker>,
}

impl Gate {
    pub fn closed(name: char) -> Self {
        Gate { name, wakes_itself: false, state: Arc::default() }
    }

    pub fn open(&self) {
        self.state.lock().expect("nobody panics with it").is_open = true;
        self.wake();
    }

    /// Calls the newest waker, without holding anything: it may poll the passage.
    pub fn wake(&self) {
        let waker = self.state.lock().expect("nobody panics with it").waker.clone();
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    pub fn passage(&self) -> Passage {
        Passage { gate: self.clone(), wakes_itself: self.wakes_itself, is_over: false }
    }
}

/// A future that is ready when its gate is open, and tells of it.
pub struct Passage {
    pub gate: Gate,
    pub wakes_itself: bool,
    pub is_over: bool,
}

impl Future for Passage {
    type Output = char;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<char> {
        let name = self.gate.name;
        if self.is_over {
            mark!("{name} is polled again, though it was ready before");
            return Poll::Ready(name);
        }
        let mut state = self.gate.state.lock().expect("nobody panics with it");
        state.waker = Some(cx.waker().clone());
        let is_open = state.is_open;
        drop(state);
        if is_open {
            mark!("{name} is ready");
            self.is_over = true;
            return Poll::Ready(name);
        }
        if std::mem::take(&mut self.wakes_itself) {
            cx.waker().wake_by_ref();
        }
        Poll::Pending
    }
}

/// Futures that wait for one gate, and notice who is polled out of turn.
#[derive(Default)]
pub struct Crowd {
    pub begun: Cell<usize>,
    pub waiting: RefCell<Vec<(usize, Waker)>>,
    /// Who may pass: everybody with these remainders of two.
    pub may_pass: Cell<[bool; 2]>,
    pub has_complained: Cell<bool>,
}

impl Crowd {
    pub fn open(&self, to: impl Fn(usize) -> bool) {
        let [even, odd] = self.may_pass.get();
        self.may_pass.set([even || to(0), odd || to(1)]);
        let (woken, rest) = self.waiting.take().into_iter().partition(|(number, _)| to(*number));
        self.waiting.replace(rest);
        let woken: Vec<(usize, Waker)> = woken;
        woken.into_iter().for_each(|(_, waker)| waker.wake());
    }

    pub fn complain(&self, words: std::fmt::Arguments<'_>) {
        if !self.has_complained.replace(true) {
            mark!("{words}");
        }
    }
}

pub struct Member<'a> {
    pub number: usize,
    pub of: &'a Crowd,
    pub is_over: bool,
}

impl Future for Member<'_> {
    type Output = usize;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<usize> {
        let crowd = self.of;
        let begun = crowd.begun.get();
        if self.is_over {
            crowd.complain(format_args!("number {} is polled again, though it was ready", self.number));
        }
        if self.number > begun {
            crowd.complain(format_args!("number {} is polled before number {begun} is", self.number));
        }
        crowd.begun.set(begun.max(self.number + 1));
        if crowd.may_pass.get()[self.number % 2] {
            self.is_over = true;
            return Poll::Ready(self.number);
        }
        crowd.waiting.borrow_mut().push((self.number, cx.waker().clone()));
        Poll::Pending
    }
}
