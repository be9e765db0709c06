//! Which schedules are still to be explored, and in which order: those without a preemption first, then those with one,
//! and so on; each exactly once.
//!
//! A schedule is named by its decisions. It runs by the plan of another one up to a decision, takes another way there,
//! and from then on the default. At each decision after that it leaves the other ways to the frontier.

use std::collections::VecDeque;
use std::sync::Arc;

/// Which of several ways was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Decision {
    choice: u16,
    /// Of what there was to decide, by which a replay is told from something else.
    hash: u64,
}

/// The program did something else than the schedule that it was to follow.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Diverged;

/// How to decide: by what is given, then by default.
pub(crate) struct Plan {
    given: Option<Way>,
    taken: Vec<Decision>,
    others: Vec<Other>,
    has_diverged: bool,
}

/// A way that was left out: at which decision, which one, at what cost.
struct Other {
    at: u32,
    choice: u16,
    cost: u32,
}

/// Another schedule's decisions up to one, and another choice there.
#[derive(Clone)]
struct Way {
    parent: Arc<[Decision]>,
    at: u32,
    choice: u16,
}

impl Plan {
    /// The first schedule: all by default.
    pub(crate) fn first() -> Self {
        Plan { given: None, taken: Vec::new(), others: Vec::new(), has_diverged: false }
    }

    /// The same once more.
    pub(crate) fn again(&self) -> Self {
        let given = self.taken.last().map(|last| Way {
            parent: self.taken.clone().into(),
            at: self.taken.len() as u32 - 1,
            choice: last.choice,
        });
        Plan { given, ..Plan::first() }
    }

    /// Which of `n` ways to go.
    pub(crate) fn next(&mut self, n: usize, hash: u64, cost: impl Fn(usize) -> u32) -> Result<usize, Diverged> {
        let position = self.taken.len();
        let given = self.given.as_ref().filter(|way| position <= way.at as usize);
        let choice = match given {
            Some(way) => {
                let parent = way.parent[position];
                let choice = if position == way.at as usize { way.choice } else { parent.choice };
                if parent.hash != hash || choice as usize >= n {
                    self.has_diverged = true;
                    return Err(Diverged);
                }
                choice
            }
            None => {
                let other = |choice| Other { at: position as u32, choice: choice as u16, cost: cost(choice) };
                self.others.extend((1..n).map(other));
                0
            }
        };
        self.taken.push(Decision { choice, hash });
        Ok(choice.into())
    }

    /// It came to another decision than the one it was to follow, or ended before it had come to all.
    pub(crate) fn has_diverged(&self) -> bool {
        let given = self.given.as_ref().map_or(0, |way| way.at as usize + 1);
        self.has_diverged || self.taken.len() < given
    }
}

/// The schedules to come.
pub(crate) struct Frontier {
    now: Vec<Way>,
    later: VecDeque<Way>,
    /// How many preemptions the schedules in `now` have.
    level: u32,
    most: u32,
    is_cut: bool,
}

impl Frontier {
    /// With the bound on preemptions.
    pub(crate) fn new(most: u32) -> Self {
        Frontier { now: Vec::new(), later: VecDeque::new(), level: 0, most, is_cut: false }
    }

    /// Takes up the ways that a schedule has left out.
    pub(crate) fn add(&mut self, plan: Plan) {
        let parent: Arc<[Decision]> = plan.taken.into();
        for Other { at, choice, cost } in plan.others {
            let way = Way { parent: Arc::clone(&parent), at, choice };
            match cost {
                0 => self.now.push(way),
                _ if self.level < self.most => self.later.push_back(way),
                _ => self.is_cut = true,
            }
        }
    }

    /// The next schedule. `None`: all within the bound are explored.
    pub(crate) fn next(&mut self) -> Option<Plan> {
        if self.now.is_empty() && !self.later.is_empty() {
            self.level += 1;
            self.now.extend(self.later.drain(..).rev());
        }
        let way = self.now.pop()?;
        Some(Plan { given: Some(way), ..Plan::first() })
    }

    /// Whether there are no schedules beyond the bound.
    pub(crate) fn is_complete(&self) -> bool {
        !self.is_cut && self.now.is_empty() && self.later.is_empty()
    }

    /// All schedules with so many preemptions are explored, once nothing of the level is left.
    pub(crate) fn level(&self) -> u32 {
        self.level
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All ways through a tree in which every decision has these costs.
    fn walk(costs: &[u32], depth: usize, most: u32) -> (Vec<Vec<usize>>, bool) {
        let (mut frontier, mut walks, mut plan) = (Frontier::new(most), Vec::new(), Some(Plan::first()));
        while let Some(mut it) = plan {
            let next = |level| it.next(costs.len(), level as u64, |i| costs[i]).expect("the tree is always the same");
            walks.push((0..depth).map(next).collect());
            frontier.add(it);
            plan = frontier.next();
        }
        (walks, frontier.is_complete())
    }

    #[test]
    fn every_way_is_walked_once() {
        let (mut walks, is_complete) = walk(&[0, 1, 1], 4, 4);
        assert_eq!((walks.len(), is_complete), (81, true));
        walks.sort();
        walks.dedup();
        assert_eq!(walks.len(), 81);
    }

    #[test]
    fn fewer_preemptions_come_first() {
        let (walks, is_complete) = walk(&[0, 1], 4, 2);
        let costs: Vec<usize> = walks.iter().map(|walk| walk.iter().sum()).collect();
        assert_eq!(costs, [0, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2]);
        assert!(!is_complete);
    }

    #[test]
    fn another_question_than_before_is_noticed() {
        let mut frontier = Frontier::new(0);
        let mut first = Plan::first();
        assert_eq!(first.next(2, 7, |_| 0), Ok(0));
        frontier.add(first);
        let mut second = frontier.next().expect("the other way");
        assert_eq!(second.next(2, 8, |_| 0), Err(Diverged));
        assert!(second.has_diverged());
    }
}
