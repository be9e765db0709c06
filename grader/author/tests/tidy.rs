//! What a look at the course's files can hold, without compiling anything: lists that must name every lesson, arrows
//! between crates, sizes, what nobody uses, words, and that CONTRIBUTING says what the code does.

#[path = "../../tests/common/mod.rs"]
mod common;

use author::audit::{checks, lists, probe, rules, texts};
use author::scaffold::TO_WRITE;
use grader::exit_code::ExitCode;
use grader::files;
use grader::manifest;
use grader::readme::SECTIONS;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn read(path: &str) -> String {
    files::read(&common::root().join(path)).unwrap()
}

/// The files below these folders with this ending, by their paths from the root; without what was built, and without the
/// programs that are only graded.
fn below(folders: &[&str], ending: &str) -> BTreeMap<String, String> {
    let root = common::root();
    let mut all = BTreeMap::new();
    for path in folders.iter().flat_map(|folder| files::below(&root.join(folder)).unwrap()) {
        let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        let left_out = ["target", "wrong", "right", "compile", "template", "held/checks"];
        let inside = |part: &&str| name.contains(&format!("/{part}/"));
        if name.ends_with(ending) && !left_out.iter().any(inside) {
            all.insert(name, files::read(&path).unwrap());
        }
    }
    all
}

/// Without the tests at its end.
fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or(text)
}

