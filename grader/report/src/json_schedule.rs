//! Schedules as JSON: what was done by which thread, where and with what, so that pictures can be drawn of it.

use super::json::{list, optional, text};
use grader::outcome::Coverage;
use interleave::wire::{Broken, Place, Step, Waiting, What};
use serde_json::{Value, json};

pub(crate) fn write_coverage(it: Coverage) -> Value {
    json!({ "schedules": it.schedules, "complete": it.complete, "preemptions": it.preemptions })
}

pub(crate) fn read_coverage(value: &Value) -> Option<Coverage> {
    Some(Coverage {
        schedules: value["schedules"].as_u64()?,
        complete: value["complete"].as_bool()?,
        preemptions: number(&value["preemptions"])?,
    })
}

pub(crate) fn write_broken(broken: &Broken) -> Value {
    json!({
        "number": broken.schedule,
        "preemptions": broken.preemptions,
        "what": write_what(&broken.what),
        "printed": broken.printed,
        "steps": broken.steps.iter().map(write_step).collect::<Vec<_>>(),
    })
}

pub(crate) fn read_broken(value: &Value) -> Option<Broken> {
    Some(Broken {
        schedule: value["number"].as_u64()?,
        preemptions: number(&value["preemptions"])?,
        what: read_what(&value["what"])?,
        printed: text(&value["printed"])?,
        steps: list(&value["steps"], read_step)?,
    })
}

fn write_what(what: &What) -> Value {
    let all = |waiting: &[Waiting]| waiting.iter().map(write_waiting).collect::<Vec<_>>();
    match what {
        What::Deadlock(waiting) => json!({ "kind": "deadlock", "waiting": all(waiting) }),
        What::Leak(waiting) => json!({ "kind": "leak", "waiting": all(waiting) }),
        What::Livelock { steps, busy } => json!({ "kind": "livelock", "steps": steps, "busy": all(busy) }),
        What::Panic { message, place } => {
            json!({ "kind": "panic", "message": message, "place": place.as_ref().map(write_place) })
        }
        What::Promise { text, place } => json!({ "kind": "promise", "text": text, "place": write_place(place) }),
    }
}

fn read_what(value: &Value) -> Option<What> {
    Some(match value["kind"].as_str()? {
        "deadlock" => What::Deadlock(list(&value["waiting"], read_waiting)?),
        "leak" => What::Leak(list(&value["waiting"], read_waiting)?),
        "livelock" => What::Livelock { steps: value["steps"].as_u64()?, busy: list(&value["busy"], read_waiting)? },
        "panic" => What::Panic { message: text(&value["message"])?, place: optional(&value["place"], read_place)? },
        "promise" => What::Promise { text: text(&value["text"])?, place: read_place(&value["place"])? },
        _ => return None,
    })
}

fn write_waiting(it: &Waiting) -> Value {
    json!({
        "thread": it.thread, "name": it.name, "place": write_place(&it.place), "what": it.what, "object": it.object,
    })
}

fn read_waiting(value: &Value) -> Option<Waiting> {
    Some(Waiting {
        thread: number(&value["thread"])?,
        name: optional(&value["name"], text)?,
        place: read_place(&value["place"])?,
        what: text(&value["what"])?,
        object: optional(&value["object"], text)?,
    })
}

fn write_step(it: &Step) -> Value {
    json!({
        "thread": it.thread, "name": it.name, "place": write_place(&it.place), "what": it.what, "object": it.object,
        "value": it.value, "waits": it.waits,
    })
}

fn read_step(value: &Value) -> Option<Step> {
    Some(Step {
        thread: number(&value["thread"])?,
        name: optional(&value["name"], text)?,
        place: read_place(&value["place"])?,
        what: text(&value["what"])?,
        object: optional(&value["object"], text)?,
        value: optional(&value["value"], text)?,
        waits: value["waits"].as_bool()?,
    })
}

fn write_place(place: &Place) -> Value {
    json!({ "file": place.file, "line": place.line })
}

fn read_place(value: &Value) -> Option<Place> {
    Some(Place { file: text(&value["file"])?, line: number(&value["line"])? })
}

fn number<T: TryFrom<u64>>(value: &Value) -> Option<T> {
    value.as_u64()?.try_into().ok()
}
