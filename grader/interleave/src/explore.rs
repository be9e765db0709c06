//! The walk over the schedules: runs the body under one after the other, until one breaks or there are no more.

use crate::frontier::{Frontier, Plan};
use crate::processor::Pin;
use crate::schedule::{self, DIVERGED, End, Ran, Settings};
use crate::wire::{Broken, Explored, Holds, Place, Transcript};
use std::panic;
use std::sync::{Mutex, Once, PoisonError};

/// How far to go. All bounds are counts, so that the answer is the same on every machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// The most preemptions in a schedule.
    pub max_preemptions: u32,
    /// The most schedules.
    pub max_schedules: u64,
    /// The most steps in a schedule. Beyond it threads that only ask again and again are a livelock.
    pub max_steps: u64,
    /// A thread that is still there when nobody can go on after the body's end is a leak. Otherwise threads that are left
    /// over end with the body.
    pub threads_must_end: bool,
    /// The most different texts that schedules may print. One more, and the program is not explored.
    pub max_transcripts: usize,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            max_preemptions: 2,
            max_schedules: 20_000,
            max_steps: 10_000,
            threads_must_end: false,
            max_transcripts: 16,
        }
    }
}

/// Runs the body under all schedules within the bounds, those with few preemptions first, until one breaks.
///
/// The body has to do the same at each run but for what the schedule decides. What lives outside of it is not reset,
/// statics of this crate's types excepted. One exploration runs at a time in a process; a second one waits.
pub fn explore(options: Options, body: impl Fn() + Sync) -> Explored {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    silence_explored_panics();
    let _pin = Pin::here();
    let mut fine = false;
    loop {
        match walk(&options, &body, fine) {
            Some(explored) => return explored,
            // Once is enough: nothing is finer.
            None => fine = true,
        }
    }
}

/// `None`: to be done again, with finer steps.
fn walk(options: &Options, body: &(dyn Fn() + Sync), fine: bool) -> Option<Explored> {
    let mut frontier = Frontier::new(options.max_preemptions);
    let mut transcripts: Vec<Transcript> = Vec::new();
    let mut plan = Plan::first();
    let mut schedules = 0;
    loop {
        schedules += 1;
        let settings = Settings { plan, fine, must_end: options.threads_must_end, max_steps: options.max_steps };
        let mut ran = schedule::run(body, settings);
        match std::mem::replace(&mut ran.end, End::Over) {
            End::Over => {}
            End::Finer => return None,
            End::NotExplored(why) => return Some(Explored::NotExplored { why }),
            End::Broken(what) => {
                let plan = ran.schedule.plan.again();
                let settings =
                    Settings { plan, fine, must_end: options.threads_must_end, max_steps: options.max_steps };
                if !matches!(schedule::run(body, settings).end, End::Broken(again) if again == what) {
                    return Some(Explored::NotExplored { why: DIVERGED.to_owned() });
                }
                let steps = ran.steps();
                let (preemptions, printed) = (ran.schedule.preemptions, ran.schedule.printed);
                return Some(Explored::Broken(Broken { schedule: schedules, preemptions, what, printed, steps }));
            }
        }
        if !keep(&mut transcripts, &ran, schedules, options.max_transcripts) {
            let why = format!("schedules print more than {} different texts", options.max_transcripts);
            return Some(Explored::NotExplored { why });
        }
        let taken = ran.into_plan();
        if taken.has_diverged() {
            return Some(Explored::NotExplored { why: DIVERGED.to_owned() });
        }
        frontier.add(taken);
        let holds = |complete, preemptions, transcripts| {
            Some(Explored::Holds(Holds { schedules, complete, preemptions, transcripts }))
        };
        let level = frontier.level();
        match frontier.next() {
            None => return holds(frontier.is_complete(), level, transcripts),
            Some(_) if schedules >= options.max_schedules => {
                // The level is all explored only if the next schedule was of another one.
                let explored = if frontier.level() > level { level } else { level.saturating_sub(1) };
                return holds(false, explored, transcripts);
            }
            Some(next) => plan = next,
        }
    }
}

/// Counts what was printed. `false`: too many different texts.
fn keep(transcripts: &mut Vec<Transcript>, ran: &Ran, schedule: u64, most: usize) -> bool {
    let text = &ran.schedule.printed;
    if let Some(known) = transcripts.iter_mut().find(|known| known.text == *text) {
        known.schedules += 1;
        return true;
    }
    if transcripts.len() == most {
        return false;
    }
    let (text, preemptions) = (text.clone(), ran.schedule.preemptions);
    transcripts.push(Transcript { text, schedules: 1, first: schedule, preemptions, steps: ran.steps() });
    true
}

/// Thousands of schedules may panic as they should; none of them is to be read on stderr.
fn silence_explored_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let place = info.location().map(|spot| Place { file: spot.file().to_owned(), line: spot.line() });
            let message = info.payload_as_str().unwrap_or("(not a text)");
            if !schedule::note_panic(message, place) {
                before(info);
            }
        }));
    });
}
