//! A subscriber that writes down the readers' spans, and the warnings that happen in them.

use probe::mark;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing::{Event, Level, Metadata, Subscriber};

#[derive(Default)]
struct State {
    /// The field `n` of each span that is called `reader`, by the span's number from 1; nothing for other spans.
    spans: Vec<Option<String>>,
    entered: Vec<u64>,
    told: Vec<String>,
}

#[derive(Clone, Default)]
pub struct Told(Arc<Mutex<State>>);

impl Told {
    /// What there was since the last time, in a line each; warnings in the order of their readers.
    pub fn tell(&self) {
        let mut told = std::mem::take(&mut self.0.lock().expect("nobody panics with it").told);
        told.sort();
        told.iter().for_each(|line| mark!("{line}"));
    }
}

/// From here on, until the guard is dropped, this thread's spans and events are written down.
pub fn listen() -> (Told, DefaultGuard) {
    let told = Told::default();
    (told.clone(), tracing::subscriber::set_default(told))
}

struct Number(Option<String>);

impl Visit for Number {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "n" {
            self.0 = Some(format!("{value:?}"));
        }
    }
}

impl Subscriber for Told {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut state = self.0.lock().expect("nobody panics with it");
        let mut number = Number(None);
        span.record(&mut number);
        let is_readers = span.metadata().name() == "reader";
        if is_readers {
            let n = number.0.clone().unwrap_or_else(|| "nothing".to_owned());
            state.told.push(format!("a span `reader` of the level {} with n = {n}", span.metadata().level()));
        }
        state.spans.push(is_readers.then(|| number.0.unwrap_or_default()));
        Id::from_u64(state.spans.len() as u64)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        if *event.metadata().level() != Level::WARN {
            return;
        }
        let mut state = self.0.lock().expect("nobody panics with it");
        let of = |id: &u64| state.spans.get(*id as usize - 1).cloned().flatten();
        let within = match event.parent() {
            Some(id) => of(&id.into_u64()),
            None if event.is_contextual() => state.entered.iter().rev().find_map(of),
            None => None,
        };
        let within = within.map_or("in no reader's span".to_owned(), |n| format!("in the span of reader {n}"));
        state.told.push(format!("a warning {within}"));
    }

    fn enter(&self, id: &Id) {
        self.0.lock().expect("nobody panics with it").entered.push(id.into_u64());
    }

    fn exit(&self, id: &Id) {
        let mut state = self.0.lock().expect("nobody panics with it");
        if let Some(at) = state.entered.iter().rposition(|entered| *entered == id.into_u64()) {
            state.entered.remove(at);
        }
    }
}
