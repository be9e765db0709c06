//! What a schedule writes down while it runs: cheap to keep for each step, and made readable only for the one that is told.

use crate::object::Named;
use crate::wire::{Place, Step, Waiting};
use std::panic::Location;

/// A line of the program under exploration.
pub(crate) type Spot = &'static Location<'static>;

/// An operation: what is done, with what, from where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Op {
    pub what: &'static str,
    pub object: Option<Named>,
    pub place: Spot,
}

impl Op {
    pub(crate) fn new(what: &'static str, object: Named, place: Spot) -> Self {
        Op { what, object: Some(object), place }
    }

    /// One that has no object.
    pub(crate) fn bare(what: &'static str, place: Spot) -> Self {
        Op { what, object: None, place }
    }

    /// A number that tells it from most others; the same in each run of the same program.
    pub(crate) fn hash(&self) -> u64 {
        let mut hash = Fnv::new();
        hash.add(self.place.line().into());
        hash.add(self.place.column().into());
        hash.add(self.object.map_or(0, |object| object.number.into()));
        self.what.bytes().for_each(|byte| hash.add(byte.into()));
        hash.0
    }
}

/// Fowler, Noll and Vo's hash, over numbers. The standard library's is not promised to stay the same.
pub(crate) struct Fnv(pub u64);

impl Fnv {
    pub(crate) fn new() -> Self {
        Fnv(0xcbf2_9ce4_8422_2325)
    }

    pub(crate) fn add(&mut self, number: u64) {
        self.0 = (self.0 ^ number).wrapping_mul(0x100_0000_01b3);
    }
}

/// What came of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Value {
    None,
    Bool(bool),
    Int(i128),
    Word(&'static str),
}

/// A step that was taken.
pub(crate) struct Taken {
    pub thread: usize,
    pub op: Op,
    pub value: Value,
    pub waits: bool,
}

/// The steps as they are told.
pub(crate) fn steps(taken: &[Taken], name: impl Fn(usize) -> Option<String>) -> Vec<Step> {
    let step = |t: &Taken| Step {
        thread: t.thread,
        name: name(t.thread),
        place: place(t.op.place),
        what: t.op.what.to_owned(),
        object: t.op.object.map(|object| object.to_string()),
        value: match t.value {
            Value::None => None,
            Value::Bool(it) => Some(it.to_string()),
            Value::Int(it) => Some(it.to_string()),
            Value::Word(it) => Some(it.to_owned()),
        },
        waits: t.waits,
    };
    taken.iter().map(step).collect()
}

pub(crate) fn waiting(thread: usize, name: Option<String>, op: &Op) -> Waiting {
    let object = op.object.map(|object| object.to_string());
    Waiting { thread, name, place: place(op.place), what: op.what.to_owned(), object }
}

pub(crate) fn place(spot: Spot) -> Place {
    Place { file: spot.file().to_owned(), line: spot.line() }
}
