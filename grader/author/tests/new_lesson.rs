//! An author's day: from `new-lesson` to an audit that finds nothing, one finding mended after the other.

#[path = "../../tests/common/mod.rs"]
mod common;

use author::audit::{Effort, audit, slide, sources, update_beliefs};
use author::scaffold::{TO_WRITE, new_id, new_lesson};
use grader::course::{Course, LessonId};
use grader::files;
use grader::grade::Grader;
use grader::lesson::{CheckKind, Lesson};
use std::path::{Path, PathBuf};

/// A copy of the course, with a lesson that was just made.
struct Made {
    copy: tempfile::TempDir,
    id: LessonId,
    grader: Grader,
}

impl Made {
    fn new(asynchronous: bool) -> Made {
        let copy = common::copy_of_the_course();
        let course = Course::open(copy.path()).unwrap();
        let id = new_id(&course, "30", "greeting").unwrap();
        new_lesson(&course, &id, asynchronous).unwrap();
        let course = Course::open(copy.path()).unwrap();
        assert_eq!(course.find("greeting").unwrap(), &id);
        let grader = Grader::open(course, Box::new(|_| {})).unwrap();
        Made { copy, id, grader }
    }

    fn lesson(&self) -> Lesson {
        Lesson::load(&self.grader.course, &self.id).unwrap()
    }

    fn findings(&self) -> String {
        audit(&self.grader, &self.lesson(), Effort { runs: 2 }).unwrap().findings.join("\n")
    }

    fn path(&self, path: &str) -> PathBuf {
        self.copy.path().join(path.replace("CHECKS", "grader/checks/lesson-30-greeting"))
    }

    fn write(&self, path: &str, text: &str) {
        files::write(&self.path(path), text.as_bytes()).unwrap();
    }

    /// The file with a part replaced that it has.
    fn mend(&self, path: &str, from: &str, to: &str) {
        let text = files::read(&self.path(path)).unwrap();
        assert!(text.contains(from), "{path} lacks {from}");
        self.write(path, &text.replace(from, to));
    }

    /// What `--update` writes: insta's files, as far as the tests of the solutions need not be built for it.
    fn update(&self) {
        let lesson = self.lesson();
        let hold = |path: &Path, text: &str| {
            files::write(path, format!("---\nsource: a test\n---\n{text}").as_bytes()).unwrap();
        };
        for check in &lesson.checks {
            let CheckKind::Output { seeds, .. } = &check.kind else { continue };
            for seed in seeds {
                hold(&lesson.snapshot(check, *seed), &self.grader.reference(&lesson, check, *seed).unwrap());
            }
        }
        hold(&slide::snapshot(&lesson), &slide::program(&self.grader, &lesson).unwrap());
        sources::update_stub(&self.grader.course, &lesson).unwrap();
    }
}

fn assert_all(found: &str, parts: &[&str]) {
    for part in parts {
        assert!(found.contains(part), "{found}\n\nlacks\n{part}");
    }
}

fn assert_none(found: &str, parts: &[&str]) {
    for part in parts {
        assert!(!found.contains(part), "{found}\n\nstill has\n{part}");
    }
}

const PINNED: &str = r#"error: unused return value of `greet` that must be used
 --> checks/lesson-30-greeting/compile/nobody-hears.fail.rs:8:5
  |
8 |     greet("world"); //~ unused_must_use
  |     ^^^^^^^^^^^^^^
  |
  = note: a greeting that nobody hears was made for nothing
note: the lint level is defined here
 --> checks/lesson-30-greeting/compile/nobody-hears.fail.rs:3:9
  |
3 | #![deny(unused_must_use)]
  |         ^^^^^^^^^^^^^^^
"#;

const FOURTH: &str = r#"
[[check]]
id = "several"
kind = "output"
points = 20
title = { en = "greets each of several", ru = "приветствует каждого" }
[check.hints]
en = ["1", "2", "3"]
ru = ["1", "2", "3"]
"#;

