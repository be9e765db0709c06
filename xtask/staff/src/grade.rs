//! `cargo xtask grade`: a folder of strangers' submissions, graded many at a time into a folder of results.

use batch::intake::{self, Roster, Student};
use batch::journal::Journal;
use batch::publish::{self, Wanted};
use batch::record;
use batch::results::Results;
use batch::run::{Batch, Change, Progress, run as run_batch};
use batch::shard::Shard;
use batch::survey::survey;
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, value_parser};
use grader::course::Course;
use grader::error::{Error, Result};
use grader::exit_code::ExitCode;
use grader::grade::Grader;
use grader::hold::Hold;
use grader::lesson::Lesson;
use grader::secret::Secret;
use grader::words::Lang;
use report::{screen, strangers};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

pub fn takes() -> clap::Command {
    let path = |name: &'static str| Arg::new(name).long(name).value_name("FILE").value_parser(value_parser!(PathBuf));
    let flag = |name: &'static str| Arg::new(name).long(name).action(ArgAction::SetTrue);
    clap::Command::new("grade")
        .about("For teachers: grades a folder of submissions, many at a time, and loses nothing when it is stopped")
        .after_help(
            "SUBMISSIONS holds a folder, a .zip or a .tar.gz a student: whole forks, lesson folders, or files as Moodle, \
             Canvas and Gradescope hand them out.\nStopped at any moment and started again with the same words, it goes \
             on where it was.\n\nExit codes:\n  0  every submission was graded\n  1  scores would change though the \
             source did not: look at them, then say --accept-changes\n  2  the call was off\n  4  something was not \
             graded, for no fault of the submission's\n  5  refused: this machine can't hold other people's code\n  6  \
             the course's own files are wrong\n\nExamples:\n  cargo xtask grade downloads --out results --lesson 5\n  \
             cargo xtask grade downloads --out results --roster class.csv --course-key key\n  cargo xtask grade \
             downloads --out part-2 --course-key key --shard 2/4",
        )
        .arg(
            Arg::new("submissions")
                .value_name("SUBMISSIONS")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help("The folder of submissions"),
        )
        .arg(
            Arg::new("out")
                .long("out")
                .value_name("RESULTS")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help("The folder of results, which is made or gone on with"),
        )
        .arg(
            Arg::new("lesson")
                .long("lesson")
                .value_name("LESSON")
                .num_args(1..)
                .action(ArgAction::Append)
                .help("The lessons to grade [default: all]. With just one, files need not say which they are"),
        )
        .arg(path("roster").help("A CSV with the class: name, id, login, email, as far as it has them"))
        .arg(
            Arg::new("seeds")
                .long("seeds")
                .value_name("WHICH")
                .value_parser(PossibleValuesParser::new(["public", "secret"]))
                .help("Which inputs are drawn [default: secret, besides the public ones]"),
        )
        .arg(path("course-key").help("Make the secret seeds of this file [default: a key in RESULTS]"))
        .arg(
            Arg::new("only")
                .long("only")
                .value_name("STUDENT")
                .num_args(1..)
                .action(ArgAction::Append)
                .help("Only these students, by their names or the names of their folders in RESULTS"),
        )
        .arg(flag("failed").help("Only those that could not be graded the last time, for no fault of theirs"))
        .arg(flag("accept-changes").help("Write scores that change though the source did not"))
        .arg(
            Arg::new("shard")
                .long("shard")
                .value_name("K/N")
                .help("Only the K-th of N parts: `cargo xtask merge` puts their results together"),
        )
        .arg(flag("i-trust-this-code").help("Hold the code as one's own is held: by limits, not in a sandbox"))
        .arg(lang())
}

/// The language of what is written for students.
pub fn lang() -> Arg {
    Arg::new("lang")
        .long("lang")
        .value_name("LANG")
        .value_parser(["en", "ru"])
        .help("Language of the reports [default: en]")
}

/// The language that was asked for.
pub fn lang_of(said: &ArgMatches) -> Lang {
    if said.get_one::<String>("lang").is_some_and(|lang| lang == "ru") { Lang::Ru } else { Lang::En }
}

