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
            let drifted = audit.note(repeat(grader, lesson, check, *seed, effort.runs, &text))?.flatten();
            audit.runs += effort.runs;
            if let Some(other) = drifted {
                audit.findings.push(format!(
                    "`{}@{seed}` of the solution is not always the same; once it was:\n{other}",
                    check.id
                ));
            }
            texts.insert(text);
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
    known.insert(slide::snapshot(lesson));
    let folder = lesson.dir.join("snapshots");
    let stored = if folder.is_dir() { files::below(&folder)? } else { Vec::new() };
    for path in stored.into_iter().filter(|path| !known.contains(path)) {
        audit.findings.push(format!("`{}` belongs to no check", path.display()));
    }
    Ok(())
}

/// Runs the solution's check again and again, the second half with every core kept busy; gives a transcript that differs.
fn repeat(
    grader: &Grader,
    lesson: &Lesson,
    check: &Check,
    seed: u64,
    runs: u64,
    expected: &str,
) -> Result<Option<String>> {
    let idle = runs / 2;
    for _ in 0..runs - idle {
        let text = grader.reference(lesson, check, seed)?;
        if text.trim_end() != expected.trim_end() {
            return Ok(Some(text));
        }
    }
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..parallel::processors() {
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    std::hint::spin_loop();
                }
            });
        }
        let again = || {
            for _ in 0..idle {
                let text = grader.reference(lesson, check, seed)?;
                if text.trim_end() != expected.trim_end() {
                    return Ok(Some(text));
                }
            }
            Ok(None)
        };
        let found = again();
        stop.store(true, Ordering::Relaxed);
        found
    })
}
