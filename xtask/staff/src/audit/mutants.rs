//! `cargo xtask audit --mutants`: what became of the mutants of each lesson, as text.

use super::{finding_line, headline};
use author::mutants::{Tested, of_right, of_solution};
use grader::course::LessonId;
use grader::error::Result;
use grader::exit_code::ExitCode;
use grader::grade::Grader;
use grader::lesson::Lesson;
use report::screen;
use std::fmt::Write as _;

/// Tests the mutants of these lessons. The exit code is 1 if one lives that is not listed, or the list is stale.
pub fn run(grader: &Grader, lessons: &[LessonId], right_too: bool) -> Result<ExitCode> {
    let mut code = ExitCode::Passed;
    for id in lessons {
        screen::passing(&format!("mutants of {id} …"));
        let lesson = Lesson::load(&grader.course, id);
        let tested = lesson.and_then(|lesson| {
            let right = if right_too { of_right(grader, &lesson)? } else { Vec::new() };
            Ok((of_solution(grader, &lesson)?, right))
        });
        screen::passing("");
        match tested {
            Ok((solution, right)) => {
                screen::print(&text(&format!("{id} {}", id.slug), &solution))?;
                if !solution.findings.is_empty() {
                    code = code.max(ExitCode::Failed);
                }
                for tested in &right {
                    screen::print(&text(&format!("{id} {}", tested.program), tested))?;
                }
            }
            Err(error) => {
                screen::error(&format!("{id}: {}", error.chain()));
                code = code.max(ExitCode::of_error(&error));
            }
        }
    }
    Ok(code)
}

fn text(of: &str, tested: &Tested) -> String {
    let killed: usize = tested.killed.values().sum();
    let more = format!(
        "{} mutants: {} did not compile, {killed} killed, {} equivalent, {} survive",
        tested.made,
        tested.not_compiled,
        tested.equivalent,
        tested.survivors.len()
    );
    let mut out = headline(of, &more, tested.findings.is_empty());
    for (check, n) in &tested.killed {
        let _ = writeln!(out, "    {check} killed {n}");
    }
    out.extend(tested.findings.iter().map(|finding| finding_line(finding)));
    for mutant in &tested.survivors {
        let _ = write!(out, "\n  {}\n{}", mutant.what, mutant.patch);
    }
    out
}
