//! Other people's work, as `check --path` meets it: what forges a grade, what breaks out, and what must be told all the same.
//!
//! Each submission is graded as CI grades it, in the strongest sandbox of this machine. Without one the tests fail.
#![cfg(target_os = "linux")]

#[path = "../../../grader/tests/common/mod.rs"]
mod common;
mod copied;

use copied::{Copied, Said};
use serde_json::Value;
use std::path::{Path, PathBuf};

const SOLUTION: &str = "solutions/lesson-05-timeit/src/lib.rs";

/// A folder beside the course with a submission of lesson 05.
struct Work(tempfile::TempDir);

impl Work {
    fn of(source: &str) -> Work {
        let folder = tempfile::tempdir().unwrap();
        grader::files::write(&folder.path().join("src/lib.rs"), source.as_bytes()).unwrap();
        Work(folder)
    }

    fn path(&self) -> &str {
        self.0.path().to_str().unwrap()
    }
}

fn solution() -> String {
    std::fs::read_to_string(common::root().join(SOLUTION)).unwrap()
}

/// The report on lesson 05 for this work, with more arguments.
fn report(copied: &Copied, work: &Work, more: &[&str]) -> (Said, Value) {
    let said = copied.say(&[&["check", "5", "--path", work.path(), "--format", "json"], more].concat());
    let all: Value =
        serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}: {} {}", said.out, said.err));
    (said, all["reports"][0].clone())
}

fn check<'a>(report: &'a Value, id: &str) -> &'a Value {
    report["checks"].as_array().unwrap().iter().find(|check| check["id"] == id).unwrap()
}

#[test]
fn a_right_program_gets_full_marks_in_a_sandbox_and_the_report_names_it() {
    let copied = Copied::new();
    let work = Work::of(&solution());
    for more in [&[][..], &["--seeds", "secret"]] {
        let (said, report) = report(&copied, &work, more);
        assert_eq!((said.code, &report["full_marks"]), (0, &Value::Bool(true)), "{report}");
        let isolation = report["made_by"]["isolation"].as_str().unwrap();
        assert!(isolation.ends_with("landlock+seccomp"), "{isolation}");
    }
}

#[test]
fn the_solution_taken_by_its_path_earns_nothing_and_is_named() {
    let copied = Copied::new();
    let taken = copied.root().join(SOLUTION);
    let up = "../".repeat(12);
    for source in [
        format!("#[path = \"{}\"] mod taken;\npub use taken::*;\n", taken.display()),
        format!("#[path = \"{up}{}\"]\nmod taken;\npub use taken::*;\n", taken.strip_prefix("/").unwrap().display()),
        format!("{}\nmod a {{ pub const TEXT: &str = include_str!(\"{}\"); }}\n", solution(), taken.display()),
    ] {
        let work = Work::of(&source);
        for more in [&[][..], &["--i-trust-this-code"]] {
            let (said, report) = report(&copied, &work, more);
            assert_eq!((said.code, &report["score"]), (3, &Value::from(0)), "{source}\n{report}");
            let error = report["errors"][0]["headline"].as_str().unwrap();
            assert!(error.contains("solutions/lesson-05-timeit/src/lib.rs"), "{source}\n{error}");
            assert!(error.ends_with("a submission is its own files"), "{source}\n{error}");
        }
    }
}

#[test]
fn a_link_to_the_solution_earns_nothing() {
    let copied = Copied::new();
    let folder = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(copied.root().join("solutions/lesson-05-timeit/src"), folder.path().join("src"))
        .unwrap();
    let (said, report) = report(&copied, &Work(folder), &[]);
    assert_eq!((said.code, &report["unreadable"]["reason"]), (3, &Value::from("link")), "{report}");
}

