//! `std::sync::mpsc`: both kinds of channel, their timeouts and iterators, and what the end of either side does.

use crate::object::Object;
use crate::record::{Op, Spot, Value};
use crate::schedule::{Wish, arrive, came_to, changed, note, point};
use crate::time::{self, Duration};
use std::cell::{Cell, UnsafeCell};
use std::collections::VecDeque;
use std::fmt;
use std::marker::PhantomData;
use std::panic::{Location, RefUnwindSafe, UnwindSafe};
use std::sync::Arc;

pub use std::sync::mpsc::{RecvError, RecvTimeoutError, SendError, TryRecvError, TrySendError};

/// What both ends share.
struct Channel<T> {
    object: Object,
    queue: UnsafeCell<VecDeque<T>>,
    /// How many fit; `None`: any number.
    room: Option<usize>,
    senders: Cell<usize>,
    receiver_is_there: Cell<bool>,
    receiver_waits: Cell<bool>,
    /// How many were ever put in, and taken out.
    put: Cell<u64>,
    taken: Cell<u64>,
}

// SAFETY: the schedule lets one thread run at a time.
unsafe impl<T: Send> Send for Channel<T> {}
unsafe impl<T: Send> Sync for Channel<T> {}

impl<T> Channel<T> {
    fn new(room: Option<usize>) -> Arc<Self> {
        Arc::new(Channel {
            object: Object::new(),
            queue: UnsafeCell::new(VecDeque::new()),
            room,
            senders: Cell::new(1),
            receiver_is_there: Cell::new(true),
            receiver_waits: Cell::new(false),
            put: Cell::new(0),
            taken: Cell::new(0),
        })
    }

    fn op(&self, what: &'static str, place: Spot) -> Op {
        Op::new(what, self.object.touch("channel", self), place)
    }

    #[expect(clippy::mut_from_ref, reason = "one thread runs at a time, and none keeps it over a step")]
    fn queue(&self) -> &mut VecDeque<T> {
        // SAFETY: see the reason.
        unsafe { &mut *self.queue.get() }
    }

    fn push(&self, message: T) {
        self.queue().push_back(message);
        self.put.set(self.put.get() + 1);
        changed();
    }

    fn pop(&self) -> Option<T> {
        let message = self.queue().pop_front()?;
        self.taken.set(self.taken.get() + 1);
        changed();
        Some(message)
    }

    /// A channel without room holds a message while its sender waits for it to be taken.
    fn is_full(&self) -> bool {
        self.room.is_some_and(|room| self.queue().len() >= room.max(1))
    }

    fn send(&self, message: T, place: Spot) -> Result<(), SendError<T>> {
        let ready = || !self.receiver_is_there.get() || !self.is_full();
        arrive(self.op("send", place), Wish { ready: &ready, ..Wish::NOTHING });
        if !self.receiver_is_there.get() {
            came_to(Value::Word("disconnected"));
            return Err(SendError(message));
        }
        self.push(message);
        if self.room == Some(0) {
            let mine = self.put.get();
            let is_taken = || self.taken.get() >= mine;
            let ready = || is_taken() || !self.receiver_is_there.get();
            arrive(self.op("hand over", place), Wish { ready: &ready, ..Wish::NOTHING });
            if !is_taken()
                && let Some(message) = self.queue().pop_back()
            {
                came_to(Value::Word("disconnected"));
                return Err(SendError(message));
            }
        }
        Ok(())
    }

    fn try_send(&self, message: T, place: Spot) -> Result<(), TrySendError<T>> {
        point(self.op("try_send", place));
        if !self.receiver_is_there.get() {
            came_to(Value::Word("disconnected"));
            return Err(TrySendError::Disconnected(message));
        }
        if self.is_full() || self.room == Some(0) && !self.receiver_waits.get() {
            came_to(Value::Word("full"));
            return Err(TrySendError::Full(message));
        }
        self.push(message);
        Ok(())
    }

    fn recv(&self, until: Option<Duration>, place: Spot) -> Result<T, RecvTimeoutError> {
        if self.room == Some(0) {
            point(self.op("ask", place));
            self.receiver_waits.set(true);
            changed();
        }
        let ready = || !self.queue().is_empty() || self.senders.get() == 0;
        let timeout = until.map(|until| (until, &(|| true) as &dyn Fn() -> bool));
        let timed_out = arrive(self.op("recv", place), Wish { ready: &ready, timeout, ..Wish::NOTHING });
        self.receiver_waits.set(false);
        match self.pop() {
            Some(message) => Ok(message),
            None if timed_out => Err(RecvTimeoutError::Timeout),
            None => {
                came_to(Value::Word("disconnected"));
                Err(RecvTimeoutError::Disconnected)
            }
        }
    }

    fn try_recv(&self, place: Spot) -> Result<T, TryRecvError> {
        point(self.op("try_recv", place));
        match self.pop() {
            Some(message) => Ok(message),
            None if self.senders.get() > 0 => {
                came_to(Value::Word("empty"));
                Err(TryRecvError::Empty)
            }
            None => {
                came_to(Value::Word("disconnected"));
                Err(TryRecvError::Disconnected)
            }
        }
    }

    /// Only the last sender's end is something that others can notice.
    fn drop_sender(&self, place: Spot) {
        let op = self.op("drop sender", place);
        if self.senders.get() == 1 {
            point(op);
        } else {
            note(op);
        }
        self.senders.set(self.senders.get() - 1);
        changed();
    }
}

