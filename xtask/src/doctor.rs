//! `cargo xtask doctor`: whether this machine has what the course needs, and what mends it where it has not.

use crate::cli::json;
use clap::{Arg, ArgAction, ArgMatches};
use grader::course::Course;
use grader::error::Result;
use grader::exit_code::ExitCode;
use grader::hold::Hold;
use grader::toolchain::Toolchain;
use grader::words::{Lang, Text};
use report::screen;
use report::terminal::wrapped;
use serde_json::json as value;
use std::fmt::Write as _;
use student::doctor::{Finding, Health, Machine, look};

pub fn takes() -> clap::Command {
    let sandbox = Arg::new("sandbox").long("sandbox").action(ArgAction::SetTrue);
    clap::Command::new("doctor")
        .about("Look at this machine: the toolchain, the linker, the disk … each with what mends it")
        .arg(sandbox.help("Try the sandbox for other people's code, too; its program is built for that"))
        .arg(json())
        .after_help("The exit code is 4 if nothing can be checked here, else 0.")
}

/// Looks, and says what was found.
pub fn run(course: Course, said: &ArgMatches, lang: Lang) -> Result<ExitCode> {
    let variable = |name: &str| std::env::var(name).ok();
    let machine = Machine {
        variable: &variable,
        columns: screen::is_terminal().then(screen::width),
        free: screen::free_disk(&course.root),
    };
    let mut found = look(&course, &machine);
    if said.get_flag("sandbox") {
        found.push(sandbox(&course));
    }
    if said.get_flag("json") {
        let all: Vec<_> = found.iter().map(as_json).collect();
        let text = value!({ "schema": "yield-to-await/doctor/v1", "findings": all });
        screen::data(&format!("{text}\n"))?;
    } else {
        screen::print(&found.iter().map(|it| line(it, lang)).collect::<String>())?;
    }
    let worst = found.iter().map(|it| it.health).max();
    Ok(if worst == Some(Health::Bad) { ExitCode::GraderFailed } else { ExitCode::Passed })
}

/// What holds other people's code here, as it was tried.
fn sandbox(course: &Course) -> Finding {
    let tried = Toolchain::find(course).and_then(|toolchain| Hold::for_strangers(course, &toolchain));
    let (health, en, ru) = match tried {
        Ok(hold) => {
            let level = hold.isolation().0;
            (Health::Good, format!("holds: {level}"), format!("держит: {level}"))
        }
        Err(error) => (Health::Lacking, error.chain(), error.chain()),
    };
    let mend =
        (health != Health::Good && cfg!(target_os = "linux")).then(|| "sudo apt-get install bubblewrap".to_owned());
    Finding { id: "sandbox", health, says: Text { en, ru }, mend }
}

fn line(it: &Finding, lang: Lang) -> String {
    let (sign, colour) = match it.health {
        Health::Good => ("✓", anstyle::AnsiColor::Green),
        Health::Lacking => ("–", anstyle::AnsiColor::Yellow),
        Health::Bad => ("✗", anstyle::AnsiColor::Red),
    };
    let style = colour.on_default().bold();
    let text = wrapped(it.says.get(lang), screen::width().saturating_sub(18));
    let mut out = format!("{style}{sign}{style:#} {:<13}  ", it.id);
    out.push_str(&text.trim_end().replace('\n', "\n                 "));
    out.push('\n');
    if let Some(mend) = &it.mend {
        let _ = writeln!(out, "                 {} {mend}", lang.pick("mend:", "исправить:"));
    }
    out
}

fn as_json(it: &Finding) -> serde_json::Value {
    let health = match it.health {
        Health::Good => "good",
        Health::Lacking => "lacking",
        Health::Bad => "bad",
    };
    value!({ "id": it.id, "health": health, "says": { "en": it.says.en, "ru": it.says.ru }, "mend": it.mend })
}
