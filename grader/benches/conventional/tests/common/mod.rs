//! Every check of a lesson as a test, in one binary: the output checks by insta, the compile cases by trybuild.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// Runs a check in this same binary, started anew: what a student prints can't be read from within.
#[expect(clippy::disallowed_methods, reason = "a conventional test has no bounds on what it starts")]
fn transcript(check: &str, seed: &str) -> String {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["child", "--exact", "--ignored", "--nocapture", "--quiet"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    write!(child.stdin.take().unwrap(), "{}\n{seed}\nN\n", check.replace('-', "_")).unwrap();
    let out = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    let (_, out) = out.split_once("running 1 test\n").unwrap();
    let (out, _) = out.split_once("\u{2}Ne\u{3}").unwrap();
    // What a student left without a line end before a mark, as the snapshots have it.
    let mut text = String::new();
    for piece in out.split_inclusive('\u{3}') {
        let (printed, mark) = piece.split_once("\u{2}Nm").unwrap_or((piece, ""));
        text.push_str(printed);
        if !printed.is_empty() && !printed.ends_with('\n') {
            text.push_str(" ⟨no newline⟩\n");
        }
        if let Some(mark) = mark.strip_suffix('\u{3}') {
            text.push_str(&format!("» {mark}\n"));
        }
    }
    text + "» end\n"
}

/// Holds every snapshot of the folder.
pub fn snapshots(checks: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("checks").join(checks).join("snapshots");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(&folder);
    settings.set_prepend_module_to_snapshot(false);
    for entry in std::fs::read_dir(&folder).unwrap() {
        let name = entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned();
        let (check, seed) = name.split_once('@').unwrap();
        let text = transcript(check, seed);
        settings.bind(|| insta::assert_snapshot!(name, text));
    }
}

/// Holds every program of the folder that must be rejected; with `TWINS` set, those that must compile too, for which trybuild
/// builds where it would only check.
pub fn compile_cases(checks: &str) {
    let cases = trybuild::TestCases::new();
    cases.compile_fail(format!("checks/{checks}/compile/*.fail.rs"));
    if std::env::var_os("TWINS").is_some() {
        cases.pass(format!("checks/{checks}/compile/*.pass.rs"));
    }
}
