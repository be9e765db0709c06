//! What strangers' code is started through: `confine`, as a program beside the grader's. Built when it is first needed.

fn main() -> std::process::ExitCode {
    confine::main()
}
