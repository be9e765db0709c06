//! Who may go next, and what it costs: the rules of the search, as a pure function.
//!
//! The bound on preemptions is that of CHESS (Musuvathi and Qadeer, "Iterative Context Bounding", 2007): to stop a
//! thread that could go on costs one, to go on with another when it can't costs nothing. So does the fairness
//! (Musuvathi and Qadeer, "Fair Stateless Model Checking", 2008): a thread that yields stands behind all that could go
//! on then, until each of them has taken a step.
//!
//! Time is a choice as well: a wait may end by its timeout at any moment, but while others can go on this costs one.

use std::time::Duration;

/// The most threads in a schedule; they are counted in the bits of a mask.
pub(crate) const MOST_THREADS: usize = 64;

/// What decides whether a thread may go next.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct View {
    /// What it waits for is there.
    pub ready: bool,
    /// It may go on when nobody else can.
    pub idle: bool,
    /// It may go on at this time even if what it waits for is not there.
    pub deadline: Option<Duration>,
    /// The threads, as bits, that are to take a step before it.
    pub behind: u64,
}

/// One way to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Choice {
    /// Which thread.
    pub thread: usize,
    /// By the end of its patience rather than by what it waits for.
    pub timed_out: bool,
    /// It yields, and goes on all the same.
    pub impatient: bool,
    /// In preemptions.
    pub cost: u32,
}

/// All ways to go on, the default first. None: nobody can.
///
/// `me` is the thread that has just come to its next step, or nobody if that one has ended.
pub(crate) fn choices(me: Option<usize>, yields: bool, views: &mut [View], choices: &mut Vec<Choice>) {
    choices.clear();
    let mut ready = mask(views, |view| view.ready);
    if ready == 0 {
        ready = mask(views, |view| view.idle);
    }
    if let Some(me) = me.filter(|_| yields) {
        views[me].behind |= ready & !(1 << me);
    }
    let may_go = |thread: usize| ready & 1 << thread != 0 && views[thread].behind & ready == 0;
    let goes_on = me.filter(|&me| may_go(me));
    let plain = |thread, cost| Choice { thread, timed_out: false, impatient: false, cost };
    choices.extend(goes_on.map(|me| plain(me, 0)));
    let first = me.map_or(0, |me| me + 1);
    let others = (first..views.len()).chain(0..first).filter(|&thread| Some(thread) != me);
    choices.extend(others.filter(|&thread| may_go(thread)).map(|thread| plain(thread, goes_on.is_some().into())));
    if let Some(me) = me.filter(|&me| yields && ready & 1 << me != 0 && goes_on.is_none()) {
        choices.push(Choice { impatient: true, ..plain(me, 1) });
    }
    let from = choices.len();
    let timed = |(thread, view): (usize, &View)| {
        let at = view.deadline.filter(|_| ready & 1 << thread == 0)?;
        Some((at, Choice { timed_out: true, ..plain(thread, 1) }))
    };
    let mut timed: Vec<(Duration, Choice)> = views.iter().enumerate().filter_map(timed).collect();
    timed.sort_by_key(|&(at, _)| at);
    choices.extend(timed.into_iter().map(|(_, choice)| choice));
    if from == 0
        && let Some(earliest) = choices.first_mut()
    {
        earliest.cost = 0;
    }
}

fn mask(views: &[View], has: impl Fn(&View) -> bool) -> u64 {
    views.iter().enumerate().filter(|(_, view)| has(view)).fold(0, |mask, (thread, _)| mask | 1 << thread)
}

#[cfg(test)]
mod tests {
    use super::*;

    const READY: View = View { ready: true, idle: false, deadline: None, behind: 0 };
    const BLOCKED: View = View { ready: false, idle: false, deadline: None, behind: 0 };

    fn of(me: Option<usize>, yields: bool, views: &[View]) -> Vec<(usize, u32)> {
        let mut found = Vec::new();
        choices(me, yields, &mut views.to_vec(), &mut found);
        found.iter().map(|choice| (choice.thread, choice.cost)).collect()
    }

    #[test]
    fn going_on_is_free_and_stopping_costs_one() {
        assert_eq!(of(Some(1), false, &[READY, READY, READY]), [(1, 0), (2, 1), (0, 1)]);
    }

    #[test]
    fn after_a_blocked_thread_every_other_is_free() {
        assert_eq!(of(Some(0), false, &[BLOCKED, READY, READY]), [(1, 0), (2, 0)]);
        assert_eq!(of(None, false, &[BLOCKED, READY, READY]), [(1, 0), (2, 0)]);
    }

    #[test]
    fn who_yields_goes_on_only_at_a_cost() {
        assert_eq!(of(Some(0), true, &[READY, READY]), [(1, 0), (0, 1)]);
        assert_eq!(of(Some(0), true, &[READY, BLOCKED]), [(0, 0)]);
    }

    #[test]
    fn a_timeout_is_free_only_when_nobody_can_go_on() {
        let sleeps = |ms| View { deadline: Some(Duration::from_millis(ms)), ..BLOCKED };
        assert_eq!(of(Some(0), false, &[READY, sleeps(5)]), [(0, 0), (1, 1)]);
        assert_eq!(of(Some(0), false, &[sleeps(9), sleeps(5)]), [(1, 0), (0, 1)]);
    }

    #[test]
    fn who_waits_for_idleness_goes_last() {
        let idle = View { idle: true, ..BLOCKED };
        assert_eq!(of(Some(0), false, &[idle, READY]), [(1, 0)]);
        assert_eq!(of(Some(0), false, &[idle, BLOCKED]), [(0, 0)]);
    }

    #[test]
    fn nobody_can_go_on_when_all_wait() {
        assert_eq!(of(Some(0), false, &[BLOCKED, BLOCKED]), []);
    }
}
