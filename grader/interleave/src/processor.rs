//! One processor for all threads of an exploration: only one of them runs at a time, and waking a thread on another
//! processor costs several times a switch on the same one. Decides nothing but speed.

/// While it lives, this thread and those that it starts stay on one processor.
pub(crate) struct Pin {
    #[cfg(target_os = "linux")]
    before: Option<system::Set>,
}

#[cfg(not(target_os = "linux"))]
impl Pin {
    pub(crate) fn here() -> Self {
        Pin {}
    }
}

#[cfg(target_os = "linux")]
impl Pin {
    /// Leaves everything as it is where that can't be had.
    pub(crate) fn here() -> Self {
        Pin { before: system::current().filter(|_| system::processor().is_some_and(|one| system::set(&one))) }
    }
}

#[cfg(target_os = "linux")]
impl Drop for Pin {
    fn drop(&mut self) {
        if let Some(before) = &self.before {
            system::set(before);
        }
    }
}

#[cfg(target_os = "linux")]
mod system {
    /// A bit for each processor, as many as the C library's own set has.
    pub type Set = [u64; 16];

    unsafe extern "C" {
        fn sched_getcpu() -> i32;
        fn sched_getaffinity(thread: i32, size: usize, set: *mut Set) -> i32;
        fn sched_setaffinity(thread: i32, size: usize, set: *const Set) -> i32;
    }

    pub fn current() -> Option<Set> {
        let mut set = [0; 16];
        // SAFETY: the set has the size that is told; 0 is this thread.
        (unsafe { sched_getaffinity(0, size_of::<Set>(), &raw mut set) } == 0).then_some(set)
    }

    /// Only the processor that this runs on.
    pub fn processor() -> Option<Set> {
        // SAFETY: asks for a number.
        let number = usize::try_from(unsafe { sched_getcpu() }).ok()?;
        let mut set = [0; 16];
        *set.get_mut(number / 64)? |= 1 << (number % 64);
        Some(set)
    }

    pub fn set(set: &Set) -> bool {
        // SAFETY: the set has the size that is told; 0 is this thread.
        unsafe { sched_setaffinity(0, size_of::<Set>(), set) == 0 }
    }
}
