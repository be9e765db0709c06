//! The thread that grades. A request ends the run that is under way, process tree and all; each run has a number, and what
//! one says carries it, so that nobody takes an old verdict for a new one.

use super::News;
use super::source::Seen;
use grader::course::Course;
use grader::error::{Error, Result};
use grader::event::{Event, Stage, What};
use grader::grade::{Grader, Origin, Request, Seeds};
use grader::hold::Hold;
use grader::lesson::Lesson;
use grader::outcome::Report;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

/// What came of a run.
pub struct Judged {
    /// Its number.
    pub run: u64,
    /// The lesson as it was graded, and the verdict; or why there is none.
    pub verdict: std::result::Result<(Lesson, Report, bool), String>,
    /// From the request to the verdict.
    pub took: Duration,
}

/// Whom to ask for a verdict.
pub struct Judge {
    asks: Sender<(u64, Seen, Arc<AtomicBool>)>,
    under_way: Mutex<Arc<AtomicBool>>,
    runs: AtomicU64,
}

impl Judge {
    /// Starts the thread. It ends when nobody listens any more.
    pub fn start(course: Course, news: Sender<News>) -> Result<Judge> {
        let (asks, asked) = channel();
        let thread = thread::Builder::new().name("judge".to_owned());
        thread
            .spawn(move || work(&course, &asked, &news))
            .map_err(|error| Error::caused("failed to start a thread", error))?;
        Ok(Judge { asks, under_way: Mutex::default(), runs: AtomicU64::new(0) })
    }

    /// Asks for a verdict on this source, and ends the run before. Gives the new run's number.
    pub fn ask(&self, seen: Seen) -> u64 {
        let run = self.runs.fetch_add(1, Ordering::Relaxed) + 1;
        let stop = Arc::new(AtomicBool::new(false));
        let before =
            std::mem::replace(&mut *self.under_way.lock().unwrap_or_else(PoisonError::into_inner), Arc::clone(&stop));
        before.store(true, Ordering::Release);
        // The thread ends only with the program.
        let _ = self.asks.send((run, seen, stop));
        run
    }
}

fn work(course: &Course, asked: &Receiver<(u64, Seen, Arc<AtomicBool>)>, news: &Sender<News>) {
    let now = Arc::new(AtomicU64::new(0));
    let (tell_news, tell_now) = (Mutex::new(news.clone()), Arc::clone(&now));
    let tell = move |event: &Event| {
        if let Some(text) = stage(event) {
            let run = tell_now.load(Ordering::Acquire);
            let _ = tell_news.lock().unwrap_or_else(PoisonError::into_inner).send(News::Stage(run, text));
        }
    };
    let mut grader = match Grader::open(course.clone(), Box::new(tell)) {
        Ok(grader) => grader,
        Err(error) => {
            let judged = Judged { run: 1, verdict: Err(error.chain()), took: Duration::ZERO };
            let _ = news.send(News::Judged(Box::new(judged)));
            return;
        }
    };
    while let Ok((run, seen, stop)) = asked.recv() {
        if stop.load(Ordering::Acquire) {
            continue;
        }
        let started = Instant::now();
        now.store(run, Ordering::Release);
        grader.hold = Hold::Until(Arc::clone(&stop));
        let verdict = one(&grader, seen).map_err(|error| error.chain());
        // What was stopped has failed of that, which is nobody's verdict.
        if stop.load(Ordering::Acquire) {
            continue;
        }
        let judged = Judged { run, verdict, took: started.elapsed() };
        if news.send(News::Judged(Box::new(judged))).is_err() {
            return;
        }
    }
}

fn one(grader: &Grader, seen: Seen) -> Result<(Lesson, Report, bool)> {
    let lesson = Lesson::load(&grader.course, &seen.lesson)?;
    let request = Request { lesson: &lesson, submission: seen.submission, origin: Origin::Own, seeds: Seeds::Public };
    let verdict = student::check::check(grader, &request)?;
    Ok((lesson, verdict.report, verdict.stored))
}

/// What a run is at, in a word that stands in both languages' screens beside the lesson's name.
fn stage(event: &Event) -> Option<String> {
    match &event.what {
        What::Begins => Some("rustc …".to_owned()),
        What::Stage(Stage::Library, _) => Some("rustc, probe …".to_owned()),
        What::Stage(Stage::Probe, _) => Some("checks …".to_owned()),
        What::Stage(Stage::ExploredProgram, _) => Some("schedules …".to_owned()),
        What::BuildsDependencies(names) => Some(format!("{} …", names.join(", "))),
        What::Waits(_) => Some("lock …".to_owned()),
        _ => None,
    }
}
