//! One schedule: its threads, where each of them stands, and each decision who goes next.
//!
//! A thread comes here before each step that others can notice ([`arrive`]), says what it waits for, and returns when it
//! is its turn and the wait is over. What it then does, up to its next arrival, nobody can interrupt. All state is
//! touched only by the thread that has the baton, or by the explorer while nobody has it.

use crate::baton::{self, Native};
use crate::choice::{Choice, MOST_THREADS, View, choices};
use crate::frontier::{Diverged, Plan};
use crate::object::Kept;
use crate::record::{self, Fnv, Op, Spot, Taken, Value};
use crate::thread::Inner;
use crate::wire::{Place, Waiting, What};
use std::cell::UnsafeCell;
use std::fmt;
use std::panic::Location;
use std::ptr::NonNull;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread::Thread;
use std::time::Duration;

/// So often a thread that has chosen not to yield may ask again before it has to.
const PATIENCE: u32 = 256;
/// So often a thread does one and the same thing, with nobody else in between, before that counts as spinning.
const REPEATS: u32 = 32;
/// The most that is kept of what a schedule prints, in bytes.
const MOST_PRINTED: usize = 64 << 10;

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

enum State {
    /// Has the baton, or may take it at any time.
    Free,
    /// The pointers lead to the stack of the thread, which sleeps until the wait is over.
    Waits {
        ready: NonNull<dyn Fn() -> bool>,
        timeout: Option<(Duration, NonNull<dyn Fn() -> bool>)>,
        idle: bool,
    },
    Ended,
}

/// A thread of the schedule.
struct Member {
    inner: Arc<Inner>,
    native: Option<Native>,
    state: State,
    /// What it does, or is about to do.
    op: Op,
    timed_out: bool,
    /// It has not taken a step yet. To start is none that others can notice, so the first one comes with it.
    fresh: bool,
    behind: u64,
    patience: u32,
    /// What it did since another thread did anything: the operation, what had changed by then, and how often.
    seen: Vec<(Op, u64, u32)>,
    spins: bool,
    panic: Option<(String, Option<Place>)>,
}

