//! What students believe: which wrong program a failing submission prints the same as, found without building any.
//!
//! `beliefs.toml` of a lesson is made by the audit out of its wrong programs: what each believed, the checks that it fails,
//! and a hash of each transcript that failed it. A students' repository has this file, and none of the programs.

use crate::error::Result;
use crate::files::Digest;
use crate::lesson::Lesson;
use crate::manifest;
use crate::outcome::{Belief, CheckReport, Failure, Outcome, Report};
use crate::tried;
use crate::words::Text;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// How a program failed: enough to tell that another one failed the same way.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marks {
    /// The ids of the checks that it did not pass by itself.
    pub fails: BTreeSet<String>,
    /// `id@seed hash` of each transcript that failed it.
    pub prints: BTreeSet<String>,
}

/// A wrong program that the lesson knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The program's name: `prints-after-the-body`.
    pub name: String,
    /// What its author believed, and what to look at.
    pub belief: Text,
    /// How it fails.
    pub marks: Marks,
}

/// How many beliefs are offered at most.
const MOST: usize = 2;

impl Marks {
    /// How this submission failed.
    pub fn of(report: &Report) -> Marks {
        let fails = report.failing().map(|check| check.id.clone()).collect();
        Marks { fails, prints: report.failing().filter_map(print_of).collect() }
    }
}

/// `id@seed hash` of the transcript that failed this check, if a transcript did; or of which services its tests told apart.
fn print_of(check: &CheckReport) -> Option<String> {
    let (seed, got) = match &check.outcome {
        Outcome::Failed(Failure::Transcript { seed, got, .. }) => (*seed, got.clone()),
        Outcome::Failed(Failure::OwnTests(tried)) => (0, tried::print(tried)),
        _ => return None,
    };
    Some(format!("{}@{seed} {}", check.id, &Digest::default().add("transcript", got.as_bytes()).finish()[..16]))
}

/// Where a lesson keeps what it knows.
pub fn path(lesson: &Lesson) -> PathBuf {
    lesson.dir.join("beliefs.toml")
}

/// The wrong programs that a lesson knows. None, if it keeps no such file.
pub fn known(lesson: &Lesson) -> Result<Vec<Known>> {
    let path = path(lesson);
    if !path.is_file() {
        return Ok(Vec::new());
    }
    manifest::read(&path, |root| {
        let read = |name: String| {
            let node = root.get(&name)?;
            node.only(&["en", "ru", "fails", "prints"])?;
            let belief = Text { en: node.get("en")?.string()?, ru: node.get("ru")?.string()? };
            let set = |key: &str| Ok(node.get(key)?.strings()?.into_iter().collect());
            Ok(Known { name, belief, marks: Marks { fails: set("fails")?, prints: set("prints")? } })
        };
        root.keys()?.into_iter().map(read).collect()
    })
}

/// What the author of a submission may believe, by its first failing transcript: for certain, if a wrong program fails
/// everywhere just as this one does; else as what programs often believe that print this there, the likeliest first.
pub fn behind(known: &[Known], report: &Report) -> Vec<Belief> {
    let Some(print) = report.first_to_mend().and_then(print_of) else { return Vec::new() };
    let marks = Marks::of(report);
    let belief = |known: &Known| Belief { text: known.belief.clone(), certain: known.marks == marks };
    let mut alike: Vec<&Known> = known.iter().filter(|known| known.marks.prints.contains(&print)).collect();
    if let Some(same) = alike.iter().find(|known| known.marks == marks) {
        return vec![belief(same)];
    }
    alike.sort_by_key(|known| {
        let fails = known.marks.fails.symmetric_difference(&marks.fails).count();
        (fails, known.marks.prints.symmetric_difference(&marks.prints).count(), &known.name)
    });
    alike.into_iter().take(MOST).map(belief).collect()
}

/// Whether what is kept is still what the programs do. A program that races does not always print the same: of what it
/// printed, only what it always prints is kept.
pub fn is_current(kept: &[Known], now: &[Known]) -> bool {
    stale(kept, now).is_empty()
}

