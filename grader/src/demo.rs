//! The slide's own program, linked with the student's crate: what `cargo xtask run` starts.

use crate::build::{Compiled, Diagnostic, NotBuilt, SUBMISSION, Target, Unit, build_library};
use crate::error::{Error, Result};
use crate::grade::{Grader, Origin};
use crate::lesson::Lesson;
use crate::submission::{Submission, lay_out};
use std::path::{Path, PathBuf};

impl Grader {
    /// Builds `main`, a `main.rs`, against a submission, and gives the program's path; or the errors, if either does not compile.
    ///
    /// Fails if the compiler ran out of time or memory on either: that is for the caller's source to mend, so a wrong call.
    pub fn demo(
        &self,
        lesson: &Lesson,
        submission: &Submission,
        main: &Path,
        origin: &Origin,
    ) -> Result<std::result::Result<PathBuf, Vec<Diagnostic>>> {
        let bomb = || Error::Usage("the compiler ran out of time or memory on this program".to_owned());
        let workplace = self.workplace(lesson, origin, self.hold.clone())?;
        let _lock = workplace.take()?;
        let source = lay_out(submission, &workplace.folder)?.join("lib.rs");
        let mut rustc = workplace.rustc(&workplace.dependencies, &submission.shown);
        rustc.shown.push((main.parent().unwrap_or(main).display().to_string(), submission.shown.clone()));
        let library = match build_library(&workplace, &rustc, lesson, submission, &source)? {
            Ok(library) => library,
            Err(NotBuilt::Errors(errors) | NotBuilt::DoesNotFit(errors)) => return Ok(Err(errors)),
            Err(NotBuilt::Bomb(_)) => return Err(bomb()),
        };
        let program = workplace.folder.join(format!("{}{}", lesson.id, std::env::consts::EXE_SUFFIX));
        let name = lesson.id.crate_name();
        let unit = Unit {
            name: "slide",
            source: main,
            target: Target::Program(program.clone()),
            externs: vec![(&name, &library)],
            more: SUBMISSION.map(str::to_owned).to_vec(),
            reads: Vec::new(),
        };
        match rustc.compile(&unit)? {
            Compiled::Done => Ok(Ok(program)),
            Compiled::Errors(errors) => Ok(Err(errors)),
            Compiled::OutOfBounds(_) => Err(bomb()),
        }
    }
}
