//! How a run broke, as JSON: a name and a number.

use grader::outcome::FaultKind;

/// The name of a fault, and its number: milliseconds, bytes, an exit code or a signal; 0 where there is none.
pub(crate) fn fault_name(kind: FaultKind) -> (&'static str, i64) {
    match kind {
        FaultKind::Hang { deadline_ms } => ("hang", deadline_ms as i64),
        FaultKind::Busy { after_ms } => ("busy", after_ms as i64),
        FaultKind::Memory { limit } => ("memory", limit as i64),
        FaultKind::Output { limit } => ("output", limit as i64),
        FaultKind::Tasks => ("tasks", 0),
        FaultKind::Disk => ("disk", 0),
        FaultKind::EndedEarly(code) => ("ended_early", code.into()),
        FaultKind::Signal(signal) => ("signal", signal.into()),
        FaultKind::Stragglers => ("stragglers", 0),
    }
}

pub(crate) fn read_fault(name: &str, number: i64) -> Option<FaultKind> {
    Some(match name {
        "hang" => FaultKind::Hang { deadline_ms: number.try_into().ok()? },
        "busy" => FaultKind::Busy { after_ms: number.try_into().ok()? },
        "memory" => FaultKind::Memory { limit: number.try_into().ok()? },
        "output" => FaultKind::Output { limit: number.try_into().ok()? },
        "tasks" => FaultKind::Tasks,
        "disk" => FaultKind::Disk,
        "ended_early" => FaultKind::EndedEarly(number.try_into().ok()?),
        "signal" => FaultKind::Signal(number.try_into().ok()?),
        "stragglers" => FaultKind::Stragglers,
        _ => return None,
    })
}
