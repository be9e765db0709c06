//! The commands of a student's day: what each does to their files, and what it says; and the form of `--json`.

#[path = "../../../grader/tests/common/mod.rs"]
mod common;
mod copied;

use copied::{Copied, LIB};
use serde_json::Value;
use std::collections::BTreeSet;

fn read(clone: &Copied, path: &str) -> String {
    std::fs::read_to_string(clone.root().join(path)).unwrap()
}

#[test]
fn a_reset_asks_keeps_the_work_and_can_be_undone() {
    let clone = Copied::new();
    let stub = read(&clone, LIB);
    clone.solve("lesson-05-timeit");
    let mine = read(&clone, LIB);
    let said = clone.say(&["reset", "5"]);
    assert_eq!(said.code, 1, "no terminal means no: {}", said.out);
    assert_eq!(read(&clone, LIB), mine);
    let said = clone.say(&["reset", "5", "--yes"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains("backups/lesson-05-timeit/1/"), "{}", said.out);
    assert!(said.out.contains("cargo xtask reset lesson-05 --undo"), "{}", said.out);
    assert_eq!(read(&clone, LIB), stub);
    assert_eq!(read(&clone, "backups/lesson-05-timeit/1/lib.rs"), mine);
    assert!(clone.say(&["reset", "5", "--yes"]).out.contains("It is the stub already"));
    assert_eq!(clone.say(&["reset", "5", "--undo", "--yes"]).code, 0);
    assert_eq!(read(&clone, LIB), mine);
    assert_eq!(clone.say(&["reset", "17", "--undo", "--yes"]).code, 2, "nothing was put away");
}

#[test]
fn the_solution_is_shown_after_full_marks_or_to_whoever_insists() {
    let clone = Copied::new();
    let refused = clone.say(&["solution", "5"]);
    assert_eq!((refused.code, refused.out.as_str()), (2, ""));
    assert!(refused.err.contains("`--yes` shows the solution all the same"), "{}", refused.err);
    assert_eq!(clone.say(&["diff", "5", "--solution"]).code, 2);
    let text = read(&clone, "solutions/lesson-05-timeit/src/lib.rs");
    assert!(clone.say(&["solution", "5", "--yes"]).out.contains(&text));
    assert!(
        clone.say(&["diff", "5", "--solution", "--yes"]).out.starts_with("--- solution/lib.rs\n+++ yours/lib.rs\n")
    );
    clone.solve("lesson-05-timeit");
    assert_eq!(clone.say(&["check", "5"]).code, 0);
    assert!(clone.say(&["solution", "5"]).out.contains(&text));
    assert_eq!(clone.say(&["diff", "5", "--solution"]).out, "No difference.\n");
    assert!(clone.say(&["diff", "5"]).out.starts_with("--- stub/lib.rs\n+++ yours/lib.rs\n"));
    // What passed once is told as changed, and stays passed.
    let broken = text.replace("pub fn", "// mine\npub fn");
    assert_ne!(broken, text);
    clone.write(LIB, broken.as_bytes());
    let list = clone.say(&["list"]).out;
    assert!(list.contains("✓ lesson-05") && list.contains("changed since it passed"), "{list}");
    let russian = clone.say(&["list", "--lang", "ru"]).out;
    assert!(russian.contains("изменён с тех пор, как пройден"), "{russian}");
    // And so is a lesson that was given another check.
    let toml = "grader/checks/lesson-05-timeit/lesson.toml";
    clone.write(toml, read(&clone, toml).replacen("points = 10", "points = 11", 1).as_bytes());
    let list = clone.say(&["list"]).out;
    assert!(list.contains("✓ lesson-05") && list.contains("has other checks now"), "{list}");
    // A students' repository has no solutions.
    std::fs::remove_dir_all(clone.root().join("solutions")).unwrap();
    let said = clone.say(&["solution", "5"]);
    assert!(said.code == 2 && said.err.contains("came without the solution"), "{}", said.err);
}

#[test]
fn next_and_open_say_where_to_start() {
    let clone = Copied::new();
    let said = clone.say(&["next"]).out;
    let line = 1 + read(&clone, "lessons/lesson-01-sync-call/src/lib.rs")
        .lines()
        .position(|line| line.contains("TODO") || line.contains("todo!("))
        .unwrap();
    let at = format!("lessons/lesson-01-sync-call/src/lib.rs:{line}");
    assert!(said.starts_with("lesson-01 ") && said.contains(&at), "{said}");
    assert!(said.contains("lessons/lesson-01-sync-call/README.md") && said.contains("cargo xtask check lesson-01"));
    assert!(clone.say(&["next", "--lang", "ru"]).out.contains("README.ru.md"));
    assert_eq!(clone.say(&["open"]).out, format!("{at}\n"));
    assert!(clone.say_in("lessons/lesson-17-gather", &["open"], &[]).out.starts_with("lessons/lesson-17-gather/"));
}

#[test]
fn a_hint_takes_its_level_as_a_number() {
    let clone = Copied::new();
    assert!(clone.say(&["hint", "5", "2"]).out.contains("hint 2/3"));
    assert!(clone.say(&["hint", "5", "on-panic", "3"]).out.contains("hint 3/3"));
    assert!(clone.say_in("lessons/lesson-05-timeit", &["hint"], &[]).out.starts_with("lesson-05 "));
    assert_eq!(clone.say(&["hint", "5", "on-panic", "4"]).code, 2);
}

#[test]
fn a_damaged_progress_is_set_aside_and_the_command_goes_on() {
    let clone = Copied::new();
    clone.write("progress.toml", b"[lesson-05]\nscore = 'all'\n");
    let said = clone.say(&["list"]);
    assert_eq!(said.code, 0);
    assert!(said.err.contains("progress.toml:2") && said.err.contains("progress.damaged-1.toml"), "{}", said.err);
    assert_eq!(read(&clone, "progress.damaged-1.toml"), "[lesson-05]\nscore = 'all'\n");
    assert_eq!(clone.say(&["list"]).err, "", "said once");
    clone.write("progress.toml", b"[[");
    let russian = clone.say(&["check", "5", "--lang", "ru"]);
    assert!(russian.code == 1 && russian.err.contains("progress.damaged-2.toml"), "{}", russian.err);
    assert!(russian.err.contains("Файл сохранён"), "{}", russian.err);
}

#[test]
fn the_doctor_finds_this_machine_fit_and_says_so_in_both_languages() {
    let clone = Copied::new();
    let said = clone.say(&["doctor"]);
    assert_eq!(said.code, 0, "{}", said.out);
    assert!(said.out.contains("✓ toolchain") && said.out.contains("rustc 1."), "{}", said.out);
    assert!(clone.say(&["doctor", "--lang", "ru"]).out.contains("в папку курса можно писать"));
    clone.write("rust-toolchain.toml", b"[toolchain]\nchannel = \"1.80.0\"\n");
    let said = clone.say(&["doctor"]);
    assert_eq!(said.code, 4, "{}", said.out);
    assert!(said.out.contains("✗ toolchain") && said.out.contains("rustup toolchain install"), "{}", said.out);
}

/// The paths of all values, with `[]` for each element of a list; empty lists and objects are values too.
fn paths(value: &Value, at: &str, all: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) if !map.is_empty() => {
            for (key, value) in map {
                paths(value, &if at.is_empty() { key.clone() } else { format!("{at}.{key}") }, all);
            }
        }
        Value::Array(list) => list.iter().for_each(|value| paths(value, &format!("{at}[]"), all)),
        _ => drop(all.insert(at.to_owned())),
    }
}

