//! Whether every rule of a lesson's task is held by a check, in both languages, and broken by wrong programs.
//!
//! A lesson states rules for all of its task or for none of it: one without any has nothing to find here.

use super::ways::Ways;
use crate::programs::{Kind, Program};
use grader::lesson::{Check, CheckKind, Lesson};
use grader::readme::{self, Rule};
use std::collections::{BTreeMap, BTreeSet};

/// How many wrong programs break each rule at the least, in as many ways.
pub const LEAST_BREAKING: usize = 3;

/// What is wrong with the rules of a lesson whose READMEs are these, `en` and `ru`; nothing, where it states none yet.
///
/// `ways` says how each program failed, by its name.
pub fn findings(
    lesson: &Lesson,
    en: &str,
    ru: &str,
    wrong: &[Program],
    ways: &BTreeMap<String, Ways>,
) -> Option<Vec<String>> {
    let (english, russian) = (readme::rules(en), readme::rules(ru));
    let named = lesson.checks.iter().any(|check| !check.holds.is_empty());
    if english.is_empty() && russian.is_empty() && !named {
        return None;
    }
    let mut findings = Vec::new();
    let ids = |rules: &[Rule]| rules.iter().map(|rule| rule.id.clone()).collect::<BTreeSet<String>>();
    for (name, text, mine, others) in
        [("README.md", en, &english, ids(&russian)), ("README.ru.md", ru, &russian, ids(&english))]
    {
        for id in ids(mine).difference(&others) {
            findings.push(format!("{name}: only this README states the rule `{id}`"));
        }
        for bullet in readme::bullets(text).iter().filter(|bullet| bullet.rule.is_none()) {
            findings.push(format!(
                "{name}: a bullet of the task names no rule: end it with `<!-- rule: ID -->`: {}",
                bullet.text
            ));
        }
        let twice = |rule: &&Rule| mine.iter().filter(|other| other.id == rule.id).count() > 1;
        for id in mine.iter().filter(twice).map(|rule| &rule.id).collect::<BTreeSet<_>>() {
            findings.push(format!("{name}: states the rule `{id}` twice"));
        }
    }
    let known = ids(&english);
    for check in &lesson.checks {
        if check.holds.is_empty() {
            findings.push(format!("`{}` holds no rule: `holds = [\"ID\"]` in lesson.toml", check.id));
        }
        for id in check.holds.iter().filter(|id| !known.contains(*id)) {
            findings.push(format!("`{}` holds `{id}`, which is no rule of the task", check.id));
        }
    }
    for program in wrong {
        for id in breaks(program).iter().filter(|id| !known.contains(*id)) {
            findings.push(format!("{}: breaks `{id}`, which is no rule of the task", program.name));
        }
    }
    findings.extend(english.iter().filter_map(|rule| unheld(rule, lesson, wrong, ways)));
    Some(findings)
}

fn breaks(program: &Program) -> &[String] {
    match &program.kind {
        Kind::Wrong { breaks, .. } => breaks,
        Kind::Right => &[],
    }
}

/// What a rule lacks: a check, or programs that break it.
fn unheld(rule: &Rule, lesson: &Lesson, wrong: &[Program], ways: &BTreeMap<String, Ways>) -> Option<String> {
    let id = &rule.id;
    let holders: Vec<&Check> = lesson.checks.iter().filter(|check| check.holds.contains(id)).collect();
    if holders.is_empty() {
        return Some(format!("no check holds the rule `{id}`: {}", rule.sentence));
    }
    // How each of them is rejected by the checks that hold the rule.
    let rejected: Vec<BTreeMap<&str, &str>> = wrong
        .iter()
        .filter(|program| breaks(program).contains(id))
        .filter_map(|program| ways.get(&program.name))
        .map(|ways| ways.in_checks(|check| holders.iter().any(|holder| holder.id == check)))
        .filter(|ways| !ways.is_empty())
        .collect();
    if rejected.len() < LEAST_BREAKING {
        return Some(format!(
            "the rule `{id}` is broken by {} wrong programs that fail where it is held; {LEAST_BREAKING} are needed \
             (`breaks: {id}` in their heads)",
            rejected.len()
        ));
    }
    let (different, least) = (rejected.iter().collect::<BTreeSet<_>>().len(), least_ways(&holders));
    (different < least).then(|| {
        format!(
            "the rule `{id}` is broken by wrong programs in {different} ways where it is held; {least} different ones \
             are needed (`breaks: {id}` in their heads)"
        )
    })
}

/// In how many ways a rule that these checks hold is broken at the least. A compile case is accepted or it is not: where
/// only such hold the rule, programs may fail alike.
fn least_ways(holders: &[&Check]) -> usize {
    let compiled = holders.iter().all(|check| matches!(check.kind, CheckKind::Compile { .. }));
    if compiled { 1 } else { LEAST_BREAKING }
}

#[cfg(test)]
mod tests {
    use super::*;
    use grader::course::LessonId;
    use grader::lesson::{Bounds, Case, Reveal};
    use grader::submission::Submission;
    use grader::words::Text;
    use std::path::PathBuf;

