//! The slide's own program, linked with the student's crate: what `cargo xtask run` starts.

use crate::build::{Compiled, Dependencies, Diagnostic, Target};
use crate::error::{Error, Result};
use crate::files;
use crate::grade::{Grader, Origin, SUBMISSION};
use crate::lesson::Lesson;
use crate::submission::{Submission, lay_out};
use std::path::{Path, PathBuf};

impl Grader {
    /// Builds `main`, a `main.rs`, against a submission, and gives the program's path; or the errors, if either does not compile.
    pub fn demo(
        &self,
        lesson: &Lesson,
        submission: &Submission,
        main: &Path,
    ) -> Result<std::result::Result<PathBuf, Vec<Diagnostic>>> {
        let dependencies = Dependencies::of(&self.course, &self.toolchain, &lesson.id, &*self.say)?;
        let work = self.work(lesson, &Origin::Other("run".to_owned()));
        files::make_folder(&work)?;
        let _lock =
            files::lock(&work.join("lock"), || (self.say)(&format!("another run of {} is being built", lesson.id)))?;
        let source = lay_out(submission, &work)?.join("lib.rs");
        let mut rustc = self.rustc(&dependencies, &work, &submission.shown, false);
        rustc.shown.push((main.parent().unwrap_or(main).display().to_string(), submission.shown.clone()));
        let crate_name = lesson.id.crate_name();
        let library = work.join(format!("lib{crate_name}.rlib"));
        let program = work.join(format!("{}{}", lesson.id, std::env::consts::EXE_SUFFIX));
        let steps = [
            (crate_name.as_str(), source.as_path(), Target::Library(library.clone()), Vec::new()),
            ("slide", main, Target::Program(program.clone()), vec![(crate_name.as_str(), library.as_path())]),
        ];
        for (name, source, target, externs) in steps {
            match rustc.compile(name, source, &target, &externs, SUBMISSION)? {
                Compiled::Done => {}
                Compiled::Errors(errors) => return Ok(Err(errors)),
                Compiled::OutOfBounds(ended) => {
                    return Err(Error::Usage(format!(
                        "the compiler ran out of its bounds on `{}`: {ended:?}",
                        source.display()
                    )));
                }
            }
        }
        Ok(Ok(program))
    }
}
