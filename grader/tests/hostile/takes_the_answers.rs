//! tries: to have the compiler read the expected answers into it, by a way up from its own folder
//! verdict: foreign-file

pub const TAKEN: &str =
    include_str!("../../../../../../../../../../../..@COURSE@/grader/checks/lesson-05-timeit/snapshots/slide@0.snap");

pub fn attack() {
    println!("{TAKEN}");
}
