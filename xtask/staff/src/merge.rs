//! `cargo xtask merge`: the results of several machines as one.

use crate::grade::{lang, lang_of, lessons, results_at};
use batch::merge::merge;
use batch::publish::{self, Wanted};
use batch::results::Results;
use clap::{Arg, ArgMatches, value_parser};
use grader::course::Course;
use grader::error::{Error, Result};
use grader::exit_code::ExitCode;
use report::screen;
use std::path::PathBuf;

pub fn takes() -> clap::Command {
    clap::Command::new("merge")
        .about("For teachers: puts the results of several machines together")
        .after_help(
            "Exit codes:\n  0  each student is there once\n  2  the call was off, a student is missing, or two parts say \
             different things of one\n\nExample:\n  cargo xtask merge part-1 part-2 --out results",
        )
        .arg(
            Arg::new("parts")
                .value_name("PART")
                .required(true)
                .num_args(1..)
                .value_parser(value_parser!(PathBuf))
                .help("Folders of results, of `grade --shard`"),
        )
        .arg(
            Arg::new("out")
                .long("out")
                .value_name("RESULTS")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help("The folder of results to put them into"),
        )
        .arg(lang())
}

pub fn run(course: &Course, said: &ArgMatches) -> Result<ExitCode> {
    let parts: Vec<&PathBuf> = said.get_many::<PathBuf>("parts").into_iter().flatten().collect();
    let Some(out) = said.get_one::<PathBuf>("out") else {
        return Err(Error::Usage("`merge` takes `--out RESULTS`".to_owned()));
    };
    for part in &parts {
        results_at(part)?;
    }
    let results = Results::take(out)?;
    let n = merge(&parts, &results)?;
    publish::all(&results.root, &lessons(course, &[])?, &Wanted { lang: lang_of(said), ..Wanted::default() })?;
    screen::print(&format!("{n} students of {} parts\n", parts.len()))?;
    Ok(ExitCode::Passed)
}
