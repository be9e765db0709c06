//! Watching without a terminal: each verdict as `check` prints it, one after the other.

use super::judge::Judge;
use super::{News, pane};
use grader::error::Result;
use grader::exit_code::ExitCode;
use grader::words::Lang;
use report::screen;
use std::sync::mpsc::Receiver;

/// Prints until a signal ends it, or nobody reads any more.
pub fn run(lang: Lang, judge: &Judge, news: &Receiver<News>) -> Result<ExitCode> {
    let mut run = 0;
    while let Ok(news) = news.recv() {
        match news {
            News::Source(seen) => run = judge.ask(*seen),
            News::Judged(judged) if judged.run == run => {
                let text = match &judged.verdict {
                    Ok((lesson, report, stored)) => pane::verdict(lesson, report, *stored, screen::width(), lang),
                    Err(why) => format!("error: {why}\n"),
                };
                if !screen::print_to_reader(&format!("{text}\n"))? {
                    return Ok(ExitCode::Passed);
                }
            }
            News::Judged(_) | News::Stage(..) | News::Input(_) => {}
        }
    }
    Ok(ExitCode::Passed)
}
