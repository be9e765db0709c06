//! `cargo xtask reset`: back to the stub, with the student's work put away; and back again.

use crate::cli::{lesson, named, yes};
use clap::{Arg, ArgAction, ArgMatches};
use grader::course::Course;
use grader::error::{Error, Result};
use grader::exit_code::ExitCode;
use grader::words::Lang;
use report::screen;
use std::io::{BufRead, IsTerminal};
use student::put_away;

pub fn takes() -> clap::Command {
    let undo = Arg::new("undo").long("undo").action(ArgAction::SetTrue);
    clap::Command::new("reset")
        .about("Begin a lesson anew: its stub comes back, and your work is put away")
        .arg(lesson().required(true).help("The lesson"))
        .arg(undo.help("Bring back what was put away last"))
        .arg(yes("Do not ask"))
}

/// Asks, unless it is told not to; without a terminal that means no.
pub fn run(course: Course, said: &ArgMatches, lang: Lang) -> Result<ExitCode> {
    let id = course.find(named(said).unwrap_or_default())?.clone();
    let undo = said.get_flag("undo");
    if !said.get_flag("yes") && !agreed(&question(&id.to_string(), undo, lang))? {
        let text = lang.pick(
            "Nothing was changed. Without a terminal, say `--yes`.",
            "Ничего не изменено. Без терминала скажите `--yes`.",
        );
        screen::print(&format!("{text}\n"))?;
        return Ok(ExitCode::Failed);
    }
    let done = if undo { put_away::undo(&course, &id)? } else { put_away::reset(&course, &id)? };
    let text = match (done, undo) {
        (Some(put), _) => {
            let what = match (undo, lang) {
                (false, Lang::En) => format!("The stub of {id} is back."),
                (false, Lang::Ru) => format!("Заготовка урока {id} возвращена."),
                (true, Lang::En) => format!("Your work on {id} is back."),
                (true, Lang::Ru) => format!("Ваша работа над уроком {id} возвращена."),
            };
            let (kept, undo) = (
                lang.pick("What stood there is kept in", "То, что там стояло, лежит в"),
                lang.pick("to undo", "вернуть"),
            );
            format!("{what} {kept} {}/\n\n  {undo}  cargo xtask reset {id} --undo\n", put.backup)
        }
        (None, false) => lang
            .pick("It is the stub already; nothing was changed.\n", "Это уже заготовка; ничего не изменено.\n")
            .to_owned(),
        (None, true) => {
            let en = format!("nothing was put away of {id} that is not there already");
            let ru = format!("возвращать нечего: из урока {id} ничего не откладывали, или оно уже на месте");
            return Err(Error::Usage(if lang == Lang::En { en } else { ru }));
        }
    };
    screen::print(&text)?;
    Ok(ExitCode::Passed)
}

fn question(id: &str, undo: bool, lang: Lang) -> String {
    match (undo, lang) {
        (false, Lang::En) => format!("Put your work on {id} away and begin with its stub? [y/N] "),
        (false, Lang::Ru) => format!("Отложить вашу работу над {id} и начать с заготовки? [y/N] "),
        (true, Lang::En) => format!("Bring back what was put away of {id}, and put away what is there? [y/N] "),
        (true, Lang::Ru) => format!("Вернуть отложенное из {id}, а то, что там сейчас, отложить? [y/N] "),
    }
}

/// The student's answer; the end of input, anything but a yes, and a missing terminal are a no.
fn agreed(question: &str) -> Result<bool> {
    if !(std::io::stdin().is_terminal() && std::io::stdout().is_terminal()) {
        return Ok(false);
    }
    screen::print(question)?;
    let answer = std::io::stdin().lock().lines().next().transpose();
    let answer = answer.map_err(|error| Error::caused("failed to read your answer", error))?.unwrap_or_default();
    Ok(["y", "yes", "д", "да"].contains(&answer.trim().to_lowercase().as_str()))
}