pub fn run(course: Course, said: &ArgMatches) -> Result<ExitCode> {
    let path = |name: &str| said.get_one::<PathBuf>(name);
    let Some((submissions, out)) = path("submissions").zip(path("out")) else {
        return Err(Error::Usage("`grade` takes SUBMISSIONS and `--out RESULTS`".to_owned()));
    };
    let shard = said.get_one::<String>("shard").map(|text| Shard::parse(text)).transpose()?;
    let public = said.get_one::<String>("seeds").is_some_and(|which| which == "public");
    if shard.is_some() && !public && path("course-key").is_none() {
        let what = "every part has to draw the same inputs: give all of them one `--course-key`, or `--seeds public`";
        return Err(Error::Usage(what.to_owned()));
    }
    let named: Vec<&String> = said.get_many::<String>("lesson").into_iter().flatten().collect();
    let lessons = lessons(&course, &named)?;
    let roster = path("roster").map(|path| Roster::read(path)).transpose()?;
    let intake = intake::look(submissions, roster.as_ref())?;
    let results = Results::take(out)?;
    let students = chosen(intake.students, said, shard, &results)?;
    let journal = Journal::open(&results.root)?;
    let seeds = match (public, path("course-key")) {
        (true, _) => None,
        (false, Some(path)) => Some(Secret::read(path)?),
        (false, None) => Some(Secret::Key(results.key()?)),
    };
    let mut grader = Grader::open(course, Box::new(|_| {}))?;
    if !said.get_flag("i-trust-this-code") {
        grader.hold = Hold::for_strangers(&grader.course, &grader.toolchain)?;
    }
    let handed = survey(&grader, &students, &lessons, seeds.as_ref())?;
    let began = Instant::now();
    let batch = Batch {
        grader: &grader,
        lessons: &lessons,
        students: &students,
        handed: &handed,
        seeds: seeds.as_ref(),
        results: &results,
        journal: &journal,
        accept: said.get_flag("accept-changes"),
        tell: &|progress| tell(&progress, began.elapsed()),
    };
    let done = run_batch(&batch)?;
    screen::passing("");
    let written = done.changes.is_empty() || batch.accept;
    tell_changes(&done.changes, written)?;
    publish::part(&results.root, shard, &students)?;
    publish::intake(&results.root, &intake.ignored, &students, &handed)?;
    if written {
        publish::all(&results.root, &lessons, &Wanted { lang: lang_of(said), ..Wanted::default() })?;
    }
    screen::print(&format!(
        "{} students, {} sources, {} graded now in {}\n",
        students.len(),
        done.sources,
        done.graded,
        time(began.elapsed())
    ))?;
    for student in &done.faults {
        screen::error(&format!("{student}: not graded, for no fault of the submission's; `--failed` tries again"));
    }
    Ok(match (done.faults.is_empty(), written) {
        (false, _) => ExitCode::GraderFailed,
        (true, false) => ExitCode::Failed,
        (true, true) => ExitCode::Passed,
    })
}

/// The lessons of these names, all if there is none.
pub fn lessons(course: &Course, named: &[&String]) -> Result<Vec<Lesson>> {
    let mut ids: Vec<_> = named.iter().map(|name| course.find(name).cloned()).collect::<Result<_>>()?;
    if ids.is_empty() {
        ids.clone_from(&course.lessons);
    }
    ids.sort();
    ids.dedup();
    ids.iter().map(|id| Lesson::load(course, id)).collect()
}

/// The students that were asked for. Fails for a name that nobody has.
fn chosen(all: Vec<Student>, said: &ArgMatches, shard: Option<Shard>, results: &Results) -> Result<Vec<Student>> {
    let only: Vec<&String> = said.get_many::<String>("only").into_iter().flatten().collect();
    if let Some(name) = only.iter().find(|name| !all.iter().any(|it| it.key == ***name || it.name == ***name)) {
        return Err(Error::Usage(format!("nobody here is called `{name}`")));
    }
    let failed = said.get_flag("failed");
    let did_fail = |student: &Student| {
        let text = std::fs::read_to_string(results.report(&student.key)).unwrap_or_default();
        record::read(&text).is_some_and(|record| record.grader_failed())
    };
    let wanted = |student: &Student| {
        (only.is_empty() || only.iter().any(|name| student.key == **name || student.name == **name))
            && shard.is_none_or(|shard| shard.has(&student.key))
            && (!failed || did_fail(student))
    };
    Ok(all.into_iter().filter(wanted).collect())
}

fn tell(progress: &Progress<'_>, since: Duration) {
    let Progress { done, of, student, report } = *progress;
    let rate = done as f64 / since.as_secs_f64().max(0.001);
    let left = Duration::from_secs_f64((of - done) as f64 / rate);
    if std::io::IsTerminal::is_terminal(&std::io::stderr()) {
        screen::passing(&format!("{done} of {of} sources, {rate:.1}/s, {} left", time(left)));
    } else {
        let student = strangers::line(student);
        eprintln!("{done}/{of} {student} {} {}/{}", report.lesson, report.score(), report.points());
    }
}

fn time(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3600 => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
    }
}

fn tell_changes(changes: &[Change], written: bool) -> Result<()> {
    if changes.is_empty() {
        return Ok(());
    }
    let mut text = String::from("scores that change though the source did not:\n");
    for Change { student, lesson, before, now } in changes {
        text += &format!("  {student} {lesson}: {before} → {now}\n");
    }
    if !written {
        text += "nothing of them is written; `--accept-changes` writes them, and grades nothing anew\n";
    }
    screen::print(&text)
}

/// The folder of results that a command only reads.
pub fn results_at(path: &Path) -> Result<()> {
    let about = path.join("results.json");
    if !about.is_file() {
        return Err(Error::Usage(format!("`{}` holds no results: `cargo xtask grade` makes them", path.display())));
    }
    batch::results::known_form(&about)
}