    fn text() -> Text {
        Text { en: String::new(), ru: String::new() }
    }

    /// A lesson of these output checks, each with the rules that it holds.
    fn lesson(checks: &[(&str, &[&str])]) -> Lesson {
        let check = |(id, holds): &(&str, &[&str])| Check {
            id: (*id).to_owned(),
            title: text(),
            points: 1,
            needs: Vec::new(),
            holds: holds.iter().map(|id| (*id).to_owned()).collect(),
            hidden: false,
            reveal: Reveal::Full,
            section: String::new(),
            hints: [text(), text(), text()],
            kind: CheckKind::Output { seeds: vec![1], bounds: Bounds::default(), hang: None, fixtures: Vec::new() },
        };
        Lesson {
            rules: BTreeMap::new(),
            id: LessonId { number: 30, slug: "x".to_owned() },
            title: text(),
            slides: Vec::new(),
            minutes: 1,
            dependencies: Vec::new(),
            probe_dependencies: Vec::new(),
            checks: checks.iter().map(check).collect(),
            dir: PathBuf::new(),
            checks_hash: String::new(),
        }
    }

    /// Wrong programs that break these rules, fail in the check `a`, and print this there.
    fn wrong(programs: &[(&str, &str)]) -> (Vec<Program>, BTreeMap<String, Ways>) {
        let program = |(at, (breaks, _)): (usize, &(&str, &str))| Program {
            name: format!("wrong/{at}"),
            path: PathBuf::new(),
            submission: Submission::of_files(BTreeMap::new(), ""),
            kind: Kind::Wrong { fails: Vec::new(), breaks: vec![(*breaks).to_owned()], races: false, belief: text() },
        };
        let ways = |(at, (_, way)): (usize, &(&str, &str))| {
            let ways = [("a".to_owned(), (*way).to_owned()), ("other".to_owned(), at.to_string())];
            (format!("wrong/{at}"), Ways::from(ways))
        };
        (programs.iter().enumerate().map(program).collect(), programs.iter().enumerate().map(ways).collect())
    }

    const EN: &str = "## The task\n- It counts. <!-- rule: counts -->\n";
    const RU: &str = "## Что сделать\n- Считает. <!-- rule: counts -->\n";

    fn found(lesson: &Lesson, en: &str, ru: &str, programs: &[(&str, &str)]) -> Vec<String> {
        let (programs, ways) = wrong(programs);
        findings(lesson, en, ru, &programs, &ways).unwrap()
    }

    #[test]
    fn a_lesson_without_rules_has_nothing_to_find() {
        let unmarked = "## The task\n- It counts.\n";
        assert_eq!(findings(&lesson(&[("a", &[])]), unmarked, unmarked, &[], &BTreeMap::new()), None);
    }

    #[test]
    fn a_rule_that_is_held_and_broken_in_three_ways_is_fine() {
        let three = [("counts", "1"), ("counts", "2"), ("counts", "3")];
        assert_eq!(found(&lesson(&[("a", &["counts"])]), EN, RU, &three), [] as [&str; 0]);
    }

    #[test]
    fn three_programs_that_fail_alike_are_one() {
        let alike = [("counts", "1"), ("counts", "1"), ("counts", "2")];
        let found = found(&lesson(&[("a", &["counts"])]), EN, RU, &alike);
        assert!(found[0].starts_with("the rule `counts` is broken by wrong programs in 2 ways"), "{found:?}");
    }

    #[test]
    fn a_rule_that_one_compile_case_holds_is_broken_in_one_way() {
        let mut lesson = lesson(&[("a", &["counts"])]);
        let file = PathBuf::new;
        let case = Case { name: "kept".to_owned(), fail: file(), stderr: file(), pass: file() };
        lesson.checks[0].kind = CheckKind::Compile { cases: vec![case], why: text() };
        let alike = [("counts", "1"), ("counts", "1"), ("counts", "1")];
        assert_eq!(found(&lesson, EN, RU, &alike), [] as [String; 0]);
        assert!(found(&lesson, EN, RU, &alike[..2])[0].starts_with("the rule `counts` is broken by 2 wrong programs"));
    }

    #[test]
    fn what_no_check_holds_or_one_language_lacks_or_nobody_states_is_found() {
        let three = [("counts", "1"), ("counts", "2"), ("gone", "3")];
        let en = format!("{EN}- It prints. <!-- rule: prints -->\n- It is kind.\n");
        assert_eq!(
            found(&lesson(&[("b", &["counts", "unknown"]), ("c", &[])]), &en, RU, &three),
            [
                "README.md: only this README states the rule `prints`",
                "README.md: a bullet of the task names no rule: end it with `<!-- rule: ID -->`: It is kind.",
                "`b` holds `unknown`, which is no rule of the task",
                "`c` holds no rule: `holds = [\"ID\"]` in lesson.toml",
                "wrong/2: breaks `gone`, which is no rule of the task",
                "the rule `counts` is broken by 0 wrong programs that fail where it is held; 3 are needed (`breaks: counts` in their heads)",
                "no check holds the rule `prints`: It prints.",
            ]
        );
    }
}
