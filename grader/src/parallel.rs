//! Work on several things at a time.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};

/// How many things that keep a processor busy are worth doing at a time: as many as there are processors.
pub fn processors() -> usize {
    std::thread::available_parallelism().map_or(2, usize::from)
}

/// A turn at what keeps a processor busy for long, given back when it is dropped.
pub struct Turn(());

/// How many turns are taken, and who waits for one.
static TAKEN: (Mutex<usize>, Condvar) = (Mutex::new(0), Condvar::new());

/// Waits for a turn: in this process as many are taken at a time as there are processors.
///
/// So any number of programs may be graded at a time: whoever runs, and mostly sleeps, keeps no compiler waiting.
pub fn turn() -> Turn {
    let (taken, free) = &TAKEN;
    let mut taken = taken.lock().unwrap_or_else(PoisonError::into_inner);
    while *taken >= processors() {
        taken = free.wait(taken).unwrap_or_else(PoisonError::into_inner);
    }
    *taken += 1;
    Turn(())
}

impl Drop for Turn {
    fn drop(&mut self) {
        let (taken, free) = &TAKEN;
        *taken.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        free.notify_one();
    }
}

/// Does `work` on every item, `workers` at a time, and gives the results in the items' order.
///
/// Items are begun in their order. A panic in `work` is the caller's panic, once the other workers have stopped.
pub fn map<T: Sync, R: Send>(items: &[T], workers: usize, work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let results: Vec<Mutex<Option<R>>> = items.iter().map(|_| Mutex::new(None)).collect();
    std::thread::scope(|scope| {
        for _ in 0..workers.min(items.len()) {
            scope.spawn(|| {
                loop {
                    let i = next.fetch_add(1, Ordering::Relaxed);
                    let (Some(item), Some(slot)) = (items.get(i), results.get(i)) else { return };
                    let result = work(item);
                    *slot.lock().expect("each slot is locked once by one worker") = Some(result);
                }
            });
        }
    });
    let taken = |slot: Mutex<Option<R>>| slot.into_inner().ok().flatten().expect("the scope ended, so each is done");
    results.into_iter().map(taken).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Barrier;

    #[test]
    fn no_more_turns_are_taken_at_a_time_than_there_are_processors() {
        let (now, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        map(&[(); 64], 4 * processors(), |()| {
            let _turn = turn();
            most.fetch_max(now.fetch_add(1, Ordering::Relaxed) + 1, Ordering::Relaxed);
            std::thread::yield_now();
            now.fetch_sub(1, Ordering::Relaxed);
        });
        assert!((1..=processors()).contains(&most.into_inner()));
    }

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let items: Vec<usize> = (0..100).collect();
        assert_eq!(map(&items, 7, |item| item * 2), items.iter().map(|item| item * 2).collect::<Vec<_>>());
        assert!(map(&[] as &[usize], 7, |item| *item).is_empty());
    }

    #[test]
    fn as_many_items_are_under_way_as_there_are_workers() {
        // Each waits for two others, so fewer than three at a time would never end.
        let barrier = Barrier::new(3);
        let met = map(&[(); 6], 3, |()| {
            barrier.wait();
            true
        });
        assert_eq!(met, [true; 6]);
    }
}
