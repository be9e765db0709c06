//! The key of everything that is stored: what it was made from. If all of that is the same, so is what was made.

use crate::files::Digest;
use crate::toolchain::Toolchain;

/// What a stored thing rests on.
#[derive(Debug, Clone, Copy)]
pub enum Grounds<'a> {
    /// Crates that lessons depend on.
    Dependencies {
        /// Their lines in the course's manifest.
        specs: &'a str,
        /// The text of `Cargo.lock`.
        lock: &'a str,
    },
    /// The crates that every probe is linked with.
    ProbeCrates {
        /// SHA-256 of their sources.
        sources: &'a str,
    },
    /// The library that explored programs have in the place of the standard one.
    Interleave {
        /// SHA-256 of its sources.
        sources: &'a str,
    },
    /// A program: a submission's crate linked with a lesson's probe.
    Program {
        /// What every program of a lesson rests on.
        lesson: LessonGrounds<'a>,
        /// SHA-256 of the submission.
        submission: &'a str,
    },
    /// A verdict.
    Verdict {
        /// What every program of the lesson rests on.
        lesson: LessonGrounds<'a>,
        /// SHA-256 of the submission, or what keeps it from being read; and how its folder is called in messages.
        submission: &'a str,
        /// What holds it while it runs.
        isolation: &'a str,
        /// Which seeds its checks draw their inputs from, by name.
        seeds: &'a str,
    },
}

/// What all programs and verdicts of a lesson rest on, besides the submission.
#[derive(Debug, Clone, Copy)]
pub struct LessonGrounds<'a> {
    /// Which build of the grader.
    pub grader: &'a str,
    /// SHA-256 of the lesson's checks, and of its reference solution where there is one.
    pub checks: &'a str,
    /// The keys of the crates of ours that its programs are linked with.
    pub probe_crates: &'a str,
    /// The text of `Cargo.lock`.
    pub lock: &'a str,
}

/// 64 hexadecimal digits. Different grounds, or the same of another kind or under another toolchain, have another key.
pub fn key(toolchain: &Toolchain, grounds: &Grounds<'_>) -> String {
    let mut digest = Digest::default();
    digest.add("toolchain", toolchain.version.as_bytes());
    let mut add = |name: &str, value: &str| {
        digest.add(name, value.as_bytes());
    };
    match grounds {
        Grounds::Dependencies { specs, lock } => {
            add("dependencies", specs);
            add("lock", lock);
        }
        Grounds::ProbeCrates { sources } => add("probe crates", sources),
        Grounds::Interleave { sources } => add("interleave", sources),
        Grounds::Program { lesson, submission } => {
            add("program", submission);
            add_lesson(lesson, &mut add);
        }
        Grounds::Verdict { lesson, submission, isolation, seeds } => {
            add("verdict", submission);
            add_lesson(lesson, &mut add);
            add("isolation", isolation);
            add("seeds", seeds);
        }
    }
    digest.finish()
}

fn add_lesson(lesson: &LessonGrounds<'_>, add: &mut impl FnMut(&str, &str)) {
    add("grader", lesson.grader);
    add("checks", lesson.checks);
    add("probe crates", lesson.probe_crates);
    add("lock", lesson.lock);
}

/// Which build of the grader this is: a change in it makes every stored verdict another one's.
pub fn this_program() -> String {
    let about = std::env::current_exe().ok().and_then(|path| std::fs::metadata(path).ok());
    let modified = |about: &std::fs::Metadata| about.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok();
    about
        .map(|about| format!("{} {}", about.len(), modified(&about).unwrap_or_default().as_nanos()))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn whatever_differs_makes_another_key() {
        let toolchain = |version: &str| Toolchain {
            rustc: "rustc".into(),
            cargo: "cargo".into(),
            version: version.to_owned(),
            libraries: "lib".into(),
        };
        let lesson = LessonGrounds { grader: "g", checks: "c", probe_crates: "p", lock: "l" };
        let verdict = |lesson, submission, isolation, seeds| Grounds::Verdict { lesson, submission, isolation, seeds };
        let all = [
            key(&toolchain("1"), &verdict(lesson, "s", "limits", "public")),
            key(&toolchain("2"), &verdict(lesson, "s", "limits", "public")),
            key(&toolchain("1"), &verdict(lesson, "t", "limits", "public")),
            key(&toolchain("1"), &verdict(lesson, "s", "sandbox", "public")),
            key(&toolchain("1"), &verdict(lesson, "s", "limits", "only 0")),
            key(&toolchain("1"), &verdict(LessonGrounds { probe_crates: "q", ..lesson }, "s", "limits", "public")),
            key(&toolchain("1"), &verdict(LessonGrounds { checks: "d", ..lesson }, "s", "limits", "public")),
            key(&toolchain("1"), &verdict(LessonGrounds { grader: "h", ..lesson }, "s", "limits", "public")),
            key(&toolchain("1"), &verdict(LessonGrounds { lock: "m", ..lesson }, "s", "limits", "public")),
            key(&toolchain("1"), &Grounds::Program { lesson, submission: "s" }),
            key(&toolchain("1"), &Grounds::ProbeCrates { sources: "s" }),
            key(&toolchain("1"), &Grounds::Interleave { sources: "s" }),
            key(&toolchain("1"), &Grounds::Dependencies { specs: "s", lock: "l" }),
        ];
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
    }
}
