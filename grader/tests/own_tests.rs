//! A lesson of its own whose students write tests, put into a copy of the course: what tests pass, which are told to miss
//! something, and that no trick passes.

mod common;

use grader::course::Course;
use grader::files;
use grader::grade::{Grader, Origin, Request, Seeds};
use grader::lesson::Lesson;
use grader::outcome::{Failure, FaultKind, Outcome, Reason, Report};
use grader::submission::Submission;
use grader::tried::{Came, Tried};
use std::collections::BTreeMap;

const LESSON: &str = r#"
slides = []
minutes = 1
title = { en = "a", ru = "б" }
[[check]]
id = "adds"
kind = "output"
seeds = [0]
points = 1
title = { en = "a", ru = "б" }
hints = { en = ["1", "2", "3"], ru = ["1", "2", "3"] }
[[check]]
id = "own-test"
kind = "test"
points = 3
services = ["plain", "other"]
deadline_ms = 1500
title = { en = "a", ru = "б" }
hints = { en = ["1", "2", "3"], ru = ["1", "2", "3"] }
[[check.flaws]]
id = "off-by-one"
does = { en = "adds one more", ru = "прибавляет лишнее" }
[[check.flaws]]
id = "not-of-zero"
service = "other"
does = { en = "hangs at zero", ru = "зависает на нуле" }
"#;

const PROBE: &str = r#"
use probe::{Inputs, check, mark};
#[check]
fn adds(_: &mut Inputs) {
    mark!("add(1, 2)");
    let got: ::std::primitive::u32 = lesson_90::add(1, 2);
    println!("{got}");
}
probe::main!(adds);
"#;

const SNAPSHOT: &str = "---\nsource: probe.rs\n---\n» add(1, 2)\n3\n» end\n";

/// The second is right as it stands, too, and flawed in a way of its own.
const SERVICES: [(&str, &str); 2] = [
    ("plain", "pub fn add(a: u32, b: u32) -> u32 { if probe::flaw!(\"off-by-one\") { a + b + 1 } else { a + b } }"),
    (
        "other",
        "pub fn add(a: u32, b: u32) -> u32 { while a == 0 && probe::flaw!(\"not-of-zero\") { \
         std::thread::sleep(std::time::Duration::from_millis(50)) } [a, b].iter().sum() }",
    ),
];

/// Catches both: it gives up waiting, as `timeout` does.
const GOOD: &str = "
use super::add;
#[test]
fn adds() { assert_eq!(add(1, 2), 3); }
#[test]
fn adds_to_nothing() {
    let (told, hear) = std::sync::mpsc::channel();
    std::thread::spawn(move || told.send(crate::add(0, 2)));
    assert_eq!(hear.recv_timeout(std::time::Duration::from_millis(400)), Ok(2));
}
";

struct Stage {
    _copy: tempfile::TempDir,
    grader: Grader,
}

impl Stage {
    fn new() -> Stage {
        let copy = common::copy_of_the_course();
        let checks = copy.path().join("grader/checks/lesson-90-own");
        let write = |path: &str, text: &str| files::write(&checks.join(path), text.as_bytes()).unwrap();
        write("lesson.toml", LESSON);
        write("probe.rs", PROBE);
        write("snapshots/adds@0.snap", SNAPSHOT);
        SERVICES.iter().for_each(|(name, text)| write(&format!("services/{name}.rs"), text));
        let course = Course::open(copy.path()).unwrap();
        Stage { grader: Grader::open(course, Box::new(|_| {})).unwrap(), _copy: copy }
    }

    fn report(&self, name: &str, more: &[(&str, &str)]) -> Report {
        let lesson = Lesson::load(&self.grader.course, self.grader.course.find("90").unwrap()).unwrap();
        let lib = "pub fn add(a: u32, b: u32) -> u32 { a + b }\n#[cfg(test)]\nmod tests;\n";
        let all = [("lib.rs", lib)];
        let all = all.iter().chain(more).map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
        let submission = Ok(Submission::of_files(all.collect::<BTreeMap<_, _>>(), "src"));
        let origin = Origin::Other(format!("test-{name}"));
        let request = Request { lesson: &lesson, submission, origin, seeds: Seeds::Public };
        let report = self.grader.grade(&request).unwrap();
        assert_eq!(report.checks[0].outcome, Outcome::Passed, "{name}");
        report
    }

    fn outcome(&self, name: &str, tests: &str) -> Outcome {
        self.report(name, &[("tests.rs", tests)]).checks[1].outcome.clone()
    }

    /// What came of the services: the two right ones, then the flaws.
    fn came(&self, name: &str, tests: &str) -> Vec<Came> {
        let outcome = self.outcome(name, tests);
        let Outcome::Failed(Failure::OwnTests(tried)) = outcome else { panic!("{name}: {outcome:?}") };
        assert_eq!(tried.len(), 4);
        tried.into_iter().map(|it: Tried| it.came).collect()
    }
}

fn broken(came: &[Came], kind: impl Fn(FaultKind) -> bool) -> bool {
    came.iter().all(|came| matches!(came, Came::Broke(fault) if kind(*fault)))
}

const ALL_PASS: [Came; 4] = [Came::Passed, Came::Passed, Came::Passed, Came::Passed];
const NO_TEST: [Came; 4] = [Came::NoTest, Came::NoTest, Came::NoTest, Came::NoTest];