/// As in the standard library.
#[must_use]
#[track_caller]
pub fn channel<T>() -> (Sender<T>, Receiver<T>) {
    let (channel, place) = (Channel::new(None), Location::caller());
    (Sender { channel: Arc::clone(&channel), place }, Receiver { channel, place, _one_thread: PhantomData })
}

/// As in the standard library.
#[must_use]
#[track_caller]
pub fn sync_channel<T>(bound: usize) -> (SyncSender<T>, Receiver<T>) {
    let (channel, place) = (Channel::new(Some(bound)), Location::caller());
    (SyncSender { channel: Arc::clone(&channel), place }, Receiver { channel, place, _one_thread: PhantomData })
}

macro_rules! senders {
    ($($sender:ident)*) => { $(
        /// As in the standard library.
        pub struct $sender<T> {
            channel: Arc<Channel<T>>,
            place: Spot,
        }

        impl<T> UnwindSafe for $sender<T> {}
        impl<T> RefUnwindSafe for $sender<T> {}

        impl<T> $sender<T> {
            /// As in the standard library.
            ///
            /// # Errors
            /// There is no receiver.
            #[track_caller]
            pub fn send(&self, message: T) -> Result<(), SendError<T>> {
                self.channel.send(message, Location::caller())
            }
        }

        impl<T> Clone for $sender<T> {
            #[track_caller]
            fn clone(&self) -> Self {
                self.channel.senders.set(self.channel.senders.get() + 1);
                $sender { channel: Arc::clone(&self.channel), place: Location::caller() }
            }
        }

        impl<T> Drop for $sender<T> {
            fn drop(&mut self) {
                self.channel.drop_sender(self.place);
            }
        }

        impl<T> fmt::Debug for $sender<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($sender)).finish_non_exhaustive()
            }
        }
    )* };
}

senders! { Sender SyncSender }

impl<T> SyncSender<T> {
    /// As in the standard library.
    ///
    /// # Errors
    /// There is no receiver, or no room.
    #[track_caller]
    pub fn try_send(&self, message: T) -> Result<(), TrySendError<T>> {
        self.channel.try_send(message, Location::caller())
    }
}

/// As in the standard library.
pub struct Receiver<T> {
    channel: Arc<Channel<T>>,
    place: Spot,
    _one_thread: PhantomData<*const ()>,
}

// SAFETY: only sharing is kept out.
unsafe impl<T: Send> Send for Receiver<T> {}
impl<T> UnwindSafe for Receiver<T> {}
impl<T> RefUnwindSafe for Receiver<T> {}

impl<T> Receiver<T> {
    /// As in the standard library.
    ///
    /// # Errors
    /// There is no message, and no sender.
    #[track_caller]
    pub fn recv(&self) -> Result<T, RecvError> {
        self.channel.recv(None, Location::caller()).map_err(|_| RecvError)
    }

    /// As in the standard library.
    ///
    /// # Errors
    /// There is no message now, or no sender either.
    #[track_caller]
    pub fn try_recv(&self) -> Result<T, TryRecvError> {
        self.channel.try_recv(Location::caller())
    }

    /// As in the standard library.
    ///
    /// # Errors
    /// No message came in that time, or there is no sender.
    #[track_caller]
    pub fn recv_timeout(&self, patience: Duration) -> Result<T, RecvTimeoutError> {
        self.channel.recv(Some(time::after(patience)), Location::caller())
    }

    /// As in the standard library.
    #[track_caller]
    pub fn iter(&self) -> Iter<'_, T> {
        Iter { receiver: self, place: Location::caller() }
    }

    /// As in the standard library.
    #[track_caller]
    pub fn try_iter(&self) -> TryIter<'_, T> {
        TryIter { receiver: self, place: Location::caller() }
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        point(self.channel.op("drop receiver", self.place));
        self.channel.receiver_is_there.set(false);
        changed();
        if self.channel.room != Some(0) {
            // First out of the queue: the end of a message may lead back to the channel.
            drop(std::mem::take(self.channel.queue()));
        }
    }
}

impl<T> fmt::Debug for Receiver<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver").finish_non_exhaustive()
    }
}

/// As in the standard library.
#[derive(Debug)]
pub struct Iter<'a, T: 'a> {
    receiver: &'a Receiver<T>,
    place: Spot,
}

/// As in the standard library.
#[derive(Debug)]
pub struct TryIter<'a, T: 'a> {
    receiver: &'a Receiver<T>,
    place: Spot,
}

/// As in the standard library.
#[derive(Debug)]
pub struct IntoIter<T> {
    receiver: Receiver<T>,
    place: Spot,
}

impl<T> Iterator for Iter<'_, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.receiver.channel.recv(None, self.place).ok()
    }
}

impl<T> Iterator for TryIter<'_, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.receiver.channel.try_recv(self.place).ok()
    }
}

impl<T> Iterator for IntoIter<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.receiver.channel.recv(None, self.place).ok()
    }
}

impl<'a, T> IntoIterator for &'a Receiver<T> {
    type Item = T;
    type IntoIter = Iter<'a, T>;

    #[track_caller]
    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

impl<T> IntoIterator for Receiver<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;

    #[track_caller]
    fn into_iter(self) -> IntoIter<T> {
        IntoIter { receiver: self, place: Location::caller() }
    }
}
