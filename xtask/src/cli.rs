//! The command line: what may be said, and what was.

use crate::commands;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Arg, ArgAction, ArgMatches, value_parser};
use grader::exit_code::ExitCode;
use grader::words::Lang;
use std::path::PathBuf;

/// What was said.
pub struct Call {
    pub lang: Lang,
    pub command: Command,
}

pub enum Command {
    Check(Check),
    Run(String),
    List,
    Hint { lesson: String, check: Option<String>, level: Option<usize> },
    Quiz(Option<String>),
}

pub struct Check {
    pub lessons: Vec<String>,
    pub all: bool,
    pub solution: bool,
    pub path: Option<PathBuf>,
    pub seed: Option<u64>,
    pub format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Human,
    Json,
    Github,
    Junit,
}

/// Reads the command line. Ends the process with code 2 and a message where it makes no sense, with 0 after help.
pub fn read() -> Call {
    let matches = command().get_matches();
    let lang = match matches.get_one::<String>("lang").map(String::as_str) {
        Some("ru") => Lang::Ru,
        Some(_) => Lang::En,
        None => Lang::of_locale(&locale()),
    };
    Call { lang, command: resolve(&matches) }
}

/// The first of these that is set and not empty decides, as POSIX has it.
fn locale() -> String {
    let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set).unwrap_or_default()
}

fn resolve(matches: &ArgMatches) -> Command {
    let Some((name, sub)) = matches.subcommand() else { unreachable!("clap asks for a command") };
    let strings = |id: &str| sub.get_many::<String>(id).into_iter().flatten().cloned().collect::<Vec<_>>();
    let string = |id: &str| sub.get_one::<String>(id).cloned();
    match name {
        "check" => Command::Check(Check {
            lessons: strings("lesson"),
            all: sub.get_flag("all"),
            solution: sub.get_flag("solution"),
            path: sub.get_one::<PathBuf>("path").cloned(),
            seed: sub.get_one::<u64>("seed").copied(),
            format: *sub.get_one::<Format>("format").unwrap_or(&Format::Human),
        }),
        "run" => Command::Run(string("lesson").unwrap_or_default()),
        "list" => Command::List,
        "hint" => Command::Hint {
            lesson: string("lesson").unwrap_or_default(),
            check: string("check"),
            level: sub.get_one::<u64>("level").map(|level| *level as usize),
        },
        "quiz" => Command::Quiz(string("lesson")),
        other => unreachable!("clap knows no `{other}`"),
    }
}

const LESSONS: &str = "A lesson may be named `lesson-05`, `5` or `timeit`.";

fn check_more() -> String {
    format!(
        "Without a lesson: the one whose folder you are in, else the next that is not solved.\n\n\
         Exit codes:\n{}\nExamples:\n  cargo xtask check lesson-05\n  cargo xtask check 5 --seed 1234\n  \
         cargo xtask check --all --path ../ann --format github",
        ExitCode::table()
    )
}

fn command() -> clap::Command {
    let lesson = || Arg::new("lesson").value_name("LESSON");
    let lessons = || lesson().num_args(0..);
    let number = |name: &'static str| {
        Arg::new(name).long(name).value_name("N").value_parser(value_parser!(u64)).allow_negative_numbers(true)
    };
    let flag = |name: &'static str| Arg::new(name).long(name).action(ArgAction::SetTrue);
    let formats = PossibleValuesParser::new(["human", "json", "github", "junit"]).map(|name| match name.as_str() {
        "json" => Format::Json,
        "github" => Format::Github,
        "junit" => Format::Junit,
        _ => Format::Human,
    });
    // The launcher never brings these here: they are named for `--help`.
    let others = commands::OTHERS.iter().flat_map(|program| program.commands);
    let elsewhere = others.map(|(name, about)| clap::Command::new(*name).about(*about).display_order(1000));
    clap::Command::new("cargo xtask")
        .bin_name("cargo xtask")
        .about("From `yield` to `.await`: check your lessons, run the slides' programs, get hints")
        .after_help(LESSONS)
        .subcommands(elsewhere)
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
        .subcommand(
            clap::Command::new("check")
                .about("Check your work on a lesson, and say why")
                .after_help(check_more())
                .arg(lessons().help("The lessons to check"))
                .arg(flag("all").conflicts_with("lesson").help("Check every lesson"))
                .arg(flag("solution").help("Check the reference solution in place of your work"))
                .arg(
                    Arg::new("path")
                        .long("path")
                        .value_name("DIR")
                        .value_parser(value_parser!(PathBuf))
                        .conflicts_with("solution")
                        .help("Check the work in this folder: a clone of the course, or a folder with `src/lib.rs`"),
                )
                .arg(number("seed").value_name("S").help("Draw the inputs from this seed in place of the public ones"))
                .arg(
                    Arg::new("format")
                        .long("format")
                        .value_name("FORMAT")
                        .value_parser(formats)
                        .help("How to say it [default: human]"),
                ),
        )
        .subcommand(
            clap::Command::new("run")
                .about("Run the slide's program with your work")
                .arg(lesson().required(true).help("The lesson")),
        )
        .subcommand(clap::Command::new("list").about("Show the lessons, what they are worth and how far you are"))
        .subcommand(
            clap::Command::new("hint")
                .about("Show the next hint on a check; there are three, one at a time")
                .arg(lesson().required(true).help("The lesson"))
                .arg(
                    Arg::new("check")
                        .value_name("CHECK")
                        .help("The check [default: the first that your work does not pass]"),
                )
                .arg(
                    number("level")
                        .value_parser(value_parser!(u64).range(1..=3))
                        .help("Show this level, 1 to 3, in place of the next"),
                ),
        )
        .subcommand(
            clap::Command::new("quiz")
                .about("Predict the output: the questions of the READMEs, in the terminal")
                .arg(lesson().help("The lesson [default: all, one after the other]")),
        )
}
