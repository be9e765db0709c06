//! Probes of three checks against small crates: which of them fit, and what the program says then.

use super::*;
use crate::build::Dependencies;
use probe::wire::{self, Kind};

/// What becomes of a probe of the checks `reads_number`, `typed_number` and `helped_word` against a student's crate. The
/// third lives by a helper that stands in a file of its own. The program lies in the folder that comes with it.
fn build(student: &str) -> (ProbeBuild, tempfile::TempDir) {
    const PROBE: &str = "use probe::{Inputs, check, mark};\n\
        mod helpers;\n\n\
        #[check]\nfn reads_number(_: &mut Inputs) {\n    mark!(\"{}\", student::number());\n}\n\n\
        /// Its text: `fn nothing() {`, and a brace } too many.\n#[check]\npub fn typed_number(_: &mut Inputs) {\n\
        let got: u32 = student::number();\n    mark!(\"{got}\");\n}\n\n\
        #[check]\nfn helped_word(inputs: &mut Inputs) {\n    helpers::say!(student::word(inputs.size(1..=2)));\n}\n\n\
        probe::main!(reads_number, typed_number, helped_word);\n";
    const HELPERS: &str = "macro_rules! say {\n    ($got:expr) => {{\n        let got: &str = $got;\n\
        ::probe::mark!(\"{got}\");\n    }};\n}\npub(crate) use say;\n";

    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let course = Course::open(root).unwrap();
    let toolchain = Toolchain::find(&course).unwrap();
    let mut lesson = Lesson::load(&course, &course.lessons[0]).unwrap();
    let output = lesson.checks.iter().find(|check| matches!(check.kind, CheckKind::Output { .. })).unwrap();
    let named = |id: &str| crate::lesson::Check { id: id.to_owned(), ..output.clone() };
    lesson.checks = ["reads_number", "typed_number", "helped_word"].map(named).to_vec();

    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        files::write(&path, text.replace("student::", &format!("{}::", lesson.id.crate_name())).as_bytes()).unwrap();
        path
    };
    write("probe.rs", PROBE);
    write("helpers.rs", HELPERS);
    let student = write("student.rs", student);
    lesson.dir = folder.path().to_owned();

    let none = Dependencies::default();
    let rustc = Rustc {
        toolchain: &toolchain,
        dependencies: &none,
        cwd: folder.path(),
        shown: Vec::new(),
        incremental: false,
        hold: &Hold::Limits,
        budget: &Budget::of(Duration::from_secs(120)),
    };
    let library = folder.path().join("libstudent.rlib");
    let unit = Unit {
        name: &lesson.id.crate_name(),
        source: &student,
        target: Target::Library(library.clone()),
        externs: Vec::new(),
        more: Vec::new(),
        reads: Vec::new(),
    };
    let compiled = rustc.compile(&unit).unwrap();
    assert!(matches!(compiled, Compiled::Done), "{compiled:?}");
    (build_probe(&rustc, &lesson, &library, &support(&course, &toolchain).unwrap()).unwrap(), folder)
}

const RIGHT: &str = "pub fn number() -> u32 { 7 } pub fn word(_: usize) -> &'static str { \"seven\" }";

/// The functions that do not fit, with their errors' codes.
fn unfit(student: &str) -> Vec<(String, Vec<String>)> {
    let (ProbeBuild::Built { unfit, .. }, _folder) = build(student) else { panic!("nothing was built") };
    let codes = |errors: Vec<Diagnostic>| errors.into_iter().filter_map(|error| error.code).collect();
    unfit.into_iter().map(|(name, errors)| (name, codes(errors))).collect()
}

#[test]
fn a_crate_that_fits_leaves_nothing_out() {
    assert_eq!(unfit(RIGHT), []);
}

#[test]
fn a_check_that_does_not_fit_is_left_out_with_the_errors_of_its_own_body() {
    let student = "pub fn number() -> u64 { 7 } pub fn word(_: usize) -> &'static str { \"seven\" }";
    assert_eq!(unfit(student), [("typed_number".to_owned(), vec!["E0308".to_owned()])]);
    let student = "pub fn number() -> u32 { 7 } pub fn word(_: usize) -> String { String::new() }";
    assert_eq!(unfit(student), [("helped_word".to_owned(), vec!["E0308".to_owned()])]);
}

#[test]
fn what_an_error_kept_the_compiler_from_seeing_is_found_in_the_same_go() {
    // A missing function is told before any type is looked at, so the whole probe shows `helped_word`'s fault only.
    assert_eq!(
        unfit("pub fn number() -> u64 { 7 }"),
        [("helped_word".to_owned(), vec!["E0425".to_owned()]), ("typed_number".to_owned(), vec!["E0308".to_owned()])]
    );
}

#[test]
fn when_no_check_fits_the_errors_are_the_whole_probes() {
    let (ProbeBuild::Unfit(errors), _folder) = build("") else { panic!("something was built") };
    let codes: Vec<&str> = errors.iter().filter_map(|error| error.code.as_deref()).collect();
    assert_eq!(codes, ["E0425"; 3]);
}

/// What a run of the program prints that was asked for this check, and how it ends.
fn run(program: &Path, check: &str) -> (Vec<u8>, Ended) {
    let minute = Duration::from_secs(60);
    let limits = Limits { deadline: minute, cpu: minute, memory: 1 << 30, output: 1 << 20 };
    let job = Job {
        program: program.to_owned(),
        args: Vec::new(),
        env: Vec::new(),
        cwd: std::env::temp_dir(),
        stdin: format!("{check}\n1\nn0nce\n").into_bytes(),
        limits,
    };
    let exit = process::run(&job).unwrap();
    (exit.stdout, exit.ended)
}

#[test]
fn a_run_says_that_it_begins_before_anything_else_unless_the_check_is_unknown() {
    let (ProbeBuild::Built { program, .. }, _folder) = build(RIGHT) else { panic!("nothing was built") };
    let frame = |kind: Kind, text: &str| wire::frame("n0nce", kind, text.as_bytes());
    let whole = [frame(Kind::Begin, ""), frame(Kind::Mark, "7"), frame(Kind::End, "")].concat();
    assert_eq!(run(&program, "typed_number"), (whole, Ended::Code(0)));
    assert_eq!(run(&program, "nobody"), (Vec::new(), Ended::Code(wire::UNKNOWN_CHECK)));
}

#[cfg(target_os = "linux")]
#[test]
fn a_program_holds_no_name_of_a_check() {
    let (ProbeBuild::Built { program, .. }, _folder) = build(RIGHT) else { panic!("nothing was built") };
    let bytes = std::fs::read(program).unwrap();
    for name in ["reads_number", "typed_number", "helped_word"] {
        assert!(!bytes.windows(name.len()).any(|part| part == name.as_bytes()), "{name}");
    }
}
