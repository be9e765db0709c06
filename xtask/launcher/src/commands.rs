//! Which program has which command. Nobody needs to know it: `cargo xtask COMMAND` starts the right one.

/// A program of `cargo xtask`, built when a command of it is first used.
pub struct Program {
    /// The package in the workspace `xtask/`, and the program's name.
    pub package: &'static str,
    /// Its commands, each with what it does.
    pub commands: &'static [(&'static str, &'static str)],
}

/// The program for all other commands, a student's; it also answers where there is none.
pub const STUDENT: &str = "xtask";

/// The program that strangers' code is started through. It has no command of its own.
pub const SANDBOX: &str = "sandbox";

/// Commands that grade strangers' code whatever else is said.
pub const FOR_STRANGERS: [&str; 1] = ["grade"];

/// The programs that take more to build than a student should wait for.
pub const OTHERS: [Program; 2] = [
    Program {
        package: "viewer",
        commands: &[("watch", "Check a lesson after each save, and show its verdict while you work")],
    },
    Program {
        package: "staff",
        commands: &[
            ("audit", "For authors: whether the checks of a lesson tell right from wrong, and its texts are true"),
            ("bench", "For authors: how long a verdict takes, beside `cargo check` and a conventional `cargo test`"),
            (
                "grade",
                "For teachers: grades a folder of submissions, many at a time, and loses nothing when it is stopped",
            ),
            (
                "grades",
                "For teachers: makes reports and gradebooks anew, with late days and penalties, without running anything",
            ),
            ("merge", "For teachers: puts the results of several machines together"),
            ("picture", "For authors: draws the READMEs' picture of a verdict anew, from a real run"),
            (
                "new-lesson",
                "For authors: makes a lesson to start from, which compiles, and which the audit then leads to its end",
            ),
        ],
    },
];
