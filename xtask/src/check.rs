//! `cargo xtask check`: from a student's files to a verdict.

use crate::cli::{json, lesson};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Arg, ArgAction, ArgMatches, value_parser};
use grader::course::{Course, LessonId};
use grader::error::{Error, Result};
use grader::exit_code::ExitCode;
use grader::grade::{Grader, Origin, Request, Seeds, chance};
use grader::hold::Hold;
use grader::lesson::Lesson;
use grader::outcome::Report;
use grader::parallel;
use grader::readme;
use grader::secret::Secret;
use grader::submission::Submission;
use grader::words::Lang;
use report::json as form;
use report::{github, junit, live, overview, screen, strangers, terminal};
use std::path::{Path, PathBuf};
use student::check::{Verdict, check as verdict_on};

/// What was asked for.
struct Check {
    lessons: Vec<String>,
    all: bool,
    solution: bool,
    path: Option<PathBuf>,
    seed: Option<u64>,
    seeds: SeedsWanted,
    course_key: Option<PathBuf>,
    trusted: bool,
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum SeedsWanted {
    Public,
    Secret,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Human,
    Json,
    Github,
    Junit,
}

pub fn takes() -> clap::Command {
    let flag = |name: &'static str| Arg::new(name).long(name).action(ArgAction::SetTrue);
    let seeds = PossibleValuesParser::new(["public", "secret"]).map(|name| match name.as_str() {
        "secret" => SeedsWanted::Secret,
        _ => SeedsWanted::Public,
    });
    let key = Arg::new("course-key").long("course-key").value_name("FILE").value_parser(value_parser!(PathBuf));
    let formats = PossibleValuesParser::new(["human", "json", "github", "junit"]).map(|name| match name.as_str() {
        "json" => Format::Json,
        "github" => Format::Github,
        "junit" => Format::Junit,
        _ => Format::Human,
    });
    let path = Arg::new("path").long("path").value_name("DIR").value_parser(value_parser!(PathBuf));
    let seed =
        Arg::new("seed").long("seed").value_name("S").value_parser(value_parser!(u64)).allow_negative_numbers(true);
    clap::Command::new("check")
        .about("Check your work on a lesson, and say why")
        .after_help(format!(
            "Without a lesson: the one whose folder you are in, else the next that is not solved.\n\n\
             Exit codes:\n{}\nExamples:\n  cargo xtask check lesson-05\n  cargo xtask check 5 --seed 1234\n  \
             cargo xtask check --all --path ../ann --format github",
            ExitCode::table()
        ))
        .arg(lesson().num_args(0..).help("The lessons to check"))
        .arg(flag("all").conflicts_with("lesson").help("Check every lesson"))
        .arg(flag("solution").help("Check the reference solution in place of your work"))
        .arg(
            path.conflicts_with("solution")
                .help("Check the work in this folder: a clone of the course, or a folder with `src/lib.rs`"),
        )
        .arg(
            flag("i-trust-this-code")
                .requires("path")
                .help("Hold the code in `--path` as one's own is held: by limits, not in a sandbox"),
        )
        .arg(seed.help("Draw the inputs from this seed in place of the public ones"))
        .arg(
            Arg::new("seeds")
                .long("seeds")
                .value_name("WHICH")
                .value_parser(seeds)
                .conflicts_with("seed")
                .help("`secret`: draw inputs also from a seed that nobody knows before [default: public]"),
        )
        .arg(
            key.requires("seeds").help(
                "Make the secret seed of this file and of the source, so that the same source gets the same seed",
            ),
        )
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("FORMAT")
                .value_parser(formats)
                .help("How to say it [default: human]"),
        )
        .arg(json().conflicts_with("format").help("The same as `--format json`"))
}

