//! What takes long, told on the terminal while it goes on: one line on standard error that changes, and goes in the end.
//!
//! Only to somebody who watches. A view of events: it decides nothing and keeps nothing.

use crate::screen;
use grader::event::{Event, Held, Stage, Tell, What};
use std::collections::BTreeMap;
use std::sync::Mutex;

/// Who shows the events of a command that grades so many lessons.
pub fn tell(n_lessons: usize) -> Tell {
    let seen: Mutex<Seen> = Mutex::default();
    Box::new(move |event: &Event| {
        if let Some(line) = seen.lock().ok().and_then(|mut seen| seen.line(event, n_lessons)) {
            screen::passing(&line);
        }
    })
}

/// Takes the line away.
pub fn clear() {
    screen::passing("");
}

/// What has happened so far.
#[derive(Default)]
struct Seen {
    ran: BTreeMap<String, usize>,
    over: usize,
}

impl Seen {
    /// What is to be shown now; nothing leaves the line as it is.
    fn line(&mut self, event: &Event, n_lessons: usize) -> Option<String> {
        let lesson = event.lesson.as_ref().map(ToString::to_string).unwrap_or_default();
        let of_one = |text: String| (n_lessons == 1).then(|| format!("{lesson}: {text} …"));
        match &event.what {
            What::Waits(Held::Submission) => Some(format!("{lesson} is being checked elsewhere; waiting …")),
            What::Waits(Held::Dependencies) => Some("waiting for another build of the dependencies …".to_owned()),
            What::BuildsDependencies(names) => {
                Some(format!("building {} (once, for all lessons that use them) …", names.join(", ")))
            }
            What::BuildsReference => Some(format!("{lesson}: building the reference solution …")),
            What::Begins => of_one("compiling".to_owned()),
            What::Stage(Stage::Library, _) => of_one("compiling the probe".to_owned()),
            What::Stage(Stage::OwnTests, _) => of_one("running your tests".to_owned()),
            What::Stage(Stage::ExploredProgram, _) => of_one("exploring the schedules".to_owned()),
            What::Stage(Stage::Probe, _) => of_one("running the checks".to_owned()),
            What::Ran { check, seed, .. } => {
                let ran = self.ran.entry(lesson.clone()).or_default();
                *ran += 1;
                of_one(format!("{ran} runs are over, the last of `{check}` under seed {seed}"))
            }
            What::Stage(..) => None,
            What::Over(_) => {
                self.over += 1;
                Some(if n_lessons == 1 { String::new() } else { format!("{} of {n_lessons} lessons …", self.over) })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use grader::course::LessonId;
    use std::time::Duration;

    #[test]
    fn one_lesson_shows_its_stages_and_several_their_number() {
        let event = |what| Event { lesson: Some(LessonId { number: 5, slug: "timeit".to_owned() }), what };
        let ran = event(What::Ran { check: "slide".to_owned(), seed: 0, passed: true, took: Duration::ZERO });
        let mut seen = Seen::default();
        assert_eq!(seen.line(&event(What::Begins), 1).unwrap(), "lesson-05: compiling …");
        assert_eq!(seen.line(&ran, 1).unwrap(), "lesson-05: 1 runs are over, the last of `slide` under seed 0 …");
        assert_eq!(seen.line(&event(What::Over(Duration::ZERO)), 1).unwrap(), "");
        assert_eq!(seen.line(&ran, 2), None);
        assert_eq!(seen.line(&event(What::Over(Duration::ZERO)), 2).unwrap(), "2 of 2 lessons …");
    }
}
