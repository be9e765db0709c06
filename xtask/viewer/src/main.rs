//! `cargo xtask watch`, a program of its own: a student's first `check` does not wait for what draws on a terminal.

mod watch;

use clap::{Arg, ArgMatches};
use grader::course::Course;
use grader::error::Result;
use grader::exit_code::ExitCode;
use grader::words::Lang;
use report::screen;
use std::path::PathBuf;

fn main() -> std::process::ExitCode {
    process::end_all_on_interrupt();
    process::on_interrupt(grader::files::remove_temporaries);
    let code = run(&command().get_matches()).unwrap_or_else(|error| {
        screen::error(&error.chain());
        ExitCode::of_error(&error)
    });
    std::process::ExitCode::from(code as u8)
}

fn run(matches: &ArgMatches) -> Result<ExitCode> {
    let lang = match matches.get_one::<String>("lang").map(String::as_str) {
        Some("ru") => Lang::Ru,
        Some(_) => Lang::En,
        None => Lang::of_locale(&locale()),
    };
    // As the launcher sets it: a clone that was moved is found where it is now.
    let xtask = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(".."), PathBuf::from);
    let course = Course::open(xtask.parent().unwrap_or(&xtask))?;
    match matches.subcommand() {
        Some(("watch", said)) => watch::run(course, said, lang),
        _ => unreachable!("the launcher brings other commands to other programs"),
    }
}

/// The first of these that is set and not empty decides, as POSIX has it.
fn locale() -> String {
    let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set).unwrap_or_default()
}

fn command() -> clap::Command {
    clap::Command::new("cargo xtask")
        .bin_name("cargo xtask")
        .about("From `yield` to `.await`: what shows your work while you do it")
        .subcommand_required(true)
        .disable_help_subcommand(true)
        .subcommand(watch::takes())
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
    #[test]
    fn every_command_line_is_sound() {
        super::command().debug_assert();
    }
}
