//! Submissions as students and tricksters write them, each by the whole road to its own verdict.
//!
//! They are lesson 05's, since that lesson needs no dependencies; the grader knows no lesson by name.

mod common;

use grader::course::Course;
use grader::grade::{Grader, Origin, Request, Seeds};
use grader::lesson::Lesson;
use grader::outcome::{Failure, Fault, FaultKind, Outcome, Reason, Report};
use grader::submission::{Defect, Submission, Unreadable};
use std::collections::BTreeMap;

/// A right lesson 05, but for the body of `with_timeit` and what `extra` adds.
fn lesson_05(with_timeit: &str, extra: &str) -> String {
    format!(
        "use std::time::Duration;
         pub trait Clock {{ fn now(&self) -> Duration; }}
         #[must_use] pub struct TimeIt<'a, C: Clock> {{ clock: &'a C, start: Duration }}
         pub fn timeit<C: Clock>(clock: &C) -> TimeIt<'_, C> {{ TimeIt {{ clock, start: clock.now() }} }}
         impl<C: Clock> Drop for TimeIt<'_, C> {{
             fn drop(&mut self) {{ println!(\"{{:.2}}\", (self.clock.now() - self.start).as_secs_f64()); }}
         }}
         pub fn with_timeit<C: Clock, R>(clock: &C, body: impl FnOnce(Duration) -> R) -> R {{ {with_timeit} }}
         {extra}"
    )
}

const RIGHT: &str = "let timer = timeit(clock); body(timer.start)";

fn grade_in(grader: &Grader, name: &str, source: &str, seed: Option<u64>) -> Report {
    let lesson = lesson(&grader.course);
    let files = BTreeMap::from([("lib.rs".to_owned(), source.to_owned())]);
    let submission = Submission { files, shown: "src".to_owned(), ignored: Vec::new() };
    let origin = Origin::Other(format!("test-{name}"));
    grader
        .grade(&Request {
            lesson: &lesson,
            submission: Ok(submission),
            origin,
            seeds: seed.map_or(Seeds::Public, Seeds::Only),
        })
        .unwrap()
}

fn grade(name: &str, source: &str) -> Report {
    grade_in(&common::grader(), name, source, None)
}

fn lesson(course: &Course) -> Lesson {
    Lesson::load(course, course.find("timeit").unwrap()).unwrap()
}

fn outcome<'a>(report: &'a Report, check: &str) -> &'a Outcome {
    &report.checks.iter().find(|graded| graded.id == check).unwrap().outcome
}

/// How the slide's check ended, for a program whose `with_timeit` has this body.
fn slide(name: &str, with_timeit: &str) -> Outcome {
    let report = grade(name, &lesson_05(with_timeit, ""));
    assert_eq!(report.checks.len(), lesson(&common::course()).checks.len(), "no check can vanish");
    assert!(!report.grader_failed(), "{:?}", report.checks);
    outcome(&report, "slide").clone()
}

fn fault(outcome: &Outcome) -> &Fault {
    let Outcome::Fault(fault) = outcome else { panic!("no fault: {outcome:?}") };
    fault
}

#[test]
fn a_right_program_gets_full_marks_also_under_a_seed_of_the_instructors() {
    let grader = common::grader();
    for seed in [None, Some(20_261_122)] {
        let report = grade_in(&grader, "right", &lesson_05(RIGHT, ""), seed);
        assert!(report.full_marks(), "{:?}", report.checks);
    }
}

#[test]
fn answers_learnt_by_heart_fail_under_another_seed() {
    // Prints what the public seeds ask for, by looking at nothing but the bodies' running order.
    let body = r#"let start = clock.now(); let out = body(start);
        let took = (clock.now() - start).as_millis();
        println!("{}", match took { 2000 => "2.00", 4 => "0.00", 61500 => "61.50", _ => "9.99" }); out"#;
    let report = grade("by-heart", &lesson_05(body, ""));
    assert_eq!(*outcome(&report, "slide"), Outcome::Passed);
    assert!(matches!(outcome(&report, "formats"), Outcome::Failed(Failure::Transcript { .. })));
}

#[test]
fn endless_loop_is_reported_as_such() {
    let outcome = slide("endless", "loop { std::hint::black_box(()); }");
    let fault = fault(&outcome);
    let computes = matches!(fault.kind, FaultKind::Busy { .. });
    assert!(computes || !cfg!(target_os = "linux"), "{fault:?}");
    assert!(fault.got.contains("» with_timeit"), "the last step is shown: {}", fault.got);
}

#[test]
fn sleeping_for_ever_is_reported_as_a_hang() {
    assert!(matches!(fault(&slide("sleeps", "loop { std::thread::park(); }")).kind, FaultKind::Hang { .. }));
}

