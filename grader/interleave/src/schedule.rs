//! One schedule, as its threads and the explorer call it.
//!
//! A thread comes here before each step that others can notice ([`arrive`]), says what it waits for, and returns when it
//! is its turn and the wait is over. What it then does, up to its next arrival, nobody can interrupt. All state is
//! touched only by the thread that has the baton, or by the explorer while nobody has it.

mod turns;

use crate::baton;
use crate::choice::MOST_THREADS;
use crate::frontier::Plan;
use crate::record::{self, Op, Spot, Taken, Value};
use crate::thread::Inner;
use crate::wire::{Place, What};
use std::cell::UnsafeCell;
use std::fmt;
use std::panic::Location;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;
use turns::{Member, State};

pub(crate) use turns::Schedule;

/// Why a program can't be explored that is not to be led along a schedule.
pub(crate) const DIVERGED: &str = "the program does not do the same again when it is run again";

/// How a schedule came to its end.
pub(crate) enum End {
    Over,
    Broken(What),
    NotExplored(String),
    /// Something was asked that is only seen with more steps: see [`Schedule::fine`].
    Finer,
}

/// What a thread waits for.
pub(crate) struct Wish<'a> {
    /// Whether it may go on. Asked by whoever has the baton; must not come back to this module.
    pub ready: &'a dyn Fn() -> bool,
    /// When it goes on at the latest, and whether that may be: asked only while it is not ready.
    pub timeout: Option<(Duration, &'a dyn Fn() -> bool)>,
    /// It would rather have others go.
    pub yields: bool,
    /// It waits until nobody else can go on.
    pub idle: bool,
}

impl Wish<'_> {
    pub(crate) const NOTHING: Wish<'static> = Wish { ready: &|| true, timeout: None, yields: false, idle: false };
}

struct Shared(UnsafeCell<Option<Schedule>>);
// SAFETY: the baton says whose it is.
unsafe impl Sync for Shared {}

static SHARED: Shared = Shared(UnsafeCell::new(None));
static EPOCH: AtomicU32 = AtomicU32::new(1);
static IS_OVER: AtomicBool = AtomicBool::new(true);
static STRANGER: AtomicBool = AtomicBool::new(false);

/// The number of the schedule that runs, over all of the process.
pub(crate) fn epoch() -> u32 {
    EPOCH.load(Ordering::Relaxed)
}

/// Does something with the schedule, on a thread of it; elsewhere nothing.
pub(crate) fn with<R>(f: impl FnOnce(&mut Schedule) -> R) -> Option<R> {
    if baton::number().is_none() {
        if !IS_OVER.load(Ordering::Relaxed) {
            STRANGER.store(true, Ordering::Relaxed);
        }
        return None;
    }
    // SAFETY: this thread has the baton, and no `f` in this crate comes back here.
    unsafe { (*SHARED.0.get()).as_mut().map(f) }
}

/// Waits before a step until it is this thread's turn. Returns whether the wait ended by its timeout.
pub(crate) fn arrive(op: Op, wish: Wish<'_>) -> bool {
    let Some(me) = baton::number() else {
        with(|_| ());
        assert!((wish.ready)(), "`{}` would wait for ever: no thread is explored here", op.what);
        return false;
    };
    let next = with(|schedule| schedule.arrive(me, op, &wish)).expect("a thread's schedule outlives it");
    go_on_with(me, next);
    with(|schedule| schedule.resumed(me, op)).expect("a thread's schedule outlives it")
}

/// Before a step that never waits.
pub(crate) fn point(op: Op) {
    arrive(op, Wish::NOTHING);
}

/// Notes a step that needs no decision: no other thread can tell whether it came before or after that one's own steps.
pub(crate) fn note(op: Op) {
    if let Some(me) = baton::number() {
        with(|schedule| schedule.taken.push(Taken { thread: me, op, value: Value::None, waits: false }));
    }
}

/// What came of the step that was just taken.
pub(crate) fn came_to(value: Value) {
    with(|schedule| {
        if let Some(last) = schedule.taken.last_mut() {
            last.value = value;
        }
    });
}

