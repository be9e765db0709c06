//! Coroutines of the check's own, for what `resume` may be given and may give back.

use super::shown;
use lesson_08::{Coroutine, Step};
use probe::{Inputs, OnDrop, mark};
use std::cell::Cell;
use std::marker::PhantomPinned;
use std::rc::Rc;

/// Not `Clone`; shown as the text that it is.
pub struct Word(pub String);

impl std::fmt::Debug for Word {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Debug::fmt(&self.0, f)
    }
}

/// Yields its words one by one, and says each time that it runs.
pub struct Speaker {
    pub words: Vec<String>,
    pub _local: Option<OnDrop>,
}

impl Speaker {
    pub fn of(words: usize, inputs: &mut Inputs) -> Self {
        Speaker { words: inputs.words(words), _local: None }
    }
}

impl Coroutine<Option<i64>> for Speaker {
    type Yield = Word;
    type Return = &'static str;

    fn resume(&mut self, input: Option<i64>) -> Step<Word, &'static str> {
        mark!("the coroutine runs, resumed with {}", shown(input));
        self.words.pop().map_or(Step::Complete("no more words"), |word| Step::Yielded(Word(word)))
    }
}

/// Yields so many numbers, then ends or panics.
pub struct Short {
    pub yields: u32,
    pub panics: Option<Box<dyn FnOnce()>>,
    pub _local: OnDrop,
}

impl Coroutine<Option<i64>> for Short {
    type Yield = u32;
    type Return = ();

    fn resume(&mut self, _: Option<i64>) -> Step<u32, ()> {
        if self.yields > 0 {
            self.yields -= 1;
            return Step::Yielded(self.yields);
        }
        if let Some(panics) = self.panics.take() {
            panics();
        }
        Step::Complete(())
    }
}

/// Neither `Clone` nor `Debug` nor `Send`.
pub struct Parcel<'a>(pub Rc<&'a str>);

/// Borrows what it yields, and may be neither sent nor unpinned.
pub struct Borrows<'a> {
    pub text: &'a str,
    pub runs: &'a Cell<u32>,
    pub _pinned: PhantomPinned,
}

impl<'a> Coroutine<Option<i64>> for Borrows<'a> {
    type Yield = Parcel<'a>;
    type Return = Parcel<'a>;

    fn resume(&mut self, _: Option<i64>) -> Step<Parcel<'a>, Parcel<'a>> {
        self.runs.set(self.runs.get() + 1);
        let mut chars = self.text.char_indices().skip(1).map(|(at, _)| at);
        let (head, tail) = self.text.split_at(chars.next().unwrap_or(self.text.len()));
        self.text = tail;
        if head.is_empty() { Step::Complete(Parcel(Rc::new(head))) } else { Step::Yielded(Parcel(Rc::new(head))) }
    }
}
