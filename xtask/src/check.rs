//! `cargo xtask check`: from a student's files to a verdict.

use crate::cli::{Check, Format};
use grader::course::{Course, LessonId};
use grader::error::{Error, Result};
use grader::exit_code::ExitCode;
use grader::grade::{Grader, Origin, Request, is_hang};
use grader::lesson::Lesson;
use grader::outcome::{Isolation, Outcome, Report};
use grader::parallel;
use grader::readme;
use grader::submission::{Submission, Unreadable};
use grader::words::Lang;
use report::screen;
use report::{github, json, junit, phrases, terminal};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use student::progress::{Grounds, Progress, store_verdict, stored_verdict};

/// Checks what was asked for. The exit code is that of the gravest verdict.
pub fn run(course: Course, check: &Check, lang: Lang) -> Result<ExitCode> {
    if let Some(path) = check.path.as_ref().filter(|path| !path.is_dir()) {
        return Err(Error::Usage(format!(
            "`{}` is no folder: `--path` takes a clone of the course, or a folder with `src/lib.rs`",
            path.display()
        )));
    }
    let lessons = which(&course, check)?;
    let grader = Grader::open(course, Box::new(screen::note))?;
    let mut code = ExitCode::Passed;
    let mut verdicts: Vec<(Report, Lesson, bool)> = Vec::new();
    if lessons.len() > 1 {
        screen::note(&format!("checking {} lessons", lessons.len()));
    }
    let found = parallel::map(&lessons, parallel::processors(), |id| {
        Lesson::load(&grader.course, id).and_then(|lesson| verdict(&grader, lesson, check))
    });
    for (id, found) in lessons.iter().zip(found) {
        // One lesson's trouble is told, and the others go on.
        match found {
            Ok(verdict) => {
                code = code.max(ExitCode::of(&verdict.0));
                verdicts.push(verdict);
            }
            Err(error) => {
                screen::error(&format!("{id}: {error}"));
                code = code.max(ExitCode::of_error(&error));
            }
        }
    }
    show(&verdicts, lessons.len(), check, lang)?;
    Ok(code)
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
    let here = std::env::current_dir().ok();
    if let Some(lesson) = here.and_then(|here| course.containing(&here).cloned()) {
        return Ok(vec![lesson]);
    }
    let progress = Progress::load(course)?;
    let solved = |lesson: &&LessonId| progress.lessons.get(&lesson.to_string()).is_some_and(|reached| reached.solved());
    let next = course.lessons.iter().find(|lesson| !solved(lesson)).or(course.lessons.last());
    Ok(next.cloned().into_iter().collect())
}

/// The verdict on a lesson, and whether it was stored.
fn verdict(grader: &Grader, lesson: Lesson, check: &Check) -> Result<(Report, Lesson, bool)> {
    let (submission, origin) = submission(&grader.course, &lesson, check);
    let name = match &origin {
        Origin::Own => "own".to_owned(),
        Origin::Other(name) => name.clone(),
    };
    let key = key(grader, &lesson, &submission, check.seed)?;
    if let Some(report) = stored_verdict(&grader.course, &lesson.id.to_string(), &name, &key) {
        return Ok((report, lesson, true));
    }
    let own = origin == Origin::Own;
    let report = grader.grade(&Request { lesson: &lesson, submission, origin, seed: check.seed, explain: true })?;
    // What another moment could have decided otherwise is asked again next time.
    if !report.checks.iter().any(|check| is_hang(&check.outcome) || matches!(check.outcome, Outcome::GraderFault(_))) {
        store_verdict(&grader.course, &name, &key, &report)?;
    }
    if own && check.seed.is_none() && !report.grader_failed() {
        Progress::update(&grader.course, |progress| {
            let reached = progress.lessons.entry(report.lesson.clone()).or_default();
            (reached.score, reached.points) = (report.score(), report.points());
            reached.source.clone_from(&report.made_by.submission);
        })?;
    }
    Ok((report, lesson, false))
}

fn submission(
    course: &Course,
    lesson: &Lesson,
    check: &Check,
) -> (std::result::Result<Submission, Unreadable>, Origin) {
    let folder = lesson.id.folder();
    match &check.path {
        Some(path) => (Submission::read(path, &lesson.id, ""), Origin::Other("path".to_owned())),
        None if check.solution => {
            let shown = format!("solutions/{folder}");
            (
                Submission::read(&course.solution_dir(&lesson.id), &lesson.id, &shown),
                Origin::Other("solution".to_owned()),
            )
        }
        None => {
            let shown = format!("lessons/{folder}");
            (Submission::read(&course.lesson_dir(&lesson.id), &lesson.id, &shown), Origin::Own)
        }
    }
}