const FOURTH_FUNCTION: &str = "/// Several greetings in a row.
#[check]
fn several(inputs: &mut Inputs) {
    let names = inputs.words(3);
    mark!(\"{names:?}\");
    let got: ::std::vec::Vec<::std::string::String> = names.iter().map(|name| greet(name)).collect();
    mark!(\"{got:?}\");
}

probe::main!(slide, any_name, several);
";

#[test]
fn a_new_lesson_is_led_to_a_clean_audit() {
    let made = Made::new(false);

    // As it was made: it compiles, and what is missing is said, a line each.
    let found = made.findings();
    assert_none(&found, &["does not compile", "stub:", "solution:", "is not formatted", "lacks the row", "trybuild"]);
    assert_all(
        &found,
        &[
            &format!("`lessons/lesson-30-greeting/README.md` still says `{TO_WRITE}`, in line 1, 3, "),
            &format!("`lessons/lesson-30-greeting/README.ru.md` still says `{TO_WRITE}`"),
            &format!("`grader/checks/lesson-30-greeting/lesson.toml` still says `{TO_WRITE}`"),
            "`wrong/` has 1 programs; a lesson needs 6",
            "`right/` has 1 programs; a lesson needs 3",
            "has 3 checks; a lesson needs 4",
            "nobody-hears.fail.stderr`: is missing: `cargo xtask audit --update` writes it",
            "slide@0.snap`: this snapshot is missing: `cargo xtask audit --update` writes it",
            "program.snap`: this snapshot is missing",
            "no wrong program fails `unheard`",
            "`beliefs.toml` is not what these",
            "`stub/` is not what the lesson's `src/` is: `--update` writes it anew",
        ],
    );

    made.update();
    made.write("CHECKS/compile/nobody-hears.fail.stderr", &PINNED.replace("error: unused", "error[E0432]: unresolved"));
    assert_all(&made.findings(), &["compile/nobody-hears: its `.stderr` pins E0432, an import that is not there"]);
    made.write("CHECKS/compile/nobody-hears.fail.stderr", PINNED);
    made.mend("CHECKS/compile/nobody-hears.fail.rs", "//~ unused_must_use", "//~ unused_variables");
    let lesson_toml = files::read(&made.path("CHECKS/lesson.toml")).unwrap();
    made.write("CHECKS/lesson.toml", &format!("{lesson_toml}{FOURTH}"));
    let found = made.findings();
    assert_none(&found, &["program.snap", "a lesson needs 4", "E0432"]);
    assert_all(
        &found,
        &[
            "line 8 is marked `//~ unused_variables`, but `unused_must_use` is pinned there",
            "probe.rs: no function `several` for the check `several`",
        ],
    );

    made.mend("CHECKS/compile/nobody-hears.fail.rs", "//~ unused_variables", "//~ unused_must_use");
    made.mend("CHECKS/probe.rs", "probe::main!(slide, any_name);\n", FOURTH_FUNCTION);
    made.update();
    made.mend("CHECKS/wrong/greets-the-world.rs", "fails: any-name", "fails: any-name, several");
    made.mend("lessons/lesson-30-greeting/src/main.rs", "greet(\"world\")", "greet(\"you\")");
    made.mend("lessons/lesson-30-greeting/src/lib.rs", "name: &str) -> String", "name: &String)  -> String");
    let found = made.findings();
    assert_none(&found, &["several", "marked"]);
    assert_all(
        &found,
        &[
            "`greet` is `fn greet(_: &String) -> String` in the stub, and `fn greet(_: &str) -> String` in the solution",
            "README.md: shows `fn greet(_: &str) -> String`; the stub has `fn greet(_: &String) -> String`",
            "does not print what `snapshots/program.snap` holds; with the solution it prints\nHello, you!",
            "`lessons/lesson-30-greeting/src/lib.rs` is not formatted",
            "stub: earns nothing in `slide`, but not because `todo!()` is reached",
        ],
    );

    made.mend("lessons/lesson-30-greeting/src/main.rs", "greet(\"you\")", "greet(\"world\")");
    made.mend("lessons/lesson-30-greeting/src/lib.rs", "name: &String)  -> String", "name: &str) -> String");
    for (name, body, fails) in [
        ("lower-case", "format!(\"hello, {name}!\")", "slide, any-name, several"),
        ("no-comma", "format!(\"Hello {name}!\")", "slide, any-name, several"),
        ("no-stress", "format!(\"Hello, {name}\")", "slide, any-name, several"),
        ("with-a-line-end", "format!(\"Hello, {name}!\\n\")", "slide, any-name, several"),
        ("unheard", "format!(\"Hello, {name}!\")", "unheard"),
    ] {
        let must_use = if fails == "unheard" { "" } else { "#[must_use]\n" };
        let head = format!("//! fails: {fails}\n//! en: It says something else.\n//! ru: Говорит не то.\n");
        let program = format!("{head}\n{must_use}pub fn greet(name: &str) -> String {{\n    {body}\n}}\n");
        made.write(&format!("CHECKS/wrong/{name}.rs"), &program);
    }
    for (name, body) in [
        ("by-adding", "\"Hello, \".to_owned() + name + \"!\""),
        ("by-joining", "[\"Hello, \", name, \"!\"].join(\"\")"),
    ] {
        let head = "//! en: Otherwise.\n//! ru: Иначе.\n";
        let program = format!("{head}\n#[must_use]\npub fn greet(name: &str) -> String {{\n    {body}\n}}\n");
        made.write(&format!("CHECKS/right/{name}.rs"), &program);
    }
    for folder in ["lessons/lesson-30-greeting", "solutions/lesson-30-greeting", "CHECKS"] {
        for path in files::below(&made.path(folder)).unwrap() {
            let text = files::read(&path).unwrap();
            files::write(&path, text.replace(&format!("{TO_WRITE}: "), "").as_bytes()).unwrap();
        }
    }
    // The title is another one now than in the tables, whose rows are there to paste.
    let found = made.findings();
    assert_none(&found, &["still says", "a lesson needs", "no wrong program", "not formatted", "stub", "program.snap"]);
    for readme in ["README.md", "README.ru.md"] {
        let row =
            found.split(&format!("the course's `{readme}` lacks the row\n")).nth(1).unwrap().lines().next().unwrap();
        let text = files::read(&made.path(readme)).unwrap();
        let old = text.lines().find(|line| line.starts_with("| 30 |")).unwrap().to_owned();
        made.mend(readme, &old, row);
    }
    update_beliefs(&made.grader, &made.lesson()).unwrap();
    assert_eq!(made.findings(), "");
}

#[test]
fn a_new_async_lesson_compiles_and_its_programs_come_out_as_they_say() {
    let made = Made::new(true);
    made.update();
    let stderr = "error[E0597]: `name` does not live long enough\n --> checks/x.fail.rs:9:23\n  |\n";
    made.write("CHECKS/compile/name-dies-first.fail.stderr", stderr);
    let found = made.findings();
    assert_none(
        &found,
        &[
            "does not compile",
            "stub:",
            "solution:",
            "in-pieces:",
            "greets-the-world:",
            "not formatted",
            "real time",
            "compile/",
        ],
    );
    assert_all(&found, &["still says", "a lesson needs"]);
    let lesson = made.lesson();
    assert_eq!(lesson.dependencies, ["tokio"]);
    let text = files::read(&lesson.snapshot(lesson.check("slide").unwrap(), 0)).unwrap();
    assert!(text.contains("» returned \"Hello, world!\" after 1s"), "the clock is paused: {text}");
}
