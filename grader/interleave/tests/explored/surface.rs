//! What the standard library offers to threads is here too, and answers alike.

use crate::compile::{files, output, package};

/// Each program prints the same with the real standard library and with this one.
#[test]
fn a_program_prints_the_same_with_either_library() {
    for program in files(&package().join("tests/surface"), "") {
        let real = output(false, None, &program).unwrap_or_else(|error| panic!("{}: {error}", program.display()));
        let explored = program_under_the_library(&program);
        assert!(real.lines().count() > 10, "{} prints what it finds", program.display());
        assert_eq!(explored, real, "{}", program.display());
    }
}

/// The program's `surface` is explored, and what its schedules print is printed.
fn program_under_the_library(program: &std::path::Path) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let around = folder.path().join("around.rs");
    let text = format!(
        "#[path = {program:?}]\nmod program;\n\
         fn main() {{\n\
             let told = interleave::explore(interleave::Options {{ max_preemptions: 1, ..Default::default() }}, program::surface);\n\
             match told {{\n\
                 interleave::wire::Explored::Holds(holds) => for it in holds.transcripts {{ print!(\"{{}}\", it.text); }},\n\
                 other => println!(\"{{other:#?}}\"),\n\
             }}\n\
         }}\n"
    );
    write(&around, &text);
    output(true, None, &around).unwrap_or_else(|error| panic!("{}: {error}", program.display()))
}

#[expect(clippy::disallowed_methods, reason = "nobody else knows the folder")]
fn write(path: &std::path::Path, text: &str) {
    std::fs::write(path, text).expect("a temporary folder can be written to");
}
