//! The command line: which commands there are. What a command takes stands in its own file.

use crate::{check, commands, completions, diff, doctor, hint, list, next, open, quiz, reset, run, solution};
use clap::{Arg, ArgAction, ArgMatches};
use grader::course::{Course, LessonId};
use grader::error::Result;
use grader::exit_code::ExitCode;
use grader::words::Lang;
use report::screen;
use student::overview;
use student::progress::Progress;

/// A command: what may be said to it, and what it does with what was said.
struct Entry {
    takes: fn() -> clap::Command,
    run: fn(Course, &ArgMatches, Lang) -> Result<ExitCode>,
}

const ENTRIES: [Entry; 12] = [
    Entry { takes: check::takes, run: check::run },
    Entry { takes: next::takes, run: next::run },
    Entry { takes: list::takes, run: list::run },
    Entry { takes: open::takes, run: open::run },
    Entry { takes: run::takes, run: run::run },
    Entry { takes: hint::takes, run: hint::run },
    Entry { takes: quiz::takes, run: quiz::run },
    Entry { takes: diff::takes, run: diff::run },
    Entry { takes: reset::takes, run: reset::run },
    Entry { takes: solution::takes, run: solution::run },
    Entry { takes: doctor::takes, run: doctor::run },
    Entry { takes: completions::takes, run: completions::run },
];

/// What was said.
pub struct Call {
    matches: ArgMatches,
}

/// Reads the command line. Ends the process with code 2 and a message where it makes no sense, with 0 after help.
pub fn read() -> Call {
    Call { matches: command().get_matches() }
}

impl Call {
    /// Does what was asked.
    pub fn run(&self, course: Course) -> Result<ExitCode> {
        let lang = match self.matches.get_one::<String>("lang").map(String::as_str) {
            Some("ru") => Lang::Ru,
            Some(_) => Lang::En,
            None => Lang::of_locale(&locale()),
        };
        if let Some((name, damage)) = Progress::set_aside(&course)? {
            screen::error(&set_aside(&name, &damage.chain(), lang));
        }
        let Some((name, said)) = self.matches.subcommand() else { unreachable!("clap asks for a command") };
        let entry = ENTRIES.iter().find(|entry| (entry.takes)().get_name() == name);
        entry.map_or_else(
            || unreachable!("the launcher brings `{name}` to another program"),
            |entry| (entry.run)(course, said, lang),
        )
    }
}

/// The first of these that is set and not empty decides, as POSIX has it.
fn locale() -> String {
    let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set).unwrap_or_default()
}

fn set_aside(name: &str, damage: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!(
            "{damage}\nWhat you have reached could not be read, so no lesson counts as solved. The file is kept as `{name}`: \
             mend it and name it `progress.toml` again, or go on without it."
        ),
        Lang::Ru => format!(
            "{damage}\nДостигнутое прочесть не удалось, поэтому ни один урок не считается пройденным. Файл сохранён как \
             `{name}`: исправьте его и верните ему имя `progress.toml` или продолжайте без него."
        ),
    }
}

/// The argument that names a lesson.
pub fn lesson() -> Arg {
    Arg::new("lesson").value_name("LESSON")
}

/// The same, where it may be left out.
pub fn lesson_or_current() -> Arg {
    lesson().help("The lesson [default: the one whose folder you are in, else the next that is not solved]")
}

/// `--json`, for a command that reports.
pub fn json() -> Arg {
    Arg::new("json").long("json").action(ArgAction::SetTrue).help("Say it as JSON; xtask/JSON.md describes the form")
}

/// `--yes`, for a command that asks.
pub fn yes(help: &'static str) -> Arg {
    Arg::new("yes").long("yes").action(ArgAction::SetTrue).help(help)
}

/// The lesson that was named, if one was.
pub fn named(said: &ArgMatches) -> Option<&str> {
    said.get_one::<String>("lesson").map(String::as_str)
}

/// The lesson that was named, else the one whose folder we are in, else the next that is not solved.
pub fn named_or_current(course: &Course, said: &ArgMatches) -> Result<LessonId> {
    match named(said) {
        Some(name) => course.find(name).cloned(),
        None => overview::current(course, std::env::current_dir().ok().as_deref()),
    }
}

/// All commands, those of other programs among them.
pub fn command() -> clap::Command {
    // The launcher never brings the last ones here: they are named for `--help`.
    let others = commands::OTHERS.iter().flat_map(|program| program.commands);
    let elsewhere = others.map(|(name, about)| clap::Command::new(*name).about(*about));
    clap::Command::new("cargo xtask")
        .bin_name("cargo xtask")
        .about("From `yield` to `.await`: check your lessons, run the slides' programs, get hints")
        .after_help("A lesson may be named `lesson-05`, `5` or `timeit`.")
        .subcommands(ENTRIES.iter().map(|entry| (entry.takes)()).chain(elsewhere))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .arg(
            Arg::new("lang")
                .long("lang")
                .global(true)
                .value_name("LANG")
                .value_parser(["en", "ru"])
                .help("Language of the texts [default: the locale's]"),
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_line_is_sound() {
        command().debug_assert();
    }

    #[test]
    fn a_number_below_zero_is_refused_as_such() {
        let error =
            command().try_get_matches_from(["cargo xtask", "check", "5", "--seed", "-1"]).unwrap_err().to_string();
        assert!(error.contains("invalid value '-1'") && !error.contains("-- -1"), "{error}");
    }
}