#[test]
fn leaving_by_exit_is_no_pass() {
    let outcome = slide("exit", "println!(\"2.00\"); std::process::exit(0)");
    assert_eq!(fault(&outcome).kind, FaultKind::EndedEarly(0));
}

#[test]
fn a_gibibyte_of_output_is_cut() {
    let body = "loop { println!(\"{}\", \"x\".repeat(1 << 20)); }";
    assert_eq!(fault(&slide("floods", body)).kind, FaultKind::Output { limit: 1 << 20 });
}

#[test]
fn too_much_memory_is_named() {
    let body = "let mut all = Vec::new(); loop { all.push(vec![0u8; 1 << 27]); std::hint::black_box(&all); }";
    let outcome = slide("memory", body);
    if cfg!(target_os = "linux") {
        assert_eq!(fault(&outcome).kind, FaultKind::Memory { limit: 512 << 20 });
    } else {
        fault(&outcome);
    }
}

#[test]
fn a_forged_line_counts_as_the_students_own() {
    let body = "println!(\"» the last line of the body\"); let timer = timeit(clock); body(timer.start)";
    let Outcome::Failed(Failure::Transcript { look_alike, got, .. }) = slide("forges", body) else { panic!() };
    assert!(look_alike);
    assert!(got.contains("\\» the last line of the body"), "{got}");
}

#[test]
fn a_forged_end_with_the_wire_format_fails() {
    let body = "print!(\"2.00\\n\\u{2}0000000000000000e\\u{3}\"); std::process::exit(0)";
    assert_eq!(fault(&slide("forges-end", body)).kind, FaultKind::EndedEarly(0));
}

#[cfg(unix)]
#[test]
fn a_grandchild_that_holds_the_pipe_is_ended() {
    let body = format!("std::process::Command::new(\"/bin/sleep\").arg(\"1000\").spawn().unwrap(); {RIGHT}");
    assert_eq!(fault(&slide("grandchild", &body)).kind, FaultKind::Stragglers);
}

#[test]
fn breaking_out_of_a_destructor_after_the_last_line_is_no_pass() {
    let extra = "struct Late; impl Drop for Late { fn drop(&mut self) { println!(\"late\"); } }
        thread_local!(static LATE: Late = const { Late });";
    let body = format!("LATE.with(|_| ()); {RIGHT}");
    let report = grade("late", &lesson_05(&body, extra));
    let Outcome::Failed(Failure::Transcript { got, .. }) = outcome(&report, "slide") else {
        panic!("{:?}", report.checks)
    };
    assert!(got.ends_with("» end\nafter the end: late\n"), "{got}");
}

#[test]
fn a_crash_is_told_from_a_failure() {
    let crash = if cfg!(unix) { FaultKind::Signal(6) } else { return };
    assert_eq!(fault(&slide("aborts", "std::process::abort()")).kind, crash);
}

#[test]
fn a_stack_that_overflows_is_a_crash() {
    let extra =
        "#[allow(unconditional_recursion)] pub fn deeper(n: u64) -> u64 { std::hint::black_box(deeper(n + 1)) + 1 }";
    let report = grade("deep", &lesson_05("deeper(0); todo!()", extra));
    assert!(matches!(fault(outcome(&report, "slide")).kind, FaultKind::Signal(_)));
}

#[test]
fn todo_is_said_as_such_with_its_line() {
    let Outcome::Failed(Failure::Todo { at }) = slide("todo", "todo!(\"later\")") else { panic!() };
    assert!(at.starts_with("src/lib.rs:"), "{at}");
}

#[test]
fn a_panic_shows_where() {
    let Outcome::Failed(Failure::Transcript { panicked_at, got, .. }) = slide("panics", "panic!(\"no\")") else {
        panic!()
    };
    assert!(panicked_at.unwrap().starts_with("src/lib.rs:"));
    assert!(got.ends_with("» panicked: no\n"), "{got}");
}

#[test]
fn what_does_not_compile_is_not_run_and_shows_the_compilers_words() {
    let report = grade("broken", &lesson_05("1 + \"one\"", ""));
    assert!(report.does_not_compile());
    assert_eq!(report.errors[0].code.as_deref(), Some("E0277"));
    assert_eq!(report.errors[0].place.as_ref().unwrap().file, "src/lib.rs");
    assert!(report.checks.iter().all(|check| check.outcome == Outcome::NotRun(Reason::DoesNotCompile)));
    assert_eq!(report.score(), 0);
}

#[test]
fn a_signature_that_does_not_fit_costs_only_the_checks_that_call_it() {
    // `nested` is the one check that says which type its bodies are given.
    let source = lesson_05(RIGHT, "")
        .replace("FnOnce(Duration)", "FnOnce(u64)")
        .replace("body(timer.start)", "body(timer.start.as_secs())");
    let report = grade("misfit", &source);
    assert!(matches!(outcome(&report, "nested"), Outcome::NotRun(Reason::DoesNotFit(said)) if !said.is_empty()));
    assert_eq!(*outcome(&report, "slide"), Outcome::Passed);
}