impl Check {
    fn of(said: &ArgMatches) -> Check {
        Check {
            lessons: said.get_many::<String>("lesson").into_iter().flatten().cloned().collect(),
            all: said.get_flag("all"),
            solution: said.get_flag("solution"),
            path: said.get_one::<PathBuf>("path").cloned(),
            seed: said.get_one::<u64>("seed").copied(),
            seeds: *said.get_one::<SeedsWanted>("seeds").unwrap_or(&SeedsWanted::Public),
            course_key: said.get_one::<PathBuf>("course-key").cloned(),
            trusted: said.get_flag("i-trust-this-code"),
            format: match said.get_one::<Format>("format") {
                Some(format) => *format,
                None if said.get_flag("json") => Format::Json,
                None => Format::Human,
            },
        }
    }
}

/// Checks what was asked for. The exit code is that of the gravest verdict.
pub fn run(course: Course, said: &ArgMatches, lang: Lang) -> Result<ExitCode> {
    let check = &Check::of(said);
    if let Some(path) = check.path.as_ref().filter(|path| !path.is_dir()) {
        return Err(Error::Usage(format!(
            "`{}` is no folder: `--path` takes a clone of the course, or a folder with `src/lib.rs`",
            path.display()
        )));
    }
    let lessons = which(&course, check)?;
    let secret = secret(check)?;
    let mut grader = Grader::open(course, live::tell(lessons.len()))?;
    if check.path.is_some() && !check.trusted {
        grader.hold = Hold::for_strangers(&grader.course, &grader.toolchain)?;
    }
    let found = parallel::map(&lessons, parallel::processors(), |id| verdict(&grader, id, check, secret.as_ref()));
    live::clear();
    let mut code = ExitCode::Passed;
    let mut verdicts: Vec<(Verdict, Lesson)> = Vec::new();
    for (id, found) in lessons.iter().zip(found) {
        // One lesson's trouble is told, and the others go on. It keeps its row: nothing vanishes from a sum.
        let (verdict, lesson) = found.unwrap_or_else(|error| {
            screen::error(&format!("{id}: {}", error.chain()));
            code = code.max(ExitCode::of_error(&error));
            let lesson = Lesson::load(&grader.course, id).unwrap_or_else(|_| Lesson::unknown(&grader.course, id));
            (Verdict { report: Report::failed(&lesson, &error.chain()), stored: false }, lesson)
        });
        if verdict.report.fault.is_none() {
            code = code.max(ExitCode::of(&verdict.report));
        }
        verdicts.push((verdict, lesson));
    }
    show(&verdicts, lessons.len(), check, lang)?;
    Ok(code)
}

fn secret(check: &Check) -> Result<Option<Secret>> {
    match (&check.course_key, check.seeds) {
        (_, SeedsWanted::Public) => Ok(None),
        (None, SeedsWanted::Secret) => Ok(Some(Secret::Chance)),
        (Some(path), SeedsWanted::Secret) => Secret::read(path).map(Some),
    }
}

fn which(course: &Course, check: &Check) -> Result<Vec<LessonId>> {
    if check.all {
        return Ok(course.lessons.clone());
    }
    if !check.lessons.is_empty() {
        let mut lessons: Vec<LessonId> = Vec::new();
        for name in &check.lessons {
            let lesson = course.find(name)?;
            if !lessons.contains(lesson) {
                lessons.push(lesson.clone());
            }
        }
        return Ok(lessons);
    }
    Ok(vec![student::overview::current(course, std::env::current_dir().ok().as_deref())?])
}

