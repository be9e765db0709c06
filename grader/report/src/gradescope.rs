//! Gradescope's `results.json` of a student, by its documentation "Autograder Specifications".
//!
//! A result without any score is what Gradescope shows as "the autograder failed": that is what a fault of the grader's
//! becomes, so that it is never a zero.

use crate::shown::{Item, Shown, Sign};
use serde_json::{Value, json};

/// The JSON of these lessons together.
pub fn results(lessons: &[Shown]) -> String {
    let failed: Vec<&str> =
        lessons.iter().filter(|it| it.score.is_none()).map(|lesson| lesson.lesson.as_str()).collect();
    let value = if failed.is_empty() {
        let tests: Vec<Value> =
            lessons.iter().flat_map(|lesson| lesson.checks.iter().map(|check| test(lesson, check))).collect();
        json!({
            "score": lessons.iter().filter_map(|lesson| lesson.score).sum::<u64>(),
            "output": lessons.iter().map(words).collect::<String>(),
            "output_format": "text",
            "stdout_visibility": "hidden",
            "tests": tests,
        })
    } else {
        let output = format!("Not graded, for no fault of the submission's: {}", failed.join(", "));
        json!({ "output": output, "output_format": "text", "stdout_visibility": "hidden" })
    };
    format!("{value:#}\n")
}

fn test(lesson: &Shown, check: &Item) -> Value {
    let parts = [&check.says, &check.detail, &check.means].into_iter().flatten();
    let output: Vec<&str> = parts.map(|part| part.trim_end()).collect();
    json!({
        "name": format!("{} {}: {}", lesson.lesson, check.name, check.title),
        "score": check.score,
        "max_score": check.points,
        "status": if check.sign == Sign::Passed { "passed" } else { "failed" },
        "output": output.join("\n\n"),
        "output_format": "text",
        "name_format": "text",
    })
}

fn words(lesson: &Shown) -> String {
    let mut out = lesson.says.as_ref().map_or(String::new(), |says| format!("{}: {says}\n", lesson.lesson));
    lesson.errors.iter().for_each(|error| out.push_str(error));
    out + &lesson.made_by + "\n"
}