#[test]
fn every_list_names_every_lesson() {
    let course = common::course();
    let mut found = Vec::new();
    for lesson in common::lessons(&course) {
        found.extend(lists::findings(&course, &lesson).unwrap());
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// What each crate of ours may know of the others. Programs of `xtask/` and tests may know any.
const ARROWS: [(&str, &[&str]); 12] = [
    ("confine", &["process"]),
    ("process", &[]),
    ("probe-macros", &[]),
    ("probe", &["probe-macros"]),
    ("harness", &["probe"]),
    ("interleave", &[]),
    ("grader", &["interleave", "process", "probe"]),
    ("report", &["grader", "interleave", "probe"]),
    ("student", &["grader", "report"]),
    ("author", &["grader", "process", "probe", "report"]),
    ("batch", &["grader", "report"]),
    ("held", &[]),
];

#[test]
fn no_crate_of_ours_knows_another_but_by_the_table() {
    let allowed: BTreeMap<&str, &[&str]> = ARROWS.into_iter().collect();
    let mut found = Vec::new();
    let manifests = below(&["grader"], "Cargo.toml");
    let depends = |path: &str| -> (String, Vec<String>) {
        manifest::read(&common::root().join(path), |root| {
            let mut names = root.find("dependencies").map_or(Ok(Vec::new()), |node| node.keys())?;
            if let Some(targets) = root.find("target") {
                for target in targets.keys()? {
                    names
                        .extend(targets.get(&target)?.find("dependencies").map_or(Ok(Vec::new()), |node| node.keys())?);
                }
            }
            Ok((root.get("package")?.get("name")?.string()?, names))
        })
        .unwrap()
    };
    let crates: BTreeMap<String, Vec<String>> = manifests.keys().map(|path| depends(path)).collect();
    assert!(crates.len() >= 7, "{crates:?}");
    for (name, depends) in &crates {
        let Some(allowed) = allowed.get(name.as_str()) else {
            found.push(format!("the crate `{name}` is in no row of the table in this test"));
            continue;
        };
        for other in depends.iter().filter(|other| crates.contains_key(*other) && !allowed.contains(&other.as_str())) {
            found.push(format!("`{name}` must not depend on `{other}`"));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// How many lines a file has at most.
const LONGEST: usize = 400;

/// The same for a lesson's probe, which is a list: a function a check, each to be read by itself.
const LONGEST_PROBE: usize = 700;

#[test]
fn no_file_is_so_long_that_it_should_be_two() {
    let mut found = Vec::new();
    for (path, text) in below(&["grader", "xtask", "solutions", "lessons"], ".rs") {
        let most = if path.ends_with("/probe.rs") { LONGEST_PROBE } else { LONGEST };
        let lines = text.lines().count();
        if lines > most {
            found.push(format!("{path} has {lines} lines: at most {most}"));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn what_is_public_is_used_by_another_file() {
    let all = below(&["grader", "xtask", "solutions"], ".rs");
    let mut used: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (path, text) in &all {
        for word in text.split(|c: char| !(c.is_alphanumeric() || c == '_')) {
            used.entry(word).or_default().insert(path);
        }
    }
    let mut found = Vec::new();
    // What the crates `probe` and `interleave` offer is for lessons to come, too, and the compiler itself calls `harness`.
    let offers =
        |path: &str| ["grader/probe/", "grader/interleave/", "grader/harness/"].iter().any(|it| path.starts_with(it));
    let ours = all.iter().filter(|(path, _)| path.contains("/src/") && !offers(path));
    for (path, text) in ours {
        for line in without_tests(text).lines() {
            let Some(item) = line.trim_start().strip_prefix("pub ") else { continue };
            let words: Vec<&str> = item.split(|c: char| !(c.is_alphanumeric() || c == '_')).collect();
            let name = match words[..] {
                ["fn", name, ..] | ["const" | "async", "fn", name, ..] | ["const" | "static" | "trait", name, ..] => {
                    name
                }
                _ => continue,
            };
            if used.get(name).is_none_or(|files| files.len() < 2) {
                found.push(format!("{path}: `{name}` is public, and no other file uses it"));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Where `{:?}` is no text for people, with the reason.
const DEBUG: [(&str, &str); 8] = [
    ("grader/interleave", "what `dbg!` prints is Rust's own"),
    ("grader/src/build/cases.rs", "a path as a string of Rust"),
    ("grader/src/build/probe.rs", "a name as a string in a `cfg`"),
    ("grader/process/src/sandbox", "for whoever mends the sandbox"),
    ("grader/author/src/audit/probe.rs", "Rust in a test"),
    ("grader/author/src/audit/ways.rs", "what tells two failures apart, and is read by nobody"),
    ("grader/author/src/mutants/statements.rs", "a number as Rust writes it"),
    ("grader/harness", "an exit code, which can be compared in no other way"),
];

#[test]
fn no_text_for_people_shows_a_value_as_rust_does() {
    let mut found = Vec::new();
    for (path, text) in below(&["grader", "xtask"], ".rs") {
        let excused = DEBUG.iter().any(|(start, _)| path.starts_with(start));
        if !path.contains("/src/") || path.starts_with("grader/probe/") || excused {
            continue;
        }
        for (line, text) in (1..).zip(without_tests(&text).lines()) {
            let debug = text.contains(":?}") || text.contains(":#?}");
            let told = text.trim_start().starts_with("//") || text.contains("assert") || text.contains("unreachable!");
            if debug && !told {
                found.push(format!("{path}:{line}: {}", text.trim()));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn no_text_is_about_a_machine_or_a_tracker() {
    // Put together here, so that this file does not have them.
    let banned =
        [["/ro", "ot/"], ["/ho", "me/"], ["/wo", "rk/"], ["this se", "ssion"], ["Issue ", "#"], ["iss", "ue #"]]
            .map(|parts| parts.concat());
    let mut found = Vec::new();
    let mut all = below(&["grader", "xtask", "solutions", "lessons"], ".rs");
    all.extend(below(&["lessons"], ".md"));
    for path in ["README.md", "README.ru.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"] {
        all.insert(path.to_owned(), read(path));
    }
    // What attacks the sandbox names the folders that it must not reach.
    all.retain(|path, _| !path.contains("/tests/sandbox/") && !path.starts_with("grader/process/"));
    for (path, text) in &all {
        for (line, text) in (1..).zip(text.lines()) {
            if let Some(word) = banned.iter().find(|word| text.contains(word.as_str())) {
                found.push(format!("{path}:{line}: `{word}`"));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_readmes_have_every_exit_code() {
    let rows = |text: &str| -> Vec<(u8, String)> {
        let (_, table) = text.split_once("\n|--:|---|\n| 0 |").expect("a table of exit codes");
        let table = format!("| 0 |{table}");
        let rows = table.lines().take_while(|line| line.starts_with('|')).map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            (cells[0].parse().unwrap(), cells[1].to_owned())
        });
        rows.collect()
    };
    let all: Vec<(u8, String)> = ExitCode::ALL.iter().map(|(code, says)| (*code as u8, (*says).to_owned())).collect();
    assert_eq!(rows(&read("README.md")), all);
    let codes = |rows: &[(u8, String)]| rows.iter().map(|(code, _)| *code).collect::<Vec<_>>();
    assert_eq!(codes(&rows(&read("README.ru.md"))), codes(&all));
}

#[test]
fn the_workflow_of_the_course_calls_the_readmes_test_command() {
    let readme = read("README.md");
    let commands: Vec<&str> = readme.split("```sh\n").nth(1).unwrap().lines().take(2).collect();
    let test = commands[1].split('#').next().unwrap().trim();
    assert!(test.starts_with("cargo test"), "{test}");
    for caller in [".github/workflows/ci.yml", ".ci/run"] {
        assert!(
            read(caller).lines().any(|line| line.trim().trim_start_matches("- run: ").starts_with(test)),
            "{caller}"
        );
    }
}

#[test]
fn the_readmes_say_how_long_all_lessons_take() {
    let minutes: u64 = common::lessons(&common::course()).iter().map(|lesson| lesson.minutes).sum();
    let hours = (minutes + 30) / 60;
    for (path, said) in [("README.md", format!("**{hours} hours**")), ("README.ru.md", format!("**{hours} час"))] {
        assert!(read(path).contains(&said), "{path} should say `{said}…`: the lessons take {minutes} minutes");
    }
}

#[test]
fn contributing_says_what_the_audit_asks_for() {
    let text = read("CONTRIBUTING.md");
    let mut said: Vec<String> = SECTIONS.iter().flat_map(|(en, ru)| [format!("`{en}`"), format!("`{ru}`")]).collect();
    said.extend([
        format!("at least {} checks", checks::LEAST_CHECKS),
        format!("at least {} programs in `wrong/`", checks::LEAST_WRONG),
        format!("at least {} in `right/`", checks::LEAST_RIGHT),
        format!("{} to {} questions", texts::QUESTIONS.start(), texts::QUESTIONS.end()),
        format!("at least {} wrong programs", rules::LEAST_BREAKING),
        format!("at most {} lines", author::audit::cases::MOST_CHANGED),
        format!("1 to {}", texts::LAST_SLIDE),
        format!("`{}…`", probe::EXCUSE),
        format!("`{TO_WRITE}`"),
    ]);
    said.extend(
        ["beliefs.toml", "<details><summary>", "<!-- rule: ID -->", "--save-patch", "--rebase", "--show", "#[check]"]
            .map(str::to_owned),
    );
    said.extend(keys_of_lesson_toml().iter().map(|key| format!("`{key}`")));
    let missing: Vec<&String> = said.iter().filter(|part| !text.contains(part.as_str())).collect();
    assert!(missing.is_empty(), "CONTRIBUTING.md lacks {missing:#?}");
}

/// The keys that the reader of `lesson.toml` knows, as its source lists them.
fn keys_of_lesson_toml() -> BTreeSet<String> {
    let source = read("grader/src/lesson/read.rs");
    let listed =
        without_tests(&source).lines().filter(|line| line.starts_with("const OF_") || line.contains("root.only("));
    let keys: BTreeSet<String> =
        listed.flat_map(|line| line.split('"').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>()).collect();
    for known in ["dependencies", "cpu_ms", "holds", "cases", "minutes"] {
        assert!(keys.contains(known), "{keys:?}");
    }
    keys
}

#[test]
fn the_places_that_are_excused_are_there() {
    let root = common::root();
    let all = DEBUG.iter().map(|(path, _)| *path);
    let gone: Vec<PathBuf> = all.map(|path| root.join(path)).filter(|path| !Path::exists(path)).collect();
    assert_eq!(gone, [] as [PathBuf; 0]);
}
