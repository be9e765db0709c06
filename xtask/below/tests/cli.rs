//! `cargo xtask` as its users start it: what it prints, its exit codes, and how it takes bad input.
//!
//! The program is built once and then run in copies of the course, with the variables that `cargo run` sets.

#[path = "../../../grader/tests/common/mod.rs"]
mod common;
mod copied;

use copied::{Copied, LIB, Said, bounded, cargo};
use process::Ended;
use std::ffi::OsString;
use std::path::Path;

#[test]
fn a_stub_fails_and_a_solution_passes() {
    let clone = Copied::new();
    let said = clone.say(&["check", "lesson-05"]);
    assert_eq!(said.code, 1, "{}", said.err);
    assert!(said.out.contains("0 of 130 points"), "{}", said.out);
    assert!(said.out.contains("`todo!()` is still there"), "{}", said.out);
    assert!(said.out.contains(&format!("{LIB}:")), "{}", said.out);
    assert!(!said.out.contains('\u{1b}'), "no colours into a pipe");
    assert_eq!(said.err, "", "quiet in a pipe");

    let said = clone.say(&["check", "timeit", "--solution"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert!(said.out.contains("130 of 130 points"), "{}", said.out);
}

#[test]
fn unchanged_source_gets_the_stored_verdict_and_a_change_a_new_one() {
    let clone = Copied::new();
    let stored = "Nothing changed since the last check";
    assert!(!clone.say(&["check", "5"]).out.contains(stored));
    assert!(clone.say(&["check", "5"]).out.contains(stored));
    clone.solve("lesson-05-timeit");
    let said = clone.say(&["check", "5"]);
    assert!(!said.out.contains(stored) && said.code == 0, "{}", said.out);
    // A change in the checks is one as well.
    let toml = clone.root().join("grader/checks/lesson-05-timeit/lesson.toml");
    let text = std::fs::read_to_string(&toml).unwrap().replacen("points = 10", "points = 11", 1);
    clone.write("grader/checks/lesson-05-timeit/lesson.toml", text.as_bytes());
    assert!(clone.say(&["check", "5"]).out.contains("131 of 131 points"));
}

#[test]
fn without_a_lesson_it_is_the_one_of_the_folder_else_the_next_unsolved() {
    let clone = Copied::new();
    for lesson in clone.root().join("grader/checks").read_dir().unwrap().flatten() {
        let name = lesson.file_name().into_string().unwrap();
        if name != "lesson-05-timeit" && !name.starts_with("lesson-17") {
            std::fs::remove_dir_all(lesson.path()).unwrap();
        }
    }
    assert!(clone.say_in("lessons/lesson-05-timeit/src", &["check"], &[]).out.starts_with("lesson-05 "));
    clone.solve("lesson-05-timeit");
    assert_eq!(clone.say(&["check", "5"]).code, 0);
    let list = clone.say(&["list"]).out;
    assert!(list.contains("✓ lesson-05") && list.contains("130/130"), "{list}");
    assert!(list.contains("· lesson-17"), "{list}");
    let next = clone.say(&["check"]);
    assert!(next.out.starts_with("lesson-17 "), "{} {}", next.out, next.err);
}

#[test]
fn the_call_itself_can_be_off() {
    let clone = Copied::new();
    let said = clone.say(&["check", "timit"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("no lesson is called `timit`; did you mean `lesson-05` (timeit)?"), "{}", said.err);
    assert_eq!(clone.say(&["chekc"]).code, 2);
    assert_eq!(clone.say(&["check", "5", "--path", "nowhere"]).code, 2);
    assert_eq!(clone.say(&["hint", "5", "nonesuch"]).code, 2);
}

#[test]
fn what_is_wrong_with_the_source_is_said_and_exits_with_3() {
    let clone = Copied::new();
    let wrong = |contents: Option<&[u8]>, words: &str| {
        let path = clone.root().join(LIB);
        let _ = std::fs::remove_file(&path);
        let _ = std::fs::remove_dir_all(&path);
        if let Some(contents) = contents {
            clone.write(LIB, contents);
        }
        let said = clone.say(&["check", "5"]);
        assert_eq!(said.code, 3, "{words}: {} {}", said.out, said.err);
        assert!(said.out.contains(words), "{words}: {}", said.out);
        assert!(said.out.contains(LIB), "{}", said.out);
    };
    wrong(None, "is not there");
    wrong(Some(b""), "is empty");
    wrong(Some(b"// \xff"), "is not UTF-8");
    wrong(Some(b"pub fn x( {"), "unclosed delimiter");
    std::fs::remove_file(clone.root().join(LIB)).unwrap();
    std::fs::create_dir(clone.root().join(LIB)).unwrap();
    assert!(clone.say(&["check", "5"]).out.contains("not a regular file"));
    std::fs::remove_dir_all(clone.root().join("lessons/lesson-05-timeit")).unwrap();
    let said = clone.say(&["check", "5"]);
    assert_eq!(said.code, 3);
    assert!(said.out.contains("git checkout"), "{}", said.out);
}

#[test]
fn another_lesson_that_is_broken_stops_nobody() {
    let clone = Copied::new();
    clone.write("lessons/lesson-17-gather/Cargo.toml", b"[package\nname = ");
    clone.write("grader/checks/lesson-17-gather/lesson.toml", b"slides = [27\n");
    assert_eq!(clone.say(&["check", "5"]).code, 1);
    let said = clone.say(&["check", "5", "17"]);
    assert_eq!(said.code, 6);
    assert!(said.err.contains("grader/checks/lesson-17-gather/lesson.toml:"), "{}", said.err);
    // It keeps its row, and is no zero.
    assert!(said.out.contains("lesson-05") && said.out.contains("! lesson-17 gather"), "{}", said.out);
    for format in ["json", "junit", "github"] {
        let said = clone.say(&["check", "5", "17", "--format", format]);
        assert_eq!(said.code, 6);
        assert!(said.out.contains("lesson-17") && said.out.contains("lesson.toml"), "{format}: {}", said.out);
    }
}

#[test]
fn cargo_xtask_starts_with_a_broken_manifest_in_a_lesson_and_is_built_when_its_sources_change() {
    let clone = Copied::new();
    clone.write("lessons/lesson-17-gather/Cargo.toml", b"[package\nname = ");
    let env = || -> Vec<(OsString, OsString)> {
        let kept = |name: &str| name == "CARGO_HOME" || !name.starts_with("CARGO");
        std::env::vars_os().filter(|(name, _)| kept(&name.to_string_lossy())).collect()
    };
    let help = || {
        let exit = bounded(&cargo(), &["xtask", "--help"], clone.root(), env());
        assert_eq!(exit.ended, Ended::Code(0), "{}", String::from_utf8_lossy(&exit.stderr));
        String::from_utf8(exit.stdout).unwrap()
    };
    assert!(help().contains("check your lessons"));
    // Also where programs are put elsewhere.
    let elsewhere = ("CARGO_TARGET_DIR".into(), clone.root().join("elsewhere").into());
    let exit = bounded(&cargo(), &["xtask", "list"], clone.root(), env().into_iter().chain([elsewhere]).collect());
    assert_eq!(exit.ended, Ended::Code(0), "{}", String::from_utf8_lossy(&exit.stderr));
    assert!(String::from_utf8_lossy(&exit.stdout).contains("lesson-05"));

    // The launcher alone, with a cargo that can't be started: it needs none, until a source changes.
    let built = grader::files::below(&clone.root().join("xtask/launcher/target")).unwrap();
    let name = format!("launcher{}", std::env::consts::EXE_SUFFIX);
    let launcher = built.iter().find(|path| path.ends_with(Path::new("debug").join(&name))).unwrap();
    let without_cargo = || {
        let nowhere = ("CARGO".into(), clone.root().join("no-cargo").into());
        bounded(launcher, &["--help"], clone.root(), env().into_iter().chain([nowhere]).collect())
    };
    assert_eq!(without_cargo().ended, Ended::Code(0));
    let source = clone.root().join("xtask/src/cli.rs");
    let changed = std::fs::read_to_string(&source).unwrap().replace("check your lessons", "check our lessons");
    clone.write("xtask/src/cli.rs", changed.as_bytes());
    let exit = without_cargo();
    let said = String::from_utf8_lossy(&exit.stderr).into_owned();
    assert_eq!(exit.ended, Ended::Code(4), "{said}");
    assert!(said.contains("failed to start the grader"), "{said}");
    assert!(help().contains("check our lessons"));
    assert_eq!(without_cargo().ended, Ended::Code(0));
}

#[test]
fn what_the_course_lacks_is_named() {
    let clone = Copied::new();
    std::fs::remove_file(clone.root().join("Cargo.lock")).unwrap();
    let said = clone.say(&["check", "5"]);
    assert_eq!(said.code, 6);
    assert!(
        said.err.contains("Cargo.lock`: is missing") && said.err.contains("git checkout Cargo.lock"),
        "{}",
        said.err
    );

    let clone = Copied::new();
    clone.write("rust-toolchain.toml", b"[toolchain]\nchannel = \"1.80.0\"\n");
    let said = clone.say(&["check", "5"]);
    assert_eq!(said.code, 4);
    assert!(
        said.err.contains("pinned to Rust 1.80.0") && said.err.contains("rustup toolchain install"),
        "{}",
        said.err
    );
}

#[test]
fn hints_come_one_at_a_time() {
    let clone = Copied::new();
    let levels: Vec<String> = (0..4).map(|_| clone.say(&["hint", "5", "slide"]).out).collect();
    for (said, level) in levels.iter().zip(["1/3", "2/3", "3/3", "3/3"]) {
        assert!(said.contains(level), "{said}");
    }
    assert_ne!(levels[0], levels[1]);
    let russian = clone.say_in(".", &["hint", "5", "slide", "--level", "1"], &[("LANG", "ru_RU.UTF-8")]).out;
    assert!(russian.contains("подсказка 1/3"), "{russian}");
}

#[test]
fn json_is_whole_and_nothing_else() {
    let clone = Copied::new();
    let said = clone.say(&["check", "5", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let report = &value["reports"][0];
    assert_eq!(report["lesson"], "lesson-05");
    assert_eq!(report["score"], 0);
    assert_eq!(report["made_by"]["isolation"], "limits");
    for key in ["grader", "checks", "submission", "toolchain"] {
        assert!(!report["made_by"][key].as_str().unwrap().is_empty(), "{key}");
    }
    assert_eq!(said.code, 1);
}

#[test]
fn github_gets_annotations_at_the_students_lines_and_a_summary() {
    let clone = Copied::new();
    let summary = clone.root().join("summary.md");
    std::fs::File::create(&summary).unwrap();
    let said =
        clone.say_in(".", &["check", "5", "--format", "github"], &[("GITHUB_STEP_SUMMARY", summary.to_str().unwrap())]);
    let first = said.out.lines().next().unwrap();
    assert!(first.starts_with(&format!("::error file={LIB},line=")), "{first}");
    assert!(first.contains("title=lesson-05 · slide::"), "{first}");
    assert!(said.out.lines().filter(|line| line.starts_with("::error ")).count() <= 10);
    let summary = std::fs::read_to_string(summary).unwrap();
    assert!(summary.starts_with("### lesson-05 · "), "{summary}");
    assert!(summary.contains("| ❌ | `slide` |"), "{summary}");
}

#[test]
fn junit_counts_every_check() {
    let clone = Copied::new();
    let said = clone.say(&["check", "5", "--format", "junit"]);
    assert!(said.out.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"), "{}", said.out);
    assert_eq!(said.out.matches("<testcase ").count(), 12);
    assert!(
        said.out.contains("<testsuite name=\"lesson-05\" tests=\"12\" failures=\"10\" errors=\"0\" skipped=\"2\">"),
        "{}",
        said.out
    );
}

#[test]
fn a_seed_is_shown_and_brings_the_same_inputs_again() {
    let clone = Copied::new();
    let wrong = std::fs::read(clone.root().join("grader/checks/lesson-05-timeit/wrong/truncates.rs")).unwrap();
    clone.write(LIB, &wrong);
    let first = clone.say(&["check", "5", "--seed", "77"]);
    assert!(first.out.contains("(seed 77)") && first.out.contains("--seed 77"), "{}", first.out);
    let json = |seed: &str| clone.say(&["check", "5", "--seed", seed, "--format", "json"]).out;
    assert_eq!(json("77"), json("77"));
    assert_ne!(json("77"), json("78"));
}

#[test]
fn a_folder_that_is_elsewhere_can_be_checked() {
    let clone = Copied::new();
    let elsewhere = tempfile::tempdir().unwrap();
    let solution = std::fs::read(clone.root().join("solutions/lesson-05-timeit/src/lib.rs")).unwrap();
    grader::files::write(&elsewhere.path().join("src/lib.rs"), &solution).unwrap();
    // What is not taken has no say: a manifest, a build script, cargo's configuration.
    grader::files::write(&elsewhere.path().join("build.rs"), b"compile_error!();").unwrap();
    grader::files::write(&elsewhere.path().join("Cargo.toml"), b"nonsense").unwrap();
    let said = clone.say(&["check", "5", "--path", elsewhere.path().to_str().unwrap()]);
    assert_eq!(said.code, 0, "{} {}", said.out, said.err);
    assert!(!clone.root().join("progress.toml").exists(), "another's work is no progress of one's own");
}

#[test]
fn two_checks_at_once_both_get_their_verdict() {
    let clone = Copied::new();
    clone.solve("lesson-05-timeit");
    let said: Vec<Said> = std::thread::scope(|scope| {
        let both: Vec<_> = (0..2).map(|_| scope.spawn(|| clone.say(&["check", "5"]))).collect();
        both.into_iter().map(|one| one.join().unwrap()).collect()
    });
    for said in said {
        assert_eq!(said.code, 0, "{} {}", said.out, said.err);
        assert!(said.out.contains("130 of 130 points"));
    }
}

#[test]
fn the_slides_program_runs_with_the_students_work() {
    let clone = Copied::new();
    clone.solve("lesson-17-gather");
    let said = clone.say(&["run", "17"]);
    assert_eq!((said.code, said.out.as_str()), (0, "One\nOne\nTwo\nTwo\n"), "{}", said.err);
}

#[test]
fn the_quiz_prints_its_questions_where_nobody_can_answer() {
    let copied = Copied::new();
    let said = copied.say(&["quiz", "5"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(said.out.matches("lesson-05 · ").count(), 3, "{}", said.out);
    assert!(!said.out.contains("vaneta"), "no answers: {}", said.out);
    assert_eq!(copied.say(&["quiz", "--lang", "ru"]).code, 0);
    // An answer that the snapshots no longer hold is never shown.
    let snapshot = "grader/checks/lesson-05-timeit/snapshots/nested@1.snap";
    let text = std::fs::read_to_string(copied.root().join(snapshot)).unwrap().replace("16.75", "16.76");
    copied.write(snapshot, text.as_bytes());
    let said = copied.say(&["quiz", "5"]);
    assert_eq!(said.code, 6);
    assert!(said.err.contains("is not in the snapshot `nested@1`"), "{}", said.err);
}

#[test]
fn help_names_the_exit_codes() {
    let clone = Copied::new();
    let help = clone.say(&["check", "--help"]).out;
    assert!(help.contains(&grader::exit_code::ExitCode::table()), "{help}");
    for command in ["check", "run", "list", "hint", "quiz", "audit", "bench"] {
        assert!(clone.say(&["--help"]).out.contains(command));
    }
}

/// The verdicts in the READMEs are real ones, with some lines left out: those of two wrong programs of lesson 05.
#[test]
fn the_readmes_show_real_verdicts() {
    let copied = Copied::new();
    for (readme, program, lang) in [("README.md", "after-the-body", "en"), ("README.ru.md", "truncates", "ru")] {
        let wrong =
            std::fs::read(copied.root().join(format!("grader/checks/lesson-05-timeit/wrong/{program}.rs"))).unwrap();
        copied.write(LIB, &wrong);
        let real = copied.say_in(".", &["check", "5", "--lang", lang], &[("COLUMNS", "80")]).out;
        let text = std::fs::read_to_string(common::root().join(readme)).unwrap();
        let (_, rest) = text.split_once("```text\n").unwrap();
        let (shown, _) = rest.split_once("```").unwrap();
        let mut left = real.lines();
        for line in shown.lines().filter(|line| line.trim() != "…") {
            assert!(
                left.any(|real| real.trim_end() == line),
                "{readme} shows a line that is not so:\n{line}\n\n{real}"
            );
        }
    }
}