fn verdict(grader: &Grader, id: &LessonId, check: &Check, secret: Option<&Secret>) -> Result<(Verdict, Lesson)> {
    let lesson = Lesson::load(&grader.course, id)?;
    let folder = id.folder();
    let own = grader.course.lesson_dir(id);
    let solution = grader.course.solution_dir(id);
    let (submission, origin) = match &check.path {
        Some(path) => (Submission::read(path, id, ""), Origin::folder(path)),
        None if check.solution => {
            (Submission::read(&solution, id, &format!("solutions/{folder}")), Origin::Other("solution".to_owned()))
        }
        None => (Submission::read(&own, id, &format!("lessons/{folder}")), Origin::Own),
    };
    let hash = submission.as_ref().map(Submission::hash).unwrap_or_default();
    let seeds = match (check.seed, secret) {
        (Some(seed), _) => Seeds::Only(seed),
        (None, Some(secret)) => Seeds::PublicAnd(secret.seed(id, &hash)),
        (None, None) => Seeds::Public,
    };
    let verdict = verdict_on(grader, &Request { lesson: &lesson, submission, origin, seeds })?;
    Ok((verdict, lesson))
}

fn show(verdicts: &[(Verdict, Lesson)], asked: usize, check: &Check, lang: Lang) -> Result<()> {
    let tamed: Vec<Report> = verdicts.iter().map(|(verdict, _)| strangers::tame(&verdict.report)).collect();
    let reports: Vec<(&Report, &Lesson)> =
        tamed.iter().zip(verdicts).map(|(report, (_, lesson))| (report, lesson)).collect();
    match check.format {
        Format::Human => match verdicts {
            [(verdict, lesson)] if asked == 1 => screen::print(&one(&tamed[0], verdict.stored, lesson, check, lang)),
            [] => Ok(()),
            _ => screen::print(&overview::lines(&reports, lang)),
        },
        Format::Json => {
            let all: Vec<_> = verdicts.iter().map(|(verdict, _)| form::write(&verdict.report)).collect();
            screen::data(&(form::all(&all) + "\n"))
        }
        Format::Github => {
            screen::data(&github::annotations(&reports, lang))?;
            screen::print(&github::in_a_log(&overview::lines(&reports, lang), &format!("{:016x}", chance())))?;
            // GitHub sets it; a shell that only mentions it leaves it empty.
            let summary = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty());
            summary.map_or(Ok(()), |path| append(&PathBuf::from(path), &github::summary(&reports, lang)))
        }
        Format::Junit => {
            let xml = junit::xml(&reports, lang).map_err(|error| Error::caused("failed to make the XML", error))?;
            screen::data(&xml)
        }
    }
}

fn one(report: &Report, stored: bool, lesson: &Lesson, check: &Check, lang: Lang) -> String {
    let section = report.first_to_mend().and_then(|first| lesson.check(&first.id)).map(|check| check.section.as_str());
    let section = readme::section(section.unwrap_or(readme::TASK.0), lang);
    let view = terminal::View {
        lang,
        width: screen::width(),
        whole_lines: !screen::has_an_edge(),
        readme: (&format!("lessons/{}/{}", lesson.id.folder(), readme::file_name(lang)), section),
        again: &again(lesson, check),
        stored,
    };
    terminal::verdict(report, lesson, &view)
}

/// The command that gives this verdict again.
fn again(lesson: &Lesson, check: &Check) -> String {
    let mut words = vec!["cargo xtask check".to_owned(), lesson.id.to_string()];
    if check.solution {
        words.push("--solution".to_owned());
    }
    if let Some(path) = &check.path {
        words.extend(["--path".to_owned(), quoted(&path.display().to_string())]);
    }
    if let Some(seed) = check.seed {
        words.extend(["--seed".to_owned(), seed.to_string()]);
    }
    words.join(" ")
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./:\\@+,".contains(c);
    if word.chars().all(plain) && !word.is_empty() {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

fn append(path: &Path, text: &str) -> Result<()> {
    let file = std::fs::OpenOptions::new().append(true).create(true).open(path);
    file.and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes()))
        .map_err(|error| Error::io("write to", path, error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_quoted_where_a_shell_would_take_it_apart() {
        assert_eq!(quoted("../ann"), "../ann");
        assert_eq!(quoted("my work"), "'my work'");
        assert_eq!(quoted("it's"), r"'it'\''s'");
        assert_eq!(quoted("работа"), "работа");
    }
}