/// The names of the programs of which something else is kept than they do.
pub fn stale(kept: &[Known], now: &[Known]) -> Vec<String> {
    let same = |kept: &Known, now: &Known| {
        kept.belief == now.belief
            && kept.marks.fails == now.marks.fails
            && kept.marks.prints.is_subset(&now.marks.prints)
    };
    let is_kept = |now: &Known| kept.iter().any(|kept| kept.name == now.name && same(kept, now));
    let is_gone = |kept: &&Known| !now.iter().any(|now| now.name == kept.name);
    let changed = now.iter().filter(|now| !is_kept(now));
    changed.chain(kept.iter().filter(is_gone)).map(|known| known.name.clone()).collect()
}

/// What the same programs did both times.
pub fn steady(once: Vec<Known>, again: &[Known]) -> Vec<Known> {
    let both = |(mut known, again): (Known, &Known)| {
        known.marks.prints.retain(|print| again.marks.prints.contains(print));
        known
    };
    once.into_iter().zip(again).map(both).collect()
}

/// The file's text, in the programs' order.
pub fn to_toml(known: &[Known]) -> String {
    let mut out = String::from(
        "# Made by `cargo xtask audit --update` out of the programs in `wrong/`: what each believed, which checks it fails, and\n\
         # hashes of what it prints there. A verdict looks a failing transcript up here.\n",
    );
    let list = |set: &BTreeSet<String>| {
        set.iter().map(|item| format!("    {},\n", manifest::quoted(item))).collect::<String>()
    };
    for Known { name, belief, marks } in known {
        out += &format!(
            "\n[{}]\nen = {}\nru = {}\nfails = [\n{}]\nprints = [\n{}]\n",
            manifest::quoted(name),
            manifest::quoted(&belief.en),
            manifest::quoted(&belief.ru),
            list(&marks.fails),
            list(&marks.prints)
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcome::tests::{failed, report};

    fn known_as(name: &str, checks: &[(&str, &str)]) -> Known {
        let checks = checks.iter().map(|(id, got)| (*id, failed(got))).collect();
        let text = |of: &str| Text { en: of.to_owned(), ru: of.to_owned() };
        Known { name: name.to_owned(), belief: text(name), marks: Marks::of(&report(checks)) }
    }

    #[test]
    fn a_belief_is_certain_only_where_everything_coincides() {
        let known = [known_as("once", &[("a", "1")]), known_as("twice", &[("a", "1"), ("b", "2")])];
        let behind = |checks: &[(&str, &str)]| -> Vec<(String, bool)> {
            let report = report(checks.iter().map(|(id, got)| (*id, failed(got))).collect());
            behind(&known, &report).into_iter().map(|belief| (belief.text.en, belief.certain)).collect()
        };
        let (once, twice) = ("once".to_owned(), "twice".to_owned());
        assert_eq!(behind(&[("a", "1")]), [(once.clone(), true)]);
        assert_eq!(behind(&[("a", "1"), ("b", "2")]), [(twice.clone(), true)]);
        assert_eq!(behind(&[("a", "1"), ("b", "3")]), [(twice, false), (once, false)]);
        assert_eq!(behind(&[("a", "9"), ("b", "2")]), []);
    }

    #[test]
    fn of_a_program_that_races_only_what_it_always_prints_is_kept() {
        let (once, again) =
            ([known_as("races", &[("a", "1"), ("b", "2")])], [known_as("races", &[("a", "1"), ("b", "3")])]);
        let kept = steady(once.to_vec(), &again);
        assert_eq!(kept[0].marks.prints, known_as("races", &[("a", "1")]).marks.prints);
        assert!(is_current(&kept, &once) && is_current(&kept, &again) && !is_current(&once, &again));
        assert!(!is_current(&kept, &[known_as("races", &[("a", "2"), ("b", "2")])]));
    }

    #[test]
    fn what_is_written_reads_back() {
        let known = vec![known_as("quotes-\"it\"", &[("a", "1"), ("b", "2")])];
        let read = manifest::parse_text(std::path::Path::new("beliefs.toml"), &to_toml(&known), |root| root.keys());
        assert_eq!(read.unwrap(), ["quotes-\"it\""]);
    }
}