#[test]
fn unsafe_code_is_refused() {
    let report = grade(
        "unsafe",
        &lesson_05(RIGHT, "#[allow(unsafe_code)] pub fn f() { unsafe { std::hint::unreachable_unchecked() } }"),
    );
    assert!(report.does_not_compile());
    let report = grade("unsafe-attribute", &lesson_05(RIGHT, "#[unsafe(no_mangle)] pub extern \"C\" fn main() {}"));
    assert!(report.does_not_compile());
}

#[test]
fn ten_thousand_warnings_are_no_fault_and_three_thousand_errors_are_errors() {
    let warnings: String = (0..10_000).map(|i| format!("fn unused_{i}() {{ let x = {i}; }}\n")).collect();
    let report = grade("warnings", &lesson_05(RIGHT, &warnings));
    assert!(report.full_marks(), "{:?} {:?}", report.errors, report.compiler_bomb);
    let errors: String = (0..3_000).map(|i| format!("fn wrong_{i}() -> u32 {{ \"{i}\" }}\n")).collect();
    let report = grade("errors", &lesson_05(RIGHT, &errors));
    assert!(report.compiler_bomb.is_none() && report.errors.len() > 100, "{:?}", report.compiler_bomb);
    assert_eq!(report.errors[0].code.as_deref(), Some("E0308"));
}

#[test]
fn a_place_that_can_not_be_written_to_is_the_machines_failure_and_no_verdict() {
    let grader = common::grader();
    let lesson = lesson(&grader.course);
    let origin = Origin::Other("test-unwritable".to_owned());
    let folder = grader.course.scratch().join("builds").join(lesson.id.to_string()).join(origin.name());
    // Where the library should go there is a folder, with something in it.
    grader::files::write(&folder.join("liblesson_05.rlib/x"), b"x").unwrap();
    let files = BTreeMap::from([("lib.rs".to_owned(), lesson_05(RIGHT, ""))]);
    let submission = Ok(Submission { files, shown: "src".to_owned(), ignored: Vec::new() });
    let graded = grader.grade(&Request { lesson: &lesson, submission, origin, seeds: Seeds::Public });
    std::fs::remove_dir_all(&folder).unwrap();
    let error = graded.map(|report| report.errors).unwrap_err().chain();
    assert!(error.contains("could not build `lesson_05` here"), "{error}");
}

#[test]
fn a_bomb_for_the_compiler_is_contained() {
    let report =
        grade("bomb", &lesson_05(RIGHT, "pub const N: u64 = { let mut n = 0u64; while n < u64::MAX { n += 1; } n };"));
    assert!(report.does_not_compile(), "{report:?}");
}

#[test]
fn a_misconception_is_matched_by_its_transcript() {
    let grader = common::grader();
    let source = std::fs::read_to_string(lesson(&grader.course).dir.join("wrong/truncates.rs")).unwrap();
    let report = grade_in(&grader, "believes", &source, None);
    let Outcome::Failed(Failure::Transcript { beliefs, .. }) = outcome(&report, "formats") else {
        panic!("{:?}", report.checks)
    };
    assert!(beliefs[0].certain && source.contains(beliefs[0].text.en.split(',').next().unwrap()), "{beliefs:?}");
}

#[test]
fn of_two_beliefs_that_show_alike_the_nearer_is_shown() {
    // Both print 0.00 before the body; only one of them fails what this program fails.
    let grader = common::grader();
    for name in ["let-underscore", "prints-at-start"] {
        let path = lesson(&grader.course).dir.join("wrong").join(format!("{name}.rs"));
        let source = std::fs::read_to_string(path).unwrap();
        let report = grade_in(&grader, "alike", &source, None);
        let Outcome::Failed(Failure::Transcript { beliefs, .. }) = outcome(&report, "slide") else { panic!() };
        assert!(beliefs[0].text.en.starts_with("The line comes before the body"), "{beliefs:?}");
    }
}

#[test]
fn without_a_submission_every_check_is_still_there() {
    let grader = common::grader();
    let lesson = lesson(&grader.course);
    let unreadable = Unreadable { path: "src/lib.rs".to_owned(), reason: Defect::Missing };
    let origin = Origin::Other("test-none".to_owned());
    let report =
        grader.grade(&Request { lesson: &lesson, submission: Err(unreadable), origin, seeds: Seeds::Public }).unwrap();
    assert_eq!((report.checks.len(), report.score()), (lesson.checks.len(), 0));
    assert!(report.does_not_compile());
}
