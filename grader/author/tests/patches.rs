//! Programs as patches: made of an edited copy, shown whole, and brought behind a solution that changed.

#[path = "../../tests/common/mod.rs"]
mod common;

use author::programs::{Rebased, rebase, save, show, wrong};
use grader::course::Course;
use grader::files;
use grader::grade::Grader;
use grader::lesson::Lesson;
use process::{Ended, Job, Limits};
use std::path::{Path, PathBuf};
use std::time::Duration;

fn git(root: &Path, args: &[&str]) {
    let limits = Limits { deadline: Duration::from_secs(60), cpu: Duration::from_secs(60), memory: 0, output: 1 << 20 };
    let job = Job {
        program: PathBuf::from("git"),
        args: ["-c", "user.name=Author", "-c", "user.email=author@example.org"]
            .iter()
            .chain(args)
            .map(Into::into)
            .collect(),
        env: grader::toolchain::build_env(),
        cwd: root.to_owned(),
        stdin: Vec::new(),
        limits,
    };
    let exit = process::run(&job).unwrap();
    assert_eq!(exit.ended, Ended::Code(0), "{}", String::from_utf8_lossy(&exit.stderr));
}

const HEAD: &str = "//! fails: slide, formats\n//! en: One decimal.\n//! ru: Один знак.\n\n";

#[test]
fn a_patch_is_made_shown_and_brought_behind_a_changed_solution() {
    let copy = common::copy_of_the_course();
    let course = Course::open(copy.path()).unwrap();
    let lesson = Lesson::load(&course, course.find("timeit").unwrap()).unwrap();
    for path in files::below(&lesson.dir.join("wrong")).unwrap() {
        std::fs::remove_file(path).unwrap();
    }
    let solution = course.solution_dir(&lesson.id);
    let lib = solution.join("src/lib.rs");
    let original = files::read(&lib).unwrap();
    git(copy.path(), &["init", "--quiet"]);
    git(copy.path(), &["add", "solutions/lesson-05-timeit"]);
    git(copy.path(), &["commit", "--quiet", "--message=The solution"]);

    let edited = copy.path().join("one-decimal.rs");
    let program = original.replace("{:.2}", "{:.1}");
    files::write(&edited, program.as_bytes()).unwrap();
    let error = save(&lesson, &solution, &edited).unwrap_err().to_string();
    assert!(error.contains("should begin with `//! fails:`"), "{error}");
    files::write(&edited, format!("{HEAD}{program}").as_bytes()).unwrap();
    let (path, base) = save(&lesson, &solution, &edited).unwrap();
    assert_eq!(
        (path.strip_prefix(&lesson.dir).unwrap(), base.as_str()),
        (Path::new("wrong/one-decimal.patch"), "solution")
    );
    let saved = files::read(&path).unwrap();
    assert!(
        saved.starts_with("# fails: slide, formats\n# en: One decimal.\n# ru: Один знак.\n--- a/lib.rs\n"),
        "{saved}"
    );
    assert!(saved.lines().count() < 20, "{saved}");
    // Saved again without a head, it keeps the one that it has.
    files::write(&edited, program.as_bytes()).unwrap();
    save(&lesson, &solution, &edited).unwrap();
    assert_eq!(files::read(&path).unwrap(), saved);

    // The line above the changed one is another now: the patch does not apply, and both changes go together.
    let changed = original
        .replace(
            "        // `-` panics below zero",
            "        // Words.\n\n\n        // More words.\n        // `-` panics below zero",
        )
        .replace("let elapsed", "let took")
        .replace("elapsed.as", "took.as");
    files::write(&lib, changed.as_bytes()).unwrap();
    let conflict = rebase(&course, &lesson).unwrap();
    assert!(
        matches!(&conflict[..], [(name, Rebased::Conflict(why))] if name == "wrong/one-decimal" && why.contains("it changes what `solution` changed")),
        "{conflict:?}"
    );
    assert_eq!(files::read(&path).unwrap(), saved, "a patch that can't be made anew is left alone");
    let changed = original
        .replace("        // `-` panics below zero", "        // Words.\n        // `-` goes below zero")
        .replace(
            "impl<C: Clock> Drop for TimeIt<'_, C> {\n",
            "impl<C: Clock> Drop for TimeIt<'_, C> {\n    // More.\n",
        );
    files::write(&lib, changed.as_bytes()).unwrap();
    assert!(wrong(&lesson, &solution).is_err(), "it no longer applies by itself");
    assert_eq!(rebase(&course, &lesson).unwrap(), [("wrong/one-decimal".to_owned(), Rebased::Anew)]);
    assert_eq!(rebase(&course, &lesson).unwrap(), [("wrong/one-decimal".to_owned(), Rebased::Applies)]);
    let programs = wrong(&lesson, &solution).unwrap();
    let whole =
        &programs.iter().find(|program| program.name == "wrong/one-decimal").unwrap().submission.files["lib.rs"];
    assert_eq!(*whole, changed.replace("{:.2}", "{:.1}"));

    let grader = Grader::open(course, Box::new(|_| {})).unwrap();
    let shown = show(&grader, &lesson, "wrong/one-decimal").unwrap();
    for part in [
        "── wrong/one-decimal · lib.rs",
        "println!(\"{:.1}\"",
        "── slide · ",
        "seed 0\n» with_timeit, and a body that takes 2s",
        "\n2.0\n",
        "── formats · ",
    ] {
        assert!(shown.contains(part), "{shown}\nlacks\n{part}");
    }
    let error = show(&grader, &lesson, "wrong/nonesuch").unwrap_err().to_string();
    assert!(error.contains("has no program `wrong/nonesuch`") && error.contains("wrong/one-decimal"), "{error}");
}
