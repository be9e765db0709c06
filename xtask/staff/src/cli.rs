//! The command line of what teachers and authors run.

use crate::{grade, grades, merge};
use clap::{Arg, ArgAction, ArgMatches, value_parser};
use std::path::PathBuf;

pub enum Command {
    Audit(Audit),
    Bench(Bench),
    NewLesson(NewLesson),
    Grade(ArgMatches),
    Grades(ArgMatches),
    Merge(ArgMatches),
    Picture,
}

pub struct Audit {
    pub lessons: Vec<String>,
    pub runs: u64,
    pub update: bool,
    pub show: Option<String>,
    pub rebase: bool,
    pub save_patch: Option<PathBuf>,
    pub mutants: bool,
    pub right_too: bool,
}

pub struct NewLesson {
    pub number: String,
    pub slug: String,
    pub asynchronous: bool,
}

pub struct Bench {
    pub lessons: Vec<String>,
    pub all: bool,
    pub rounds: usize,
    pub conventional: bool,
}

/// Reads the command line. Ends the process with code 2 and a message where it makes no sense, with 0 after help.
pub fn read() -> Command {
    resolve(&command().get_matches())
}

fn resolve(matches: &ArgMatches) -> Command {
    let Some((name, sub)) = matches.subcommand() else { unreachable!("clap asks for a command") };
    let strings = |id: &str| sub.get_many::<String>(id).into_iter().flatten().cloned().collect::<Vec<_>>();
    match name {
        "audit" => Command::Audit(Audit {
            lessons: strings("lesson"),
            runs: *sub.get_one::<u64>("runs").unwrap_or(&4),
            update: sub.get_flag("update"),
            show: sub.get_one::<String>("show").cloned(),
            rebase: sub.get_flag("rebase"),
            save_patch: sub.get_one::<PathBuf>("save-patch").cloned(),
            mutants: sub.get_flag("mutants"),
            right_too: sub.get_flag("right-too"),
        }),
        "bench" => Command::Bench(Bench {
            lessons: strings("lesson"),
            all: sub.get_flag("all"),
            rounds: *sub.get_one::<u64>("rounds").unwrap_or(&15) as usize,
            conventional: !sub.get_flag("no-conventional"),
        }),
        "new-lesson" => Command::NewLesson(NewLesson {
            number: strings("number").concat(),
            slug: strings("slug").concat(),
            asynchronous: sub.get_flag("async"),
        }),
        "grade" => Command::Grade(sub.clone()),
        "grades" => Command::Grades(sub.clone()),
        "merge" => Command::Merge(sub.clone()),
        "picture" => Command::Picture,
        other => unreachable!("clap knows no `{other}`"),
    }
}

fn command() -> clap::Command {
    let lessons = || Arg::new("lesson").value_name("LESSON").num_args(0..);
    let number = |name: &'static str| Arg::new(name).long(name).value_name("N").value_parser(value_parser!(u64));
    let flag = |name: &'static str| Arg::new(name).long(name).action(ArgAction::SetTrue);
    clap::Command::new("cargo xtask")
        .bin_name("cargo xtask")
        .about("From `yield` to `.await`: what teachers and authors run")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommands([grade::takes(), grades::takes(), merge::takes()])
        .subcommand(
            clap::Command::new("audit")
                .about("For authors: whether the checks of a lesson tell right from wrong, and its texts are true")
                .arg(lessons().help("The lessons to audit [default: all]"))
                .arg(number("runs").help("How often to run each of the solution's checks under each seed [default: 4]"))
                .arg(flag("update").help("First write snapshots and compiler diagnostics anew, from the solutions"))
                .arg(
                    Arg::new("show")
                        .long("show")
                        .value_name("wrong/NAME")
                        .requires("lesson")
                        .help("Only show a program, whole, and what it printed in each check that it fails"),
                )
                .arg(
                    flag("rebase")
                        .conflicts_with("show")
                        .help("Only bring patches behind a changed solution, or say which must be mended by hand"),
                )
                .arg(
                    Arg::new("save-patch")
                        .long("save-patch")
                        .value_name("FILE")
                        .requires("lesson")
                        .conflicts_with_all(["show", "rebase"])
                        .value_parser(value_parser!(PathBuf))
                        .help("Only make a patch in wrong/ of an edited copy of the solution or of a right program"),
                )
                .arg(
                    flag("mutants")
                        .conflicts_with_all(["show", "rebase", "save-patch", "update"])
                        .help("Only change one thing at a time in the solution, and say which changes no check rejects"),
                )
                .arg(
                    flag("right-too")
                        .requires("mutants")
                        .help("With --mutants: change the right programs too, to be read only"),
                ),
        )
        .subcommand(
            clap::Command::new("bench")
                .about("For authors: how long a verdict takes, beside `cargo check` and a conventional `cargo test`")
                .arg(lessons().help("The lessons to time [default: 5 and 17]"))
                .arg(flag("all").conflicts_with("lesson").help("Time all lessons together, by one call of each"))
                .arg(number("rounds").help("How many rounds [default: 15]"))
                .arg(
                    flag("no-conventional")
                        .help("Leave out the conventional `cargo test`, which takes most of the time"),
                ),
        )
        .subcommand(
            clap::Command::new("picture")
                .about("For authors: draws the READMEs' picture of a verdict anew, from a real run"),
        )
        .subcommand(
            clap::Command::new("new-lesson")
                .about("For authors: makes a lesson to start from, which compiles, and which the audit then leads to its end")
                .arg(Arg::new("number").value_name("NN").required(true).help("Its number"))
                .arg(Arg::new("slug").value_name("SLUG").required(true).help("Its name, such as `tail-callback`"))
                .arg(flag("async").help("One whose functions wait, on tokio's clock")),
        )
}
