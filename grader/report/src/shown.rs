//! What a reader of a report is shown of each check: the same for every form that students get.
//!
//! A student is told less than staff: a hidden check has no name, and no check more than its `reveal` allows. What is left
//! out here is in none of the forms.

use crate::github::without_escapes;
use crate::{phrases, schedule, strangers};
use grader::lesson::{Lesson, Reveal};
use grader::outcome::{CheckReport, Failure, Outcome, Report};
use grader::words::Lang;

/// Whom a report is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Audience {
    /// Whoever handed it in.
    #[default]
    Student,
    /// Whoever teaches.
    Staff,
}

/// A lesson as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// `lesson-05`.
    pub lesson: String,
    /// What it is called.
    pub title: String,
    /// The points earned; nothing where the grader failed.
    pub score: Option<u64>,
    /// The points that can be earned.
    pub points: u64,
    /// What is to be said of all of it: why nothing was compiled, or graded.
    pub says: Option<String>,
    /// The compiler's words.
    pub errors: Vec<String>,
    /// Its checks.
    pub checks: Vec<Item>,
    /// What produced it, in a line.
    pub made_by: String,
}

/// A check as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its name.
    pub name: String,
    /// What it claims.
    pub title: String,
    /// What it came to.
    pub sign: Sign,
    /// The points earned.
    pub score: u64,
    /// The points that can be earned.
    pub points: u64,
    /// What happened.
    pub says: Option<String>,
    /// What that usually means.
    pub means: Option<String>,
    /// What came beside what was expected, in lines.
    pub detail: Option<String>,
}

/// What a check came to, in one of four words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// It passed.
    Passed,
    /// It did not.
    Failed,
    /// It was not run.
    NotRun,
    /// The grader failed.
    Unknown,
}

impl Sign {
    /// The character that stands for it.
    pub fn character(self) -> char {
        match self {
            Sign::Passed => '✓',
            Sign::Failed => '✗',
            Sign::NotRun => '–',
            Sign::Unknown => '!',
        }
    }
}

/// The most lines of a detail, and of a compiler's words.
const MOST_LINES: usize = 60;
/// The most of a compiler's errors.
const MOST_ERRORS: usize = 3;

/// What this reader is shown of a report.
pub fn shown(report: &Report, lesson: &Lesson, audience: Audience, lang: Lang) -> Shown {
    let report = &strangers::tame(report);
    let fault = phrases::not_graded(report, lang);
    let says = match () {
        () if report.fault.is_some() => Some(fault),
        () if report.unreadable.is_some() => report.unreadable.as_ref().map(|it| phrases::unreadable(it, lang)),
        () if report.compiler_bomb.is_some() => Some(phrases::compiler_bomb(lang).to_owned()),
        () if !report.errors.is_empty() => Some(lang.pick("It does not compile.", "Код не компилируется.").to_owned()),
        () => None,
    };
    let made_by = &report.made_by;
    let seed = made_by.seed.map_or(String::new(), |seed| format!(", seed {seed}"));
    Shown {
        lesson: report.lesson.clone(),
        title: lesson.title.get(lang).to_owned(),
        score: (!report.grader_failed()).then(|| report.score()),
        points: report.points(),
        says,
        errors: report.errors.iter().take(MOST_ERRORS).map(|it| cut(&without_escapes(&it.rendered))).collect(),
        checks: report.checks.iter().enumerate().map(|(at, it)| item(at, it, lesson, audience, lang)).collect(),
        made_by: format!(
            "grader {}, {}, {}, checks {:.12}{seed}",
            made_by.grader, made_by.toolchain, made_by.isolation.0, made_by.checks
        ),
    }
}

fn item(at: usize, check: &CheckReport, lesson: &Lesson, audience: Audience, lang: Lang) -> Item {
    let known = lesson.check(&check.id);
    let hidden = audience == Audience::Student && known.is_some_and(|known| known.hidden);
    let reveal = match (audience, known) {
        (Audience::Staff, _) => Reveal::Full,
        _ if hidden => Reveal::Count,
        (_, known) => known.map_or(Reveal::Full, |known| known.reveal),
    };
    let passed = check.outcome == Outcome::Passed;
    let unknown = matches!(check.outcome, Outcome::GraderFault(_));
    let tells = |least: Reveal| !passed && (reveal >= least);
    let number = format!("{} {}", lang.pick("hidden check", "скрытая проверка"), at + 1);
    Item {
        name: if hidden { format!("check-{}", at + 1) } else { check.id.clone() },
        title: match known {
            _ if hidden => number,
            Some(known) => known.title.get(lang).to_owned(),
            None => check.id.clone(),
        },
        sign: match check.outcome {
            Outcome::Passed => Sign::Passed,
            Outcome::NotRun(_) => Sign::NotRun,
            Outcome::GraderFault(_) => Sign::Unknown,
            Outcome::Failed(_) | Outcome::Fault(_) => Sign::Failed,
        },
        score: if passed { check.points } else { 0 },
        points: check.points,
        says: (tells(Reveal::Hint) || (unknown && !hidden)).then(|| phrases::what_happened(check, lang)),
        means: tells(Reveal::Hint).then(|| phrases::what_it_means(check, lesson, lang)).flatten(),
        detail: tells(Reveal::Diff).then(|| detail(check, reveal, lang)).flatten(),
    }
}

fn detail(check: &CheckReport, reveal: Reveal, lang: Lang) -> Option<String> {
    let text = match &check.outcome {
        Outcome::Failed(Failure::Transcript { expected, got, .. }) => {
            similar::TextDiff::from_lines(expected.as_str(), got.as_str())
                .unified_diff()
                .context_radius(if reveal == Reveal::Full { 100 } else { 3 })
                .header(lang.pick("expected", "ожидалось"), lang.pick("yours", "у вас"))
                .to_string()
        }
        Outcome::Failed(Failure::Schedule(broken)) => schedule::picture(broken, lang, schedule::WIDTH),
        Outcome::Fault(fault) => fault.got.clone(),
        outcome => outcome.diagnostics().iter().map(|said| without_escapes(&said.rendered)).collect(),
    };
    (!text.trim().is_empty()).then(|| cut(&text))
}

fn cut(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    match lines.get(..MOST_LINES) {
        Some(first) => format!("{}\n…\n", first.join("\n")),
        None => format!("{}\n", lines.join("\n")),
    }
}