/// The paths that a section of `xtask/JSON.md` describes.
fn described(command: &str) -> BTreeSet<String> {
    let text = std::fs::read_to_string(common::root().join("xtask/JSON.md")).unwrap();
    let section = text.split("\n## ").find(|section| section.starts_with(&format!("{command}\n"))).unwrap().to_owned();
    let cells = section.lines().filter(|line| line.starts_with("| `")).filter_map(|line| line.split('|').nth(1));
    let names = cells.flat_map(|cell| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>());
    names.collect()
}

#[test]
fn every_json_is_as_its_description_says() {
    let clone = Copied::new();
    clone.write(LIB, format!("{}// mine\n", read(&clone, LIB)).as_bytes());
    for args in [&["list"][..], &["next"], &["hint", "5"], &["diff", "5"], &["doctor"]] {
        let said = clone.say(&[args, &["--json"]].concat());
        let value: Value = serde_json::from_str(&said.out).unwrap();
        let mut found = BTreeSet::new();
        paths(&value, "", &mut found);
        assert_eq!(found, described(args[0]), "{args:?}");
    }
    let mut found = BTreeSet::new();
    let wrong = read(&clone, "grader/checks/lesson-05-timeit/wrong/truncates.rs");
    for source in [read(&clone, LIB).as_str(), &wrong, "pub fn x( {", ""] {
        clone.write(LIB, source.as_bytes());
        let said = clone.say(&["check", "5", "--json"]);
        paths(&serde_json::from_str(&said.out).unwrap(), "", &mut found);
    }
    let described = described("check");
    // What the compiler says has one form wherever it stands.
    let undescribed: Vec<&String> =
        found.iter().filter(|path| !described.contains(&path.replace("checks[].said[]", "errors[]"))).collect();
    assert!(undescribed.is_empty(), "{undescribed:#?}");
    for path in ["reports[].errors[].place.line", "reports[].unreadable.reason", "reports[].checks[].got"] {
        assert!(found.contains(path) && described.contains(path), "{path}");
    }
}

#[test]
fn completions_know_commands_flags_and_lessons() {
    let clone = Copied::new();
    for shell in ["bash", "zsh", "fish"] {
        let script = clone.say(&["completions", shell]).out;
        for word in ["check", "watch", "audit", "reset", "undo", "lesson-05", "timeit"] {
            assert!(script.contains(word), "{shell} lacks {word}");
        }
    }
    assert_eq!(clone.say(&["completions", "tcsh"]).code, 2);
}

#[cfg(unix)]
#[test]
fn bash_completes_what_was_begun() {
    let clone = Copied::new();
    let script = clone.say(&["completions", "bash"]).out;
    let complete = |words: &str, at: usize| {
        let ask =
            format!("{script}\nCOMP_WORDS=({words})\nCOMP_CWORD={at}\n_cargo_xtask\necho \"${{COMPREPLY[@]}}\"\n");
        clone.write("complete.sh", ask.as_bytes());
        let path = ("PATH".into(), std::env::var_os("PATH").unwrap());
        let exit = copied::bounded("/bin/bash".as_ref(), &["complete.sh"], clone.root(), vec![path]);
        String::from_utf8(exit.stdout).unwrap().trim().to_owned()
    };
    assert_eq!(complete("cargo xtask res", 2), "reset");
    assert_eq!(complete("cargo xtask check tim", 3), "timeit");
    assert_eq!(complete("cargo xtask reset --u", 3), "--undo");
    assert_eq!(complete("cargo build --r", 2), "");
}
