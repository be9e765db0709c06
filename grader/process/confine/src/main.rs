//! The program `confine`: see the library.

fn main() -> std::process::ExitCode {
    confine::main()
}