fn key(
    grader: &Grader,
    lesson: &Lesson,
    submission: &std::result::Result<Submission, Unreadable>,
    seed: Option<u64>,
) -> Result<String> {
    let lock = grader.course.root.join("Cargo.lock");
    let lock = std::fs::read(&lock).map_err(|_| {
        Error::Machine(format!(
            "`{}` is missing: it pins what everyone is graded with; run `git checkout Cargo.lock`",
            lock.display()
        ))
    })?;
    let submission = match submission {
        Ok(submission) => format!("{} {}", submission.hash(), submission.shown),
        Err(unreadable) => format!("{unreadable:?}"),
    };
    let grounds = Grounds {
        checks: &lesson.checks_hash,
        submission: &submission,
        toolchain: &grader.toolchain,
        dependencies: &String::from_utf8_lossy(&lock),
        isolation: Isolation::Limits,
        seed,
    };
    Ok(grounds.key())
}

fn show(verdicts: &[(Report, Lesson, bool)], asked: usize, check: &Check, lang: Lang) -> Result<()> {
    let reports: Vec<(&Report, &Lesson)> = verdicts.iter().map(|(report, lesson, _)| (report, lesson)).collect();
    match check.format {
        Format::Human => match verdicts {
            [(report, lesson, stored)] if asked == 1 => screen::print(&one(report, lesson, *stored, check, lang)),
            [] => {}
            _ => screen::print(&many(&reports, lang)),
        },
        Format::Json => {
            let all: Vec<_> = reports.iter().map(|(report, _)| json::write(report)).collect();
            screen::data(&(json::all(&all) + "\n"));
        }
        Format::Github => {
            screen::data(&github::annotations(&reports, lang));
            screen::print(&many(&reports, lang));
            if let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").map(PathBuf::from) {
                append(&path, &github::summary(&reports, lang))?;
            }
        }
        Format::Junit => {
            let xml = junit::xml(&reports, lang)
                .map_err(|error| Error::Machine(format!("failed to make the XML: {error}")))?;
            screen::data(&xml);
        }
    }
    Ok(())
}

fn one(report: &Report, lesson: &Lesson, stored: bool, check: &Check, lang: Lang) -> String {
    let section =
        report.first_to_mend().and_then(|first| lesson.check(&first.id)).map_or("The task", |check| &check.section);
    let file = readme::file_name(lang);
    let readme = format!("lessons/{}/{file}", lesson.id.folder());
    let mut again = format!("cargo xtask check {}", lesson.id);
    if check.solution {
        again.push_str(" --solution");
    }
    if let Some(path) = &check.path {
        let _ = write!(again, " --path {}", path.display());
    }
    if let Some(seed) = check.seed {
        let _ = write!(again, " --seed {seed}");
    }
    let section = readme::section(section, lang);
    let view = terminal::View { lang, width: screen::width(), readme: (&readme, section), again: &again, stored };
    terminal::verdict(report, lesson, &view)
}

/// A line a lesson, and the sum.
fn many(reports: &[(&Report, &Lesson)], lang: Lang) -> String {
    let (good, bad) = (anstyle::AnsiColor::Green.on_default().bold(), anstyle::AnsiColor::Red.on_default().bold());
    let mut out = String::new();
    for (report, lesson) in reports {
        let (sign, style) = if report.full_marks() { ("✓", good) } else { ("✗", bad) };
        let what = match report.first_to_mend() {
            _ if report.unreadable.is_some() => {
                lang.pick("there is nothing to compile", "компилировать нечего").to_owned()
            }
            _ if report.does_not_compile() => lang.pick("does not compile", "не компилируется").to_owned(),
            Some(check) => format!("{}: {}", check.id, phrases::what_happened(check, lang)),
            None => String::new(),
        };
        let name = format!("{} {}", report.lesson, lesson.id.slug);
        let line = format!("{style}{sign}{style:#} {name:<28} {:>3}/{:<3} {what}", report.score(), report.points());
        let _ = writeln!(out, "{}", line.trim_end());
    }
    let (score, points): (u64, u64) =
        reports.iter().fold((0, 0), |(s, p), (report, _)| (s + report.score(), p + report.points()));
    let _ = writeln!(out, "\n{}", lang.pick("together", "всего").to_owned() + &format!(" {score}/{points}"));
    out
}

fn append(path: &Path, text: &str) -> Result<()> {
    let file = std::fs::OpenOptions::new().append(true).create(true).open(path);
    file.and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes()))
        .map_err(|error| Error::io("write to", path, &error))
}
