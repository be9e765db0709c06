//! Whether what the solution prints depends on the seed, and on nothing else.

use super::{Audit, Effort, slide};
use grader::error::Result;
use grader::files;
use grader::grade::Grader;
use grader::judge;
use grader::lesson::{Check, CheckKind, Lesson};
use grader::parallel;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};

/// The solution prints the same under the same seed, however often and however busy the machine is; under another seed,
/// something else.
pub fn seeds(grader: &Grader, lesson: &Lesson, effort: Effort, audit: &mut Audit) -> Result<()> {
    let mut known = BTreeSet::new();
    let mut fixed = 0;
    let mut held: Vec<Held<'_>> = Vec::new();
    for check in &lesson.checks {
        let CheckKind::Output { seeds, .. } = &check.kind else { continue };
        let (mut texts, mut read) = (BTreeSet::new(), 0);
        for seed in seeds {
            let path = lesson.snapshot(check, *seed);
            known.insert(path.clone());
            let Some(text) = audit.note(judge::read_snapshot(&path))? else { continue };
            if !grader::transcript::is_whole(&text) {
                audit.findings.push(format!("`{}` should begin with a mark and end with `» end`", path.display()));
            }
            texts.insert(text.clone());
            held.push((check, *seed, text));
            read += 1;
        }
        match seeds.as_slice() {
            [0] => fixed += 1,
            [] | [_] => {
                audit.findings.push(format!("`{}` needs two seeds at the least, or `[0]` for a fixed case", check.id));
            }
            several if read == several.len() && texts.len() < several.len() => {
                audit.findings.push(format!("`{}` prints the same under different seeds", check.id));
            }
            _ => {}
        }
    }
    if fixed > 1 || (fixed == 0 && !lesson.slides.is_empty()) {
        audit.findings.push(format!("{fixed} checks have fixed inputs; the slide's own case should be the only one"));
    }
    for ((check, seed, _), drifted) in held.iter().zip(repeat(grader, lesson, &held, effort.runs)) {
        audit.runs += effort.runs;
        if let Some(other) = audit.note(drifted)?.flatten() {
            audit
                .findings
                .push(format!("`{}@{seed}` of the solution is not always the same; once it was:\n{other}", check.id));
        }
    }
    known.insert(slide::snapshot(lesson));
    let folder = lesson.dir.join("snapshots");
    let stored = if folder.is_dir() { files::below(&folder)? } else { Vec::new() };
    for path in stored.into_iter().filter(|path| !known.contains(path)) {
        audit.findings.push(format!("`{}` belongs to no check", path.display()));
    }
    Ok(())
}

/// A check, a seed, and what the solution prints under it.
type Held<'a> = (&'a Check, u64, String);

/// Runs the solution's checks again and again, the second half with every core kept busy; gives, for each, a transcript that
/// differs.
fn repeat(grader: &Grader, lesson: &Lesson, held: &[Held<'_>], runs: u64) -> Vec<Result<Option<String>>> {
    let again = |runs: u64| {
        parallel::map(held, parallel::processors(), |(check, seed, expected)| {
            for _ in 0..runs {
                let text = grader.reference(lesson, check, *seed)?;
                if text.trim_end() != expected.trim_end() {
                    return Ok(Some(text));
                }
            }
            Ok(None)
        })
    };
    let idle = again(runs - runs / 2);
    let stop = AtomicBool::new(false);
    let busy = std::thread::scope(|scope| {
        for _ in 0..parallel::processors() {
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    std::hint::spin_loop();
                }
            });
        }
        let busy = again(runs / 2);
        stop.store(true, Ordering::Relaxed);
        busy
    });
    let first = |(idle, busy): (Result<Option<String>>, _)| if matches!(idle, Ok(None)) { busy } else { idle };
    idle.into_iter().zip(busy).map(first).collect()
}