/// A schedule while it runs.
pub(crate) struct Schedule {
    members: Vec<Member>,
    pub plan: Plan,
    pub taken: Vec<Taken>,
    pub printed: String,
    pub preemptions: u32,
    /// Virtual time. It starts at one hour: a program may ask for a moment before its start.
    pub clock: Duration,
    pub statics: Vec<Kept>,
    /// Letting go of a lock, and a thread's end, are steps of their own: somebody looks at them without waiting.
    pub fine: bool,
    must_end: bool,
    max_steps: u64,
    n_steps: u64,
    counts: Vec<(&'static str, u32)>,
    /// Grows with everything that changes.
    version: u64,
    choices: Vec<Choice>,
    views: Vec<View>,
    end: Option<End>,
    explorer: Thread,
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

impl Schedule {
    /// # Safety
    /// As for [`start`].
    unsafe fn add<'a>(&mut self, inner: Inner, main: impl FnOnce() + 'a, place: Spot) -> std::io::Result<Arc<Inner>> {
        let inner = Arc::new(inner);
        if let Some(me) = baton::number() {
            // From now on others can come before its first step.
            self.members[me].fresh = false;
        }
        // SAFETY: the caller's promise is the one that is asked for.
        let native = unsafe { Native::start(inner.number, inner.name.as_deref(), main, end)? };
        self.members.push(Member {
            inner: Arc::clone(&inner),
            native: Some(native),
            state: State::Free,
            op: Op::bare("start", place),
            timed_out: false,
            fresh: true,
            behind: 0,
            patience: 0,
            seen: Vec::new(),
            spins: false,
            panic: None,
        });
        Ok(inner)
    }

    fn arrive(&mut self, me: usize, op: Op, wish: &Wish<'_>) -> Next {
        self.n_steps += 1;
        if self.n_steps > self.max_steps {
            self.end = Some(self.too_long());
            return Next::Over;
        }
        let is_ready = (wish.ready)();
        let spins = wish.yields || (wish.timeout.is_none() && is_ready && self.is_repeated(me, &op));
        let member = &mut self.members[me];
        let (was_fresh, was_patient) = (std::mem::take(&mut member.fresh), member.patience);
        (member.op, member.spins) = (op, spins);
        member.patience = if spins { was_patient.saturating_sub(1) } else { 0 };
        if is_ready && (was_fresh && !spins || spins && was_patient > 0) {
            return Next::Me;
        }
        if !is_ready && !wish.idle {
            self.taken.push(Taken { thread: me, op, value: Value::None, waits: true });
        }
        // SAFETY: only the lifetime goes: the thread does not leave this call before the wait is over.
        let lasting = |ask: &dyn Fn() -> bool| unsafe {
            std::mem::transmute::<NonNull<dyn Fn() -> bool + '_>, NonNull<dyn Fn() -> bool>>(NonNull::from(ask))
        };
        let timeout = wish.timeout.map(|(at, may)| (at, lasting(may)));
        self.members[me].state = State::Waits { ready: lasting(wish.ready), timeout, idle: wish.idle };
        match self.decide(Some(me), spins) {
            Some(choice) if choice.thread == me => Next::Me,
            Some(choice) => Next::Other(choice.thread),
            None => Next::Over,
        }
    }

    /// Back with the baton. Returns whether the wait ended by its timeout.
    fn resumed(&mut self, me: usize, op: Op) -> bool {
        let member = &mut self.members[me];
        member.state = State::Free;
        let timed_out = std::mem::take(&mut member.timed_out);
        let value = if timed_out { Value::Word("timed out") } else { Value::None };
        self.taken.push(Taken { thread: me, op, value, waits: false });
        timed_out
    }

    /// Whether the thread does again what it did, with nobody else in between, and as if nothing had changed.
    fn is_repeated(&mut self, me: usize, op: &Op) -> bool {
        let (version, seen) = (self.version, &mut self.members[me].seen);
        match seen.iter_mut().find(|(it, ..)| it == op) {
            Some((_, at, times)) => {
                *times += 1;
                std::mem::replace(at, version) == version || *times > REPEATS
            }
            None => {
                if seen.len() < 64 {
                    seen.push((*op, version, 1));
                }
                false
            }
        }
    }

    fn decide(&mut self, me: Option<usize>, yields: bool) -> Option<Choice> {
        self.views.clear();
        // SAFETY: whoever waits sleeps in `arrive`, where what is asked lies on its stack.
        let ask = |question: NonNull<dyn Fn() -> bool>| unsafe { (question.as_ref())() };
        self.views.extend(self.members.iter().map(|member| match member.state {
            State::Free => View { ready: true, behind: member.behind, ..View::default() },
            State::Ended => View::default(),
            State::Waits { ready, timeout, idle } => {
                let ready = ask(ready);
                let deadline = timeout.filter(|&(_, may)| !ready && ask(may)).map(|(at, _)| at);
                View { ready, idle, deadline, behind: member.behind }
            }
        }));
        choices(me, yields, &mut self.views, &mut self.choices);
        if self.choices.is_empty() {
            self.end.get_or_insert_with(|| stuck(&self.members, self.must_end));
            return None;
        }
        let choice = if self.choices.len() == 1 {
            self.choices[0]
        } else {
            let mut hash = Fnv::new();
            hash.add(me.map_or(0, |me| self.members[me].op.hash()));
            self.choices.iter().for_each(|choice| hash.add(choice.thread as u64));
            let all = &self.choices;
            match self.plan.next(all.len(), hash.0, |i| all[i].cost) {
                Ok(i) => all[i],
                Err(Diverged) => {
                    self.end.get_or_insert(End::NotExplored(DIVERGED.to_owned()));
                    return None;
                }
            }
        };
        self.preemptions += choice.cost;
        for (member, view) in self.members.iter_mut().zip(&self.views) {
            member.behind = view.behind & !(1 << choice.thread);
        }
        if let Some(me) = me.filter(|&me| me != choice.thread) {
            self.members[me].seen.clear();
        }
        let next = &mut self.members[choice.thread];
        if let State::Waits { timeout: Some((at, _)), .. } = next.state
            && choice.timed_out
        {
            self.clock = self.clock.max(at);
            next.timed_out = true;
        }
        if choice.impatient {
            next.patience = PATIENCE;
        }
        Some(choice)
    }

    fn ended(&mut self, me: usize) -> Next {
        self.version += 1;
        let member = &mut self.members[me];
        member.state = State::Ended;
        member.inner.ended.set(true);
        let op = Op::bare("end", member.op.place);
        self.taken.push(Taken { thread: me, op, value: Value::None, waits: false });
        let all = self.members.iter().all(|member| matches!(member.state, State::Ended));
        if all || me == 0 && !self.must_end {
            self.end.get_or_insert(End::Over);
            return Next::Over;
        }
        self.decide(None, false).map_or(Next::Over, |choice| Next::Other(choice.thread))
    }

    fn give(&self, to: usize) {
        self.members[to].native.as_ref().expect("it lives").give();
    }

    /// The next number of this kind of thing.
    pub(crate) fn count(&mut self, kind: &'static str) -> u32 {
        if let Some((_, n)) = self.counts.iter_mut().find(|(it, _)| *it == kind) {
            *n += 1;
            return *n;
        }
        self.counts.push((kind, 1));
        1
    }

    pub(crate) fn print(&mut self, text: &str) {
        if self.printed.len() + text.len() <= MOST_PRINTED {
            self.printed.push_str(text);
        }
    }

    /// Whether this thread does nothing but look at the clock.
    pub(crate) fn stares(&mut self, op: &Op) -> bool {
        baton::number().is_some_and(|me| self.is_repeated(me, op))
    }

    /// Lets time go by, and tells what it is then.
    pub(crate) fn pass(&mut self, by: Duration) -> Duration {
        self.clock += by;
        self.clock
    }

    fn name(&self, thread: usize) -> Option<String> {
        self.members[thread].inner.name.clone()
    }

    fn too_long(&self) -> End {
        let spinning: Vec<Waiting> = waiting(&self.members, |member| member.spins);
        if spinning.is_empty() {
            return End::NotExplored(format!("a schedule takes more than {} steps", self.max_steps));
        }
        End::Broken(What::Livelock { steps: self.max_steps, busy: spinning })
    }
}

fn stuck(members: &[Member], must_end: bool) -> End {
    let all = waiting(members, |_| true);
    let body_is_over = must_end && matches!(members[0].state, State::Ended);
    End::Broken(if body_is_over { What::Leak(all) } else { What::Deadlock(all) })
}

fn waiting(members: &[Member], which: impl Fn(&Member) -> bool) -> Vec<Waiting> {
    let alive = members.iter().enumerate().filter(|(_, m)| !matches!(m.state, State::Ended) && which(m));
    alive.map(|(thread, m)| record::waiting(thread, m.inner.name.clone(), &m.op)).collect()
}
