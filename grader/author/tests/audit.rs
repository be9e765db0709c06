//! The audit over every lesson, and the audit itself: it must find a check that was weakened.

#[path = "../../tests/common/mod.rs"]
mod common;

use author::audit::texts::other_texts;
use author::audit::{Effort, audit};
use author::picture;
use grader::course::Course;
use grader::grade::Grader;
use grader::lesson::Lesson;
use grader::words::Lang;

#[test]
fn every_lesson_can_be_trusted() {
    let grader = common::grader();
    let mut findings = Vec::new();
    for lesson in common::lessons(&grader.course) {
        let found = audit(&grader, &lesson, Effort { runs: 2 }).unwrap();
        findings.extend(found.findings.into_iter().map(|finding| format!("{}: {finding}", lesson.id)));
    }
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

#[test]
fn the_picture_in_the_readme_is_what_a_run_prints_today() {
    let grader = common::grader();
    for lang in [Lang::En, Lang::Ru] {
        let path = picture::path(&grader, lang);
        let is = grader::files::read(&path).unwrap_or_default();
        assert!(is == picture::picture(&grader, lang).unwrap(), "`cargo xtask picture` draws {} anew", path.display());
    }
}

/// Both languages show the same program, and it does what they say.
#[test]
fn the_page_on_reactors_shows_a_program_that_runs() {
    let grader = common::grader();
    let page = |name: &str| grader.course.root.join("lessons").join(name);
    let program = |name: &str| {
        let text = grader::files::read(&page(name)).unwrap();
        text.split("```rust\n").nth(1).and_then(|rest| rest.split("\n```").next()).unwrap().to_owned()
    };
    assert_eq!(program("REACTOR.md"), program("REACTOR.ru.md"));
    assert_eq!(author::audit::texts::page(&grader, &page("REACTOR.md"), &["tokio"]).unwrap(), None);
}

#[test]
fn every_link_of_the_other_texts_leads_somewhere_and_one_that_does_not_is_found() {
    assert_eq!(other_texts(&common::course()).unwrap(), [] as [&str; 0]);

    let root = tempfile::tempdir().unwrap();
    for (path, text) in [
        ("README.md", "# Top\n[a](#top) [b](lessons/WORDS.md#no-such) [c](gone.md)\n"),
        ("lessons/WORDS.md", "# Words\n[up](../README.md#top)\n"),
    ] {
        grader::files::write(&root.path().join(path), text.as_bytes()).unwrap();
    }
    let course = Course { root: root.path().to_owned(), lessons: Vec::new() };
    let found = [
        "README.md: the link `lessons/WORDS.md#no-such` names no heading there",
        "README.md: the link `gone.md` leads nowhere",
    ];
    assert_eq!(other_texts(&course).unwrap(), found);
}

/// Audits lesson 05 in a copy of the course where one file was changed, and `then` has had its way with the copy.
fn findings_after_all(path: &str, change: impl Fn(&str) -> String, then: impl Fn(&Grader, &Lesson)) -> String {
    let copy = common::copy_of_the_course();
    // Two wrong programs are enough to see, and the others would only take their time.
    for program in grader::files::below(&copy.path().join(CHECKS)).unwrap() {
        let kept = ["wrong/with-timeit-apart.rs", "wrong/truncates.rs"].iter().any(|kept| program.ends_with(kept));
        if !kept && program.parent().is_some_and(|folder| folder.ends_with("wrong") || folder.ends_with("right")) {
            std::fs::remove_file(program).unwrap();
        }
    }
    let file = copy.path().join(path);
    let before = std::fs::read_to_string(&file).unwrap();
    let after = change(&before);
    assert_ne!(before, after, "the change changes something");
    grader::files::write(&file, after.as_bytes()).unwrap();
    let course = Course::open(copy.path()).unwrap();
    let lesson = Lesson::load(&course, course.find("timeit").unwrap()).unwrap();
    let grader = Grader::open(course, Box::new(|_| {})).unwrap();
    then(&grader, &lesson);
    audit(&grader, &lesson, Effort { runs: 2 }).unwrap().findings.join("\n")
}

fn findings_after(path: &str, change: impl Fn(&str) -> String) -> String {
    findings_after_all(path, change, |_, _| {})
}

const CHECKS: &str = "grader/checks/lesson-05-timeit";

#[test]
fn a_stub_that_earns_points_is_found() {
    let solution = std::fs::read_to_string(common::root().join("solutions/lesson-05-timeit/src/lib.rs")).unwrap();
    let found = findings_after("lessons/lesson-05-timeit/src/lib.rs", |_| solution.clone());
    assert!(found.contains("stub: should earn nothing, but passes slide"), "{found}");
}

#[test]
fn a_check_that_no_longer_looks_is_found() {
    // There is no panic in `on-panic` any more, and its snapshots are made anew: nothing is left that would fail it.
    let weaken = |text: &str| text.replace("panic!(\"no {word} left\")", "let _ = &word");
    let renew = |grader: &Grader, lesson: &Lesson| {
        let check = lesson.check("on-panic").unwrap();
        for seed in [1, 2] {
            let text = grader.reference(lesson, check, seed).unwrap();
            let snapshot = format!("---\nsource: a test\n---\n{text}");
            grader::files::write(&lesson.snapshot(check, seed), snapshot.as_bytes()).unwrap();
        }
    };
    let found = findings_after_all(&format!("{CHECKS}/probe.rs"), weaken, renew);
    assert!(found.contains("wrong/with-timeit-apart: should fail `on-panic`, and does not"), "{found}");
    assert!(!found.contains("solution: should pass"), "the weakened check is passed by the solution: {found}");
}

#[test]
fn a_snapshot_that_drifted_is_found() {
    let found = findings_after(&format!("{CHECKS}/snapshots/slide@0.snap"), |text| text.replace("2.00", "2.0"));
    assert!(found.contains("solution: should pass `slide`"), "{found}");
    assert!(found.contains("`slide@0` of the solution is not always the same"), "{found}");
}

#[test]
fn a_case_that_pins_another_line_is_found() {
    let found = findings_after(&format!("{CHECKS}/compile/clock-dies-first.fail.rs"), |text| format!("\n{text}"));
    assert!(found.contains("compile/clock-dies-first: marks line 18, but pins E0597 at line 17"), "{found}");
    assert!(found.contains("solution: should pass `clock-outlives`"), "{found}");
}

#[test]
fn pinned_words_that_not_every_machine_has_are_found() {
    let found = findings_after(&format!("{CHECKS}/compile/clock-dies-first.fail.stderr"), |text| {
        format!("{text}note: made up\n  --> $RUST/core/src/made_up.rs\n   |\n   | fn made_up() {{}}\n   |    ^^^^^^^\n")
    });
    assert!(found.contains("compile/clock-dies-first: quotes the standard library's source"), "{found}");
}

#[test]
fn a_wrong_program_that_was_mended_is_found() {
    let solution = std::fs::read_to_string(common::root().join("solutions/lesson-05-timeit/src/lib.rs")).unwrap();
    let found = findings_after(&format!("{CHECKS}/wrong/truncates.rs"), |text| {
        let head: Vec<&str> = text.lines().take_while(|line| line.starts_with("//!")).collect();
        let body: Vec<&str> = solution.lines().skip_while(|line| line.starts_with("//!")).collect();
        format!("{}\n{}", head.join("\n"), body.join("\n"))
    });
    assert!(found.contains("wrong/truncates: should fail `formats`, and does not"), "{found}");
}

#[test]
fn an_output_in_a_text_that_no_snapshot_holds_is_found() {
    let readme = "lessons/lesson-05-timeit/README.md";
    let found = findings_after(readme, |text| {
        let at = text.find("<!-- snapshot:").unwrap();
        let fence = at + text[at..].find("```text\n").unwrap() + "```text\n".len();
        format!("{}made up\n{}", &text[..fence], &text[fence..])
    });
    assert!(found.contains("README.md: line"), "{found}");
    assert!(found.contains("is not in the snapshot"), "{found}");
    assert!(found.contains("different code blocks"), "{found}");
}

#[test]
fn an_error_code_that_nothing_pins_and_a_dead_link_are_found() {
    let found =
        findings_after("lessons/lesson-05-timeit/README.ru.md", |text| format!("{text}\n[E0499](nowhere.md)\n"));
    assert!(found.contains("E0499 is pinned by no compile case"), "{found}");
    assert!(found.contains("the link `nowhere.md` leads nowhere"), "{found}");
}