#[test]
fn answers_learnt_by_heart_pass_the_public_seeds_and_no_others() {
    // What `formats` must print under the public seeds, read from the snapshots as anybody can; else a guess.
    let snapshots = grader::files::below(&common::root().join("grader/checks/lesson-05-timeit/snapshots")).unwrap();
    let of_formats = snapshots.iter().filter(|path| path.to_str().unwrap().contains("/formats@"));
    let texts: String = of_formats.map(|path| std::fs::read_to_string(path).unwrap()).collect();
    let answers: Vec<&str> = texts.lines().filter(|line| line.parse::<f64>().is_ok()).collect();
    assert!(!answers.is_empty());
    let honest = "println!(\"{:.2}\", elapsed.as_secs_f64());";
    let learnt = format!(
        "let real = format!(\"{{:.2}}\", elapsed.as_secs_f64());
         println!(\"{{}}\", if {answers:?}.contains(&real.as_str()) {{ &real }} else {{ \"9.99\" }});"
    );
    let program = solution().replace(honest, &learnt);
    assert_ne!(program, solution());
    let work = Work::of(&program);
    let copied = Copied::new();

    let (_, public) = report(&copied, &work, &[]);
    assert_eq!(check(&public, "formats")["outcome"], "passed", "{public}");
    let (said, secret) = report(&copied, &work, &["--seeds", "secret"]);
    let formats = check(&secret, "formats");
    assert_eq!((said.code, &formats["outcome"]), (1, &Value::from("failed")), "{secret}");
    // The verdict tells the seed, so that a student sees the same at home.
    assert_eq!(formats["seed"], secret["made_by"]["seed"]);
    let seed = formats["seed"].to_string();
    let (_, again) = report(&copied, &work, &["--seed", &seed]);
    assert_eq!(check(&again, "formats")["got"], formats["got"]);
}

#[test]
fn a_course_key_gives_the_same_source_the_same_seed() {
    let copied = Copied::new();
    copied.write("key", &[7; 32]);
    let key = copied.root().join("key").display().to_string();
    let seed = |source: &str| {
        let (_, report) = report(&copied, &Work::of(source), &["--seeds", "secret", "--course-key", &key]);
        report["made_by"]["seed"].as_u64().unwrap()
    };
    let right = solution();
    assert_eq!(seed(&right), seed(&right));
    assert_ne!(seed(&right), seed(&format!("{right}\n")));
    copied.write("key", b"short");
    let work = Work::of(&right);
    let said = copied.say(&["check", "5", "--path", work.path(), "--seeds", "secret", "--course-key", &key]);
    assert!(said.code == 2 && said.err.contains("too short"), "{}", said.err);
}

#[test]
fn leaving_by_the_probes_own_code_is_the_submissions_fault() {
    let copied = Copied::new();
    let left = solution().replacen("clock.now()", "{ if true { std::process::exit(64) } clock.now() }", 1);
    let (said, report) = report(&copied, &Work::of(&left), &[]);
    assert_eq!(said.code, 1, "{report}");
    assert_eq!(check(&report, "slide")["fault"], "ended_early", "{report}");
}

#[test]
fn what_a_submission_may_not_reach_it_does_not_reach() {
    let copied = Copied::new();
    let secret = tempfile::NamedTempFile::new().unwrap();
    std::fs::set_permissions(secret.path(), std::os::unix::fs::PermissionsExt::from_mode(0o666)).unwrap();
    let checks = copied.root().join("grader/checks/lesson-05-timeit/snapshots/slide@0.snap");
    let read = |path: &Path| format!("std::fs::read({:?}).is_ok()", path.display().to_string());
    let attempts = [
        read(secret.path()),
        read(&checks),
        read(&copied.root().join(SOLUTION)),
        format!("std::fs::OpenOptions::new().append(true).open({:?}).is_ok()", secret.path()),
        "std::net::TcpListener::bind(\"127.0.0.1:0\").is_ok()".to_owned(),
        "std::net::UdpSocket::bind(\"127.0.0.1:0\").is_ok()".to_owned(),
        "std::process::Command::new(\"/bin/true\").status().is_ok()".to_owned(),
        read(&PathBuf::from(format!("/proc/{}/environ", std::process::id()))),
        "std::fs::read_dir(\"/root\").is_ok()".to_owned(),
    ];
    let all: String = attempts
        .iter()
        .map(|attempt| format!("if {attempt} {{ print!(\"reached: {{}} \", {attempt:?}); }} "))
        .collect();
    let program = solution().replacen("clock.now()", &format!("{{ {all} clock.now() }}"), 1);
    let (said, report) = report(&copied, &Work::of(&program), &[]);
    assert_eq!(said.code, 0, "{report}");
}

#[test]
fn what_strangers_print_commands_neither_a_terminal_nor_a_workflow() {
    let copied = Copied::new();
    let panic = "panic!(\"\\x1b[2J##[error]x \\u{9b}31m \\u{202e}::warning::y\")";
    let work = Work::of(&solution().replacen("clock.now()", &format!("{{ if true {{ {panic} }} clock.now() }}"), 1));
    for format in ["human", "github", "junit"] {
        let said = copied.say(&["check", "5", "--path", work.path(), "--format", format]);
        let raw = |c: char| c != '\n' && c.is_control() || c == '\u{202e}';
        assert!(!said.out.contains(raw), "{format}: {:?}", said.out);
        assert!(!said.out.contains("##[error]") || format != "github", "{format}: {}", said.out);
    }
}

#[test]
fn neighbours_get_the_same_reports_beside_hostile_ones() {
    let copied = Copied::new();
    let hostile = [
        "loop {}",
        "loop { std::thread::sleep(std::time::Duration::from_secs(60)) }",
        "{ let mut all = Vec::new(); loop { all.push(vec![1_u8; 1 << 20]); } }",
        "loop { std::thread::spawn(|| loop { std::thread::park() }); }",
        "loop { println!(\"{}\", \"x\".repeat(1 << 16)); }",
    ];
    let bad: Vec<Work> = hostile
        .iter()
        .map(|body| {
            Work::of(&solution().replacen("clock.now()", &format!("{{ if true {{ {body} }}; clock.now() }}"), 1))
        })
        .collect();
    let good: Vec<Work> = (0..5).map(|i| Work::of(&format!("{}// {i}\n", solution()))).collect();
    let outcomes = |work: &Work| report(&copied, work, &[]).1["checks"].to_string();
    let alone = outcomes(&good[0]);
    std::thread::scope(|scope| {
        let bad = scope.spawn(|| bad.iter().map(&outcomes).collect::<Vec<_>>());
        for work in &good {
            assert_eq!(outcomes(work), alone);
        }
        for (body, outcome) in hostile.iter().zip(bad.join().unwrap()) {
            assert!(!outcome.contains("\"passed\"") && !outcome.contains("grader_fault"), "{body}: {outcome}");
        }
    });
}

#[test]
fn a_copy_without_solutions_and_their_like_gives_its_verdicts() {
    let copied = Copied::new();
    std::fs::remove_dir_all(copied.root().join("solutions")).unwrap();
    for entry in std::fs::read_dir(copied.root().join("grader/checks")).unwrap() {
        for kind in ["wrong", "right"] {
            std::fs::remove_dir_all(entry.as_ref().unwrap().path().join(kind)).unwrap();
        }
    }
    let work = Work::of(&solution());
    assert_eq!(report(&copied, &work, &[]).0.code, 0);
    let wrong =
        std::fs::read_to_string(common::root().join("grader/checks/lesson-05-timeit/wrong/truncates.rs")).unwrap();
    let said = copied.say(&["check", "5", "--path", Work::of(&wrong).path()]);
    assert!(said.code == 1 && said.out.contains("formats"), "{}", said.out);
    assert_eq!(copied.say(&["check", "17"]).code, 1, "a stub of a lesson with dependencies");
    let said = copied.say(&["check", "5", "--path", work.path(), "--seed", "7"]);
    assert!(said.code == 2 && said.err.contains("leave out `--seed`"), "{} {}", said.code, said.err);
    let metadata = ["metadata", "--format-version=1", "--no-deps", "--offline"];
    let env = std::env::vars_os().filter(|(name, _)| !name.to_string_lossy().starts_with("CARGO_")).collect();
    let exit = copied::bounded(&copied::cargo(), &metadata, copied.root(), env);
    assert_eq!(exit.ended, process::Ended::Code(0), "{}", String::from_utf8_lossy(&exit.stderr));
}