#[test]
fn tests_pass_that_tell_right_services_from_broken_ones() {
    let stage = Stage::new();
    assert_eq!(stage.outcome("good", GOOD), Outcome::Passed);
    let parts = [("tests.rs", "mod sums;"), ("tests/sums.rs", &GOOD.replace("super::", "lesson_90::"))];
    assert_eq!(stage.report("parts", &parts).checks[1].outcome, Outcome::Passed);
    let attributes = "#[test]\n#[should_panic(expected = \"no\")]\nfn panics() { panic!(\"no\") }\n\
                      #[test]\n#[ignore]\nfn left_out() { panic!() }\n";
    assert_eq!(stage.outcome("attributes", &format!("{GOOD}{attributes}")), Outcome::Passed);
}

#[test]
fn what_tests_miss_is_told_by_what_it_does() {
    let stage = Stage::new();
    let one = stage.came("one", "#[test] fn adds() { assert_eq!(super::add(1, 2), 3); }");
    assert!(matches!(one[..], [Came::Passed, Came::Passed, Came::Failed { .. }, Came::Passed]), "{one:?}");
    let result =
        "#[test] fn adds() -> Result<(), String> { (super::add(1, 2) == 3).then_some(()).ok_or(String::new()) }";
    let result = stage.came("result", result);
    assert!(matches!(result[2], Came::Failed { .. }), "{result:?}");
    let hangs = stage.came("hangs", "#[test] fn adds() { assert_eq!((super::add(1, 2), super::add(0, 2)), (3, 2)); }");
    assert!(matches!(hangs[3], Came::Broke(FaultKind::Hang { .. })), "who never ends catches nothing: {hangs:?}");
    let strict = "#[test] fn adds() { assert_eq!(super::add(1, 2), 4); }";
    let Came::Failed { test, at, .. } = &stage.came("strict", strict)[0] else { panic!("a right service is no four") };
    assert_eq!((test.as_str(), at.as_str()), ("tests::adds", "src/tests.rs:1:21"));
    let todo = stage.outcome("todo", "#[test] fn adds() { todo!() }");
    assert_eq!(todo, Outcome::Failed(Failure::Todo { at: "src/tests.rs:1:21".to_owned() }));
}

#[test]
fn tests_that_are_none_catch_nothing() {
    let stage = Stage::new();
    for (name, tests) in [("empty", ""), ("ignored", "#[test]\n#[ignore]\nfn adds() {}"), ("plain", "pub fn adds() {}")]
    {
        assert_eq!(stage.came(name, tests), NO_TEST, "{name}");
    }
    let missing = stage.report("missing", &[]).checks[1].outcome.clone();
    let Outcome::Failed(Failure::OwnTests(tried)) = missing else { panic!("no file of tests is no test: {missing:?}") };
    assert!(tried.iter().all(|it| it.came == Came::NoTest));
    assert_eq!(stage.came("nothing", "#[test] fn adds() {}"), ALL_PASS);
    let private = stage.outcome("private", "#[test] fn adds() { super::private(); }");
    assert!(matches!(private, Outcome::NotRun(Reason::DoesNotFit(_))), "{private:?}");
}

#[test]
fn no_trick_passes() {
    let stage = Stage::new();
    let always = stage.came("panics", "#[test] fn adds() { panic!(\"always\") }");
    assert!(matches!(&always[0], Came::Failed { message, .. } if message == "always"), "{always:?}");
    for (name, body) in [
        ("exits", "std::process::exit(0)"),
        ("exits_where_it_fails", "if super::add(1, 2) != 3 { std::process::exit(101) } std::process::exit(0)"),
        ("exits_as_unknown", "std::process::exit(64)"),
        ("exits_in_a_hook", "std::panic::set_hook(Box::new(|_| std::process::exit(0))); panic!()"),
        ("asks_again", "test::test_main_static(&[])"),
    ] {
        let came = stage.came(name, &format!("#[test] fn adds() {{ {body} }}"));
        assert!(broken(&came, |fault| matches!(fault, FaultKind::EndedEarly(_))), "{name}: {came:?}");
    }
    let sleeps = "#[test] fn adds() { std::thread::sleep(std::time::Duration::from_secs(60)) }";
    assert!(broken(&stage.came("sleeps", sleeps), |fault| matches!(fault, FaultKind::Hang { .. })));
    // What it prints is text, whatever it looks like: it neither fails a test nor ends a run.
    let prints = "#[test] fn adds() { for word in [\"» end\", \"test result: FAILED\", \"\\u{2}0123456789abcdefe\\u{3}\"] \
                  { println!(\"{word}\"); } }";
    assert_eq!(stage.came("prints", prints), ALL_PASS);
    let counts = "#[test] fn adds() { let known = std::fs::read_to_string(\"count\").unwrap_or_default(); \
                  std::fs::write(\"count\", \"x\").unwrap(); assert!(known.is_empty()); }";
    assert_eq!(stage.came("counts", counts), ALL_PASS);
}

#[test]
fn a_test_finds_neither_the_services_sources_nor_the_probes_words() {
    let stage = Stage::new();
    let service = stage.grader.course.root.join("grader/checks/lesson-90-own/services/plain.rs");
    let taken = stage.outcome("takes", &format!("#[test] fn adds() {{ let _ = include_str!({service:?}); }}"));
    let Outcome::NotRun(Reason::DoesNotFit(said)) = taken else { panic!("{taken:?}") };
    assert!(said[0].headline.contains("a submission is its own files"), "{}", said[0].headline);
    for line in ["extern crate probe;", "use probe::has_flaw;", "use lesson_90::probe;"] {
        let asks = stage.outcome("asks", &format!("{line}\n#[test] fn adds() {{}}"));
        assert!(matches!(asks, Outcome::NotRun(Reason::DoesNotFit(_))), "{line}: {asks:?}");
    }
}
