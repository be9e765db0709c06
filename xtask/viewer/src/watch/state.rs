//! What the screen shows: which lesson, the newest verdict and whether it is stale, which pane, how far it is scrolled.
//! It knows neither files nor the terminal.

use super::judge::Judged;
use grader::course::LessonId;
use grader::lesson::Lesson;
use grader::outcome::Report;
use grader::words::Lang;
use std::time::{Duration, Instant};

/// All that decides what is drawn.
pub struct State {
    /// The language of the texts.
    pub lang: Lang,
    /// The lesson at hand.
    pub lesson: LessonId,
    /// The number of the run whose verdict is waited for; 0: none was asked for yet.
    pub run: u64,
    /// What that run is at.
    pub stage: String,
    /// The newest verdict on this lesson.
    pub verdict: Option<Shown>,
    /// The pane in the verdict's place, if there is one.
    pub pane: Option<String>,
    /// The first row that is shown.
    pub scroll: usize,
}

/// A verdict, with what it is a verdict on.
pub struct Shown {
    /// The lesson as it was graded, the report, and whether it was stored; or why there is none.
    pub verdict: Result<(Lesson, Report, bool), String>,
    /// When it came.
    pub came: Instant,
    /// How long it took.
    pub took: Duration,
    /// The source is another one by now.
    pub stale: bool,
}

impl State {
    /// A screen without a verdict yet.
    pub fn new(lesson: LessonId, lang: Lang) -> State {
        State { lang, lesson, run: 0, stage: String::new(), verdict: None, pane: None, scroll: 0 }
    }

    /// The source is another one, and this run is to judge it. What is shown is stale from this moment.
    pub fn asked(&mut self, run: u64) {
        self.run = run;
        self.stage.clear();
        if let Some(shown) = &mut self.verdict {
            shown.stale = true;
        }
    }

    /// Turns to another lesson.
    pub fn turn_to(&mut self, lesson: LessonId) {
        *self = State::new(lesson, self.lang);
    }

    /// A run says how far it is. One of before says nothing any more.
    pub fn at_stage(&mut self, run: u64, stage: String) {
        if run == self.run {
            self.stage = stage;
        }
    }

    /// A run is over. The verdict of one of before is thrown away: it is about a source that is gone.
    pub fn judged(&mut self, judged: Judged, now: Instant) {
        if judged.run == self.run {
            self.stage.clear();
            self.verdict = Some(Shown { verdict: judged.verdict, came: now, took: judged.took, stale: false });
            if self.pane.is_none() {
                self.scroll = 0;
            }
        }
    }

    /// Whether a verdict is on its way.
    pub fn waits(&self) -> bool {
        self.verdict.as_ref().is_none_or(|shown| shown.stale)
    }

    /// Shows this in the verdict's place; nothing: the verdict again.
    pub fn show(&mut self, pane: Option<String>) {
        (self.pane, self.scroll) = (pane, 0);
    }

    /// What the first line says of the verdict: what was judged, and how long ago.
    pub fn status(&self, now: Instant) -> String {
        let lang = self.lang;
        let Some(shown) = &self.verdict else {
            let text = lang.pick("judging", "проверяется");
            return format!("{text}: {}", if self.stage.is_empty() { "…" } else { &self.stage });
        };
        if shown.stale {
            let text = lang.pick("STALE, judging anew", "УСТАРЕЛО, проверяется заново");
            return format!("{text}: {}", if self.stage.is_empty() { "…" } else { &self.stage });
        }
        let source = match &shown.verdict {
            Ok((_, report, _)) if !report.made_by.submission.is_empty() => &report.made_by.submission[..8],
            _ => "—",
        };
        let took = format!("{}.{:02} s", shown.took.as_secs(), shown.took.subsec_millis() / 10);
        let ago = ago(now.saturating_duration_since(shown.came), lang);
        match lang {
            Lang::En => format!("source {source} · judged {ago} in {took}"),
            Lang::Ru => format!("код {source} · проверен {ago} за {took}"),
        }
    }
}

/// How long ago, in words that change seldom: the screen is drawn again only when they do.
fn ago(since: Duration, lang: Lang) -> String {
    match (since.as_secs(), lang) {
        (0..10, Lang::En) => "just now".to_owned(),
        (0..10, Lang::Ru) => "только что".to_owned(),
        (s @ 10..60, Lang::En) => format!("{} s ago", s / 10 * 10),
        (s @ 10..60, Lang::Ru) => format!("{} с назад", s / 10 * 10),
        (s, Lang::En) => format!("{} min ago", s / 60),
        (s, Lang::Ru) => format!("{} мин назад", s / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(run: u64) -> Judged {
        Judged { run, verdict: Err(format!("run {run}")), took: Duration::from_millis(340) }
    }

    fn shown(state: &State) -> &str {
        state.verdict.as_ref().unwrap().verdict.as_ref().unwrap_err()
    }

    #[test]
    fn a_verdict_is_stale_from_the_moment_the_source_differs_and_a_late_one_is_never_shown() {
        let mut state = State::new(LessonId { number: 5, slug: "timeit".to_owned() }, Lang::En);
        let now = Instant::now();
        assert!(state.waits());
        state.asked(1);
        state.judged(judged(1), now);
        assert!(!state.waits() && state.status(now).contains("just now in 0.34 s"), "{}", state.status(now));
        state.asked(2);
        assert!(state.status(now).starts_with("STALE"));
        state.asked(3);
        state.judged(judged(2), now);
        assert_eq!(shown(&state), "run 1", "what an old run says late is thrown away");
        state.at_stage(2, "checks …".to_owned());
        assert!(!state.status(now).contains("checks"));
        state.judged(judged(3), now);
        assert_eq!(shown(&state), "run 3");
        assert!(state.status(now + Duration::from_secs(75)).contains("1 min ago"));
    }

    #[test]
    fn another_lesson_begins_without_a_verdict() {
        let mut state = State::new(LessonId { number: 5, slug: "timeit".to_owned() }, Lang::Ru);
        state.asked(1);
        state.judged(judged(1), Instant::now());
        state.turn_to(LessonId { number: 6, slug: "tail".to_owned() });
        state.judged(judged(1), Instant::now());
        assert!(state.verdict.is_none(), "what was judged is the lesson's of before");
    }
}
