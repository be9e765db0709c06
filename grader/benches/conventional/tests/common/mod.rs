//! Every check of a lesson as a test, in one binary: the output checks by insta, the compile cases by trybuild.

use std::io::Write;
use std::process::{Command, Stdio};

/// Runs a check in this same binary, started anew: what a student prints can't be read from within.
#[expect(clippy::disallowed_methods, reason = "a conventional test has no bounds on what it starts")]
fn transcript(check: &str, seed: &str) -> String {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["child", "--exact", "--ignored", "--nocapture", "--quiet"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    write!(child.stdin.take().unwrap(), "{}\n{seed}\nN\n", check.replace('-', "_")).unwrap();
    let out = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    let start = out.find("\u{2}N").unwrap();
    let end = out.find("\u{2}Ne").unwrap();
    out[start..end].replace("\u{2}Nm", "» ").replace('\u{3}', "\n") + "» end\n"
}

/// Holds every snapshot of the folder.
pub fn snapshots(checks: &str) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("checks").join(checks).join("snapshots");
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

/// Holds every compile case of the folder, and every twin.
pub fn compile_cases(checks: &str) {
    let cases = trybuild::TestCases::new();
    cases.compile_fail(format!("checks/{checks}/compile/*.fail.rs"));
    cases.pass(format!("checks/{checks}/compile/*.pass.rs"));
}