/// The step has changed something: who asks again may get another answer.
pub(crate) fn changed() {
    with(|schedule| schedule.version += 1);
}

/// One of so many, each of which is explored at no cost.
pub(crate) fn choose(n: usize, op: &Op) -> usize {
    with(|schedule| if n < 2 { 0 } else { schedule.plan.next(n, op.hash(), |_| 0).unwrap_or(0) }).unwrap_or(0)
}

/// Somebody looks at what is held, or at who has ended, without waiting for it.
pub(crate) fn look_closely() {
    if with(|schedule| schedule.fine) == Some(false) {
        end_with(End::Finer);
    }
}

/// Whether letting go is a step of its own.
pub(crate) fn is_fine() -> bool {
    with(|schedule| schedule.fine) == Some(true)
}

fn go_on_with(me: usize, next: Next) {
    match next {
        Next::Me => {}
        Next::Other(other) => {
            let mine = with(|schedule| {
                let mine = schedule.members[me].native.as_ref().map(|native| Arc::clone(&native.baton));
                schedule.give(other);
                mine
            });
            if let Some(Some(mine)) = mine {
                mine.wait();
            }
        }
        Next::Over => rest(me),
    }
}

enum Next {
    Me,
    Other(usize),
    Over,
}

/// Tells the explorer that it is over, and sleeps.
fn rest(me: usize) -> ! {
    let mine = with(|schedule| schedule.members[me].native.as_ref().map(|native| Arc::clone(&native.baton)));
    tell_explorer();
    loop {
        mine.as_ref().and_then(Option::as_ref).expect("a thread has a baton").wait();
    }
}

fn tell_explorer() {
    let explorer = with(|schedule| schedule.explorer.clone());
    IS_OVER.store(true, Ordering::Release);
    if let Some(explorer) = explorer {
        explorer.unpark();
    }
}

/// Ends the schedule here and now. Returns only on a thread that is not explored.
pub(crate) fn end_with(end: End) {
    if let Some(me) = baton::number() {
        with(|schedule| {
            schedule.end.get_or_insert(end);
        });
        rest(me);
    }
}

/// Ends the schedule as broken if `holds` is false, in the body's own words. May be called on any thread of it.
///
/// # Panics
/// Outside of an exploration, if it does not hold.
#[track_caller]
pub fn promise(holds: bool, text: impl fmt::Display) {
    if !holds {
        let (text, place) = (text.to_string(), record::place(Location::caller()));
        end_with(End::Broken(What::Promise { text: text.clone(), place }));
        panic!("{text}");
    }
}

/// Waits until no other thread can go on. Whoever still can for ever is told as a livelock.
#[track_caller]
pub fn wait_until_idle() {
    arrive(Op::bare("wait until idle", Location::caller()), Wish { ready: &|| false, idle: true, ..Wish::NOTHING });
}

/// The handle of the thread that asks; absent in one that is not explored.
pub(crate) fn current() -> Option<Arc<Inner>> {
    let me = baton::number()?;
    with(|schedule| Arc::clone(&schedule.members[me].inner))
}

/// How many threads of this schedule have not ended, without the one that asks.
#[must_use]
pub fn others_alive() -> usize {
    let is_alive = |member: &&Member| !matches!(member.state, State::Ended);
    with(|schedule| schedule.members.iter().filter(is_alive).count() - 1).unwrap_or(0)
}

/// Adds a thread, which runs as soon as it is chosen.
///
/// # Safety
/// Whatever `main` borrows lives until the thread has ended, or the schedule has.
pub(crate) unsafe fn start<'a>(inner: Inner, main: impl FnOnce() + 'a, place: Spot) -> std::io::Result<Arc<Inner>> {
    let number = with(|schedule| schedule.members.len()).expect("a thread is started by one that is explored");
    if number == MOST_THREADS {
        end_with(End::NotExplored(format!("more than {MOST_THREADS} threads")));
    }
    with(|schedule| unsafe { schedule.add(Inner { number, ..inner }, main, place) }).expect("just asked")
}

