//! Whether every rule of a lesson's task is held by a check, in both languages, and broken by wrong programs.
//!
//! A lesson states rules for all of its task or for none of it: one without any has nothing to find here.

use crate::programs::{Kind, Program};
use grader::beliefs::Marks;
use grader::lesson::{Check, CheckKind, Lesson};
use grader::readme::{self, Rule};
use std::collections::{BTreeMap, BTreeSet};

/// How many wrong programs break each rule at the least, no two of them failing alike.
pub const LEAST_BREAKING: usize = 3;

/// What is wrong with the rules of a lesson whose READMEs are these, `en` and `ru`; nothing, where it states none yet.
///
/// `marks` says how each program failed, by its name.
pub fn findings(
    lesson: &Lesson,
    en: &str,
    ru: &str,
    wrong: &[Program],
    marks: &BTreeMap<String, Marks>,
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
    findings.extend(english.iter().filter_map(|rule| unheld(rule, lesson, wrong, marks)));
    Some(findings)
}

fn breaks(program: &Program) -> &[String] {
    match &program.kind {
        Kind::Wrong { breaks, .. } => breaks,
        Kind::Right => &[],
    }
}

/// What a rule lacks: a check, or programs that break it.
fn unheld(rule: &Rule, lesson: &Lesson, wrong: &[Program], marks: &BTreeMap<String, Marks>) -> Option<String> {
    let id = &rule.id;
    let holders: Vec<&Check> = lesson.checks.iter().filter(|check| check.holds.contains(id)).collect();
    if holders.is_empty() {
        return Some(format!("no check holds the rule `{id}`: {}", rule.sentence));
    }
    let holds = |check: &str| holders.iter().any(|holder| holder.id == check);
    // How each of them is rejected by the checks that hold the rule. Without a transcript, as after a hang, by which ones.
    let ways: Vec<(BTreeSet<&str>, BTreeSet<&str>)> = wrong
        .iter()
        .filter(|program| breaks(program).contains(id))
        .filter_map(|program| marks.get(&program.name))
        .map(|marks| {
            let of_holder = |print: &&str| print.split_once('@').is_some_and(|(check, _)| holds(check));
            let fails = marks.fails.iter().map(String::as_str).filter(|check| holds(check)).collect();
            (fails, marks.prints.iter().map(String::as_str).filter(of_holder).collect())
        })
        .filter(|(fails, _): &(BTreeSet<&str>, _)| !fails.is_empty())
        .collect();
    // The compiler rejects all programs with the same words, so there is nothing to tell them apart by.
    let printing = holders.iter().any(|check| matches!(check.kind, CheckKind::Output { .. }));
    let different = if printing { ways.iter().collect::<BTreeSet<_>>().len() } else { ways.len() };
    (different < LEAST_BREAKING).then(|| {
        format!(
            "the rule `{id}` is broken by {different} wrong programs that fail in different ways where it is held; \
             {LEAST_BREAKING} are needed (`breaks: {id}` in their heads)"
        )
    })
}
