//! The state of a schedule: its threads, where each of them stands, and each decision who goes next.
//!
//! Nothing here sleeps or wakes anybody but by a thread's baton; who may touch it, and when, is for the module above.

use super::{DIVERGED, End, Next, Wish, end};
use crate::baton::{self, Native};
use crate::choice::{Choice, View, choices};
use crate::frontier::{Diverged, Plan};
use crate::object::Kept;
use crate::record::{self, Fnv, Op, Spot, Taken, Value};
use crate::thread::Inner;
use crate::wire::{Place, Waiting, What};
use std::ptr::NonNull;
use std::sync::Arc;
use std::thread::Thread;
use std::time::Duration;

/// So often a thread that has chosen not to yield may ask again before it has to.
const PATIENCE: u32 = 256;
/// So often a thread does one and the same thing, with nobody else in between, before that counts as spinning.
const REPEATS: u32 = 32;
/// The most that is kept of what a schedule prints, in bytes.
const MOST_PRINTED: usize = 64 << 10;

pub(super) enum State {
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
pub(super) struct Member {
    pub(super) inner: Arc<Inner>,
    pub(super) native: Option<Native>,
    pub(super) state: State,
    /// What it does, or is about to do.
    pub(super) op: Op,
    pub(super) timed_out: bool,
    /// It has not taken a step yet. To start is none that others can notice, so the first one comes with it.
    pub(super) fresh: bool,
    pub(super) behind: u64,
    pub(super) patience: u32,
    /// What it did since another thread did anything: the operation, what had changed by then, and how often.
    pub(super) seen: Vec<(Op, u64, u32)>,
    pub(super) spins: bool,
    pub(super) panic: Option<(String, Option<Place>)>,
}

/// A schedule while it runs.
pub(crate) struct Schedule {
    pub(super) members: Vec<Member>,
    pub plan: Plan,
    pub taken: Vec<Taken>,
    pub printed: String,
    pub preemptions: u32,
    /// Virtual time. It starts at one hour: a program may ask for a moment before its start.
    pub clock: Duration,
    pub statics: Vec<Kept>,
    /// Letting go of a lock, and a thread's end, are steps of their own: somebody looks at them without waiting.
    pub fine: bool,
    pub(super) must_end: bool,
    pub(super) max_steps: u64,
    pub(super) n_steps: u64,
    pub(super) counts: Vec<(&'static str, u32)>,
    /// Grows with everything that changes.
    pub(super) version: u64,
    pub(super) choices: Vec<Choice>,
    pub(super) views: Vec<View>,
    pub(super) end: Option<End>,
    pub(super) explorer: Thread,
}

impl Schedule {
    /// # Safety
    /// As for [`super::start`].
    pub(super) unsafe fn add<'a>(
        &mut self,
        inner: Inner,
        main: impl FnOnce() + 'a,
        place: Spot,
    ) -> std::io::Result<Arc<Inner>> {
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

    pub(super) fn arrive(&mut self, me: usize, op: Op, wish: &Wish<'_>) -> Next {
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
    pub(super) fn resumed(&mut self, me: usize, op: Op) -> bool {
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

    pub(super) fn ended(&mut self, me: usize) -> Next {
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

    pub(super) fn give(&self, to: usize) {
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

    pub(super) fn name(&self, thread: usize) -> Option<String> {
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
