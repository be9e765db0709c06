//! Submissions as folders that are no submissions: each is refused with its reason, or taken without what is not its own.

use grader::course::LessonId;
use grader::submission::{Defect, MOST_BYTES, Submission};
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::Path;

fn read(folder: &Path) -> Result<Submission, Defect> {
    let lesson = LessonId { number: 5, slug: "timeit".to_owned() };
    Submission::read(folder, &lesson, "").map_err(|unreadable| unreadable.reason)
}

/// A folder whose `src` was made so.
fn made(make: impl FnOnce(&Path)) -> Result<Submission, Defect> {
    let folder = tempfile::tempdir().unwrap();
    let src = folder.path().join("src");
    fs::create_dir(&src).unwrap();
    make(&src);
    read(folder.path())
}

fn put(path: &Path, text: &[u8]) {
    grader::files::write(path, text).unwrap();
}

fn fifo(path: &Path) {
    let args = vec![path.as_os_str().to_owned()];
    assert_eq!(process::hand_over(Path::new("/usr/bin/mkfifo"), &args, Path::new("/"), &[]).unwrap(), 0);
}

#[test]
fn what_is_no_submission_is_refused_with_its_reason() {
    let lib = |src: &Path| src.join("lib.rs");
    assert_eq!(made(|_| {}).unwrap_err(), Defect::Missing);
    assert_eq!(made(|src| put(&lib(src), b"\n\t \n")).unwrap_err(), Defect::Empty);
    assert_eq!(made(|src| put(&lib(src), b"// \xc3\x28")).unwrap_err(), Defect::NotUtf8);
    assert_eq!(made(|src| fifo(&lib(src))).unwrap_err(), Defect::NotAFile);
    assert_eq!(made(|src| fs::create_dir(lib(src)).unwrap()).unwrap_err(), Defect::NotAFile);
    assert_eq!(made(|src| symlink("/etc/passwd", lib(src)).unwrap()).unwrap_err(), Defect::Link);
    assert_eq!(made(|src| symlink("lib.rs", lib(src)).unwrap()).unwrap_err(), Defect::Link);
    assert_eq!(made(|src| symlink("/dev/zero", lib(src)).unwrap()).unwrap_err(), Defect::Link);
    assert_eq!(
        made(|src| {
            put(&lib(src), b"//");
            fifo(&src.join("more.rs"));
        })
        .unwrap_err(),
        Defect::NotAFile
    );
}

#[test]
fn a_hundred_megabytes_are_refused_unread() {
    // Holes: on no disk, and for a reader all zeros.
    let large = |src: &Path| fs::File::create(src.join("lib.rs")).unwrap().set_len(100 << 20).unwrap();
    assert_eq!(made(large).unwrap_err(), Defect::TooLarge);
    let endless = |src: &Path| fs::File::create(src.join("lib.rs")).unwrap().set_len(1 << 42).unwrap();
    assert_eq!(made(endless).unwrap_err(), Defect::TooLarge);
    let exactly = |src: &Path| put(&src.join("lib.rs"), &vec![b'/'; MOST_BYTES as usize]);
    assert!(made(exactly).is_ok());
}

#[test]
fn a_hundred_thousand_files_are_refused_and_so_are_as_many_folders() {
    let files = |ending: &'static str| {
        move |src: &Path| {
            put(&src.join("lib.rs"), b"//");
            (0..100_000).for_each(|n| drop(fs::File::create(src.join(format!("f{n}{ending}"))).unwrap()));
        }
    };
    assert_eq!(made(files(".rs")).unwrap_err(), Defect::TooMany);
    assert_eq!(made(files(".txt")).unwrap_err(), Defect::TooMany);
    let deep = |src: &Path| {
        put(&src.join("lib.rs"), b"//");
        // As deep as a path can name.
        fs::create_dir_all(src.join("d/".repeat(1900))).unwrap();
    };
    assert_eq!(made(deep).unwrap_err(), Defect::TooMany);
}

/// The compiler lists what a crate was made of in lines; whatever stood behind a line's end would not be looked at.
#[test]
fn files_with_control_characters_in_their_names_are_not_taken() {
    let names = ["a\nb.rs", "\u{1b}[2J.rs", "c\rd.rs", "\u{9b}31m.rs", "e\u{7f}.rs"];
    let submission = made(|src| {
        put(&src.join("lib.rs"), b"//");
        names.iter().for_each(|name| put(&src.join(name), b"//"));
        put(&src.join("fold\ner/inner.rs"), b"//");
        put(&src.join("my file #1.rs"), b"//");
    });
    let submission = submission.unwrap();
    assert_eq!(submission.files.keys().collect::<Vec<_>>(), ["lib.rs", "my file #1.rs"]);
    assert_eq!(submission.ignored.len(), names.len() + 1, "{:?}", submission.ignored);
}

#[test]
fn a_name_that_is_no_text_takes_no_other_files_place() {
    let submission = made(|src| {
        put(&src.join("lib.rs"), b"// right");
        put(&src.join(std::ffi::OsStr::from_bytes(b"\xff.rs")), b"// first");
        put(&src.join(std::ffi::OsStr::from_bytes(b"\xfe.rs")), b"// second");
    });
    let submission = submission.unwrap();
    assert_eq!(submission.files.keys().collect::<Vec<_>>(), ["lib.rs"]);
    assert_eq!(submission.ignored.len(), 2);
}