/// At the very end of a thread: somebody else has the baton from now on.
fn end(me: usize) {
    match with(|schedule| schedule.ended(me)) {
        Some(Next::Other(other)) => drop(with(|schedule| schedule.give(other))),
        _ => tell_explorer(),
    }
}

/// How the explorer wants a schedule.
pub(crate) struct Settings {
    pub plan: Plan,
    pub fine: bool,
    pub must_end: bool,
    pub max_steps: u64,
}

/// What came of a schedule.
pub(crate) struct Ran {
    pub end: End,
    pub schedule: Schedule,
}

impl Ran {
    pub(crate) fn steps(&self) -> Vec<crate::wire::Step> {
        record::steps(&self.schedule.taken, |thread| self.schedule.name(thread))
    }
    pub(crate) fn into_plan(self) -> Plan {
        self.schedule.plan
    }
}

/// Runs the body once, by the plan. Only one at a time.
pub(crate) fn run(body: &(dyn Fn() + Sync), settings: Settings) -> Ran {
    EPOCH.fetch_add(1, Ordering::Relaxed);
    let Settings { plan, fine, must_end, max_steps } = settings;
    let mut schedule = Schedule {
        members: Vec::new(),
        plan,
        taken: Vec::new(),
        printed: String::new(),
        preemptions: 0,
        clock: Duration::from_secs(3600),
        statics: Vec::new(),
        fine,
        must_end,
        max_steps,
        n_steps: 0,
        counts: Vec::new(),
        version: 0,
        choices: Vec::new(),
        views: Vec::new(),
        end: None,
        explorer: std::thread::current(),
    };
    let main = || {
        if let Err(payload) = std::panic::catch_unwind(std::panic::AssertUnwindSafe(body)) {
            let known = with(|schedule| schedule.members[0].panic.take()).flatten();
            let (message, place) = known.unwrap_or((said(&*payload).to_owned(), None));
            end_with(End::Broken(What::Panic { message, place }));
        }
    };
    // SAFETY: every thread is finished below.
    let started = unsafe { schedule.add(Inner::default(), main, Location::caller()) };
    if let Err(error) = started {
        return Ran { end: End::NotExplored(format!("no thread: {error}")), schedule };
    }
    STRANGER.store(false, Ordering::Relaxed);
    // SAFETY: nobody has the baton.
    let shared = unsafe { &mut *SHARED.0.get() };
    let first = shared.insert(schedule).members[0].native.as_ref().expect("just started");
    IS_OVER.store(false, Ordering::Release);
    first.give();
    while !IS_OVER.load(Ordering::Acquire) {
        std::thread::park();
    }
    // SAFETY: nobody has the baton any more.
    let mut schedule = unsafe { (*SHARED.0.get()).take() }.expect("it was put there");
    for member in &mut schedule.members {
        if let Some(native) = member.native.take() {
            native.finish(matches!(member.state, State::Ended));
        }
    }
    for kept in schedule.statics.drain(..).rev() {
        // SAFETY: all threads are gone, and only what threads share is kept.
        unsafe { kept.restore() };
    }
    let mut end = schedule.end.take().unwrap_or(End::Over);
    if STRANGER.load(Ordering::Relaxed) {
        end = End::NotExplored("a thread that was not started through `std::thread` takes part".to_owned());
    }
    Ran { end, schedule }
}

/// What a panic's payload says.
fn said(payload: &(dyn std::any::Any + Send)) -> &str {
    let string = || payload.downcast_ref::<String>().map(String::as_str);
    payload.downcast_ref::<&str>().copied().or_else(string).unwrap_or("(not a text)")
}

/// For the panic hook: notes what was said and where. `false`: this thread is not explored.
pub(crate) fn note_panic(message: &str, spot: Option<Place>) -> bool {
    let Some(me) = baton::number() else { return false };
    with(|schedule| schedule.members[me].panic = Some((message.to_owned(), spot)));
    true
}
