//! `cargo xtask watch`: after each save a verdict. On a terminal it has the screen; elsewhere verdicts come one after the
//! other.
//!
//! `source` finds that something changed, `judge` grades what is there now and gives up what is not wanted any more,
//! `state` decides what is shown, `terminal` draws it. They meet in one loop, in `interactive` or `plain`.

mod interactive;
mod judge;
mod pane;
mod plain;
mod source;
mod state;
mod terminal;

use clap::{Arg, ArgMatches};
use grader::course::Course;
use grader::error::{Error, Result};
use grader::exit_code::ExitCode;
use grader::grade::Grader;
use grader::words::Lang;
use judge::{Judge, Judged};
use report::{live, screen};
use source::Seen;
use std::io::IsTerminal;
use std::sync::mpsc::{Receiver, Sender, channel};
use student::overview;
use student::progress::Progress;

/// What happened, from whichever side.
pub enum News {
    /// The lesson's source is this now.
    Source(Box<Seen>),
    /// A run is over.
    Judged(Box<Judged>),
    /// A run says how far it is.
    Stage(u64, String),
    /// The student pressed a key, turned the wheel, or changed the window.
    Input(crossterm::event::Event),
}

pub fn takes() -> clap::Command {
    clap::Command::new("watch")
        .about("Check a lesson after each save, and show its verdict while you work")
        .arg(
            Arg::new("lesson")
                .value_name("LESSON")
                .help("The lesson [default: the one whose folder you are in, else the next that is not solved]"),
        )
        .after_help("Press `?` for the keys. Not on a terminal, verdicts are printed one after the other.")
}

/// Watches until it is told to end.
pub fn run(course: Course, said: &ArgMatches, lang: Lang) -> Result<ExitCode> {
    if let Some((name, damage)) = Progress::set_aside(&course)? {
        screen::error(&format!("{}\n→ {name}", damage.chain()));
    }
    let id = match said.get_one::<String>("lesson") {
        Some(name) => course.find(name)?.clone(),
        None => overview::current(&course, std::env::current_dir().ok().as_deref())?,
    };
    let (sender, news): (Sender<News>, Receiver<News>) = channel();
    // A wrong toolchain, say, is told before the screen is taken.
    drop(Grader::open(course.clone(), Box::new(|_| {}))?);
    live::clear();
    let judge = Judge::start(course.clone(), sender.clone())?;
    let source = source::Watch::start(course.clone(), id.clone(), sender.clone())
        .map_err(|error| Error::caused("failed to start a thread", error))?;
    if std::io::stdin().is_terminal() && std::io::stdout().is_terminal() {
        interactive::run(&course, id, lang, &judge, &source, &sender, &news)
    } else {
        plain::run(lang, &judge, &news)
    }
}
