//! Programs of the course's own that a verdict is held against: the reference solution, and the wrong programs.
//!
//! They are built like a submission, and kept until the lesson changes.

use crate::build::{Dependencies, ProbeBuild, build_probe};
use crate::error::{Error, Result};
use crate::files;
use crate::grade::{Grader, Library, Origin, Stages};
use crate::judge;
use crate::lesson::{Check, CheckKind, Lesson};
use crate::misconception::WrongProgram;
use crate::observe::observe;
use crate::outcome::Outcome;
use crate::submission::{Submission, lay_out};
use process::Ended;
use std::path::PathBuf;

impl Grader {
    /// The transcript of the reference solution under a seed.
    pub fn reference(&self, lesson: &Lesson, check: &Check, seed: u64) -> Result<String> {
        let deadline = match &check.kind {
            CheckKind::Output { deadline, .. } => *deadline,
            CheckKind::Compile { .. } => return Err(Error::Machine(format!("`{}` has no transcript", check.id))),
        };
        let program = self.reference_program(lesson)?;
        let observation = observe(&program, &check.function(), seed, deadline)?;
        let text = observation.transcript.text();
        match judge::judge_run(&observation, &text, seed, deadline) {
            Outcome::Passed => Ok(text),
            outcome => Err(Error::Machine(format!(
                "the reference solution of {} does not end well in `{}` with seed {seed}: {outcome:?}",
                lesson.id, check.id
            ))),
        }
    }

    /// The reference solution's library under the lesson's name, with what it depends on.
    pub fn reference_library(&self, lesson: &Lesson) -> Result<(PathBuf, Dependencies)> {
        let program = self.reference_program(lesson)?;
        let library = program.with_file_name(format!("lib{}.rlib", lesson.id.crate_name()));
        Ok((library, Dependencies::of(&self.course, &self.toolchain, &lesson.id, &*self.say)?))
    }

    /// The probe linked with the reference solution, built once per state of the lesson.
    fn reference_program(&self, lesson: &Lesson) -> Result<PathBuf> {
        let solution = self.course.solution_dir(&lesson.id);
        let submission = Submission::read(&solution, &lesson.id, &format!("solutions/{}", lesson.id.folder()))
            .map_err(|unreadable| {
                Error::Machine(format!("`{}` can't be used: {:?}", unreadable.path, unreadable.reason))
            })?;
        self.kept_program(lesson, "reference", &submission)
    }

    /// The probe linked with a program of the course's own, from an earlier build if nothing changed since.
    fn kept_program(&self, lesson: &Lesson, name: &str, submission: &Submission) -> Result<PathBuf> {
        let key = files::Digest::default()
            .add("checks", lesson.checks_hash.as_bytes())
            .add("rustc", self.toolchain.version.as_bytes())
            .add("support", self.support.to_string_lossy().as_bytes())
            .finish();
        let work = self.work(lesson, &Origin::Other(format!("kept-{name}")));
        files::make_folder(&work)?;
        let _lock = files::lock(&work.join("lock"), || {})?;
        let program = work.join(format!("probe{}", std::env::consts::EXE_SUFFIX));
        let stamp = work.join("stamp");
        if program.is_file() && std::fs::read_to_string(&stamp).is_ok_and(|known| known == key) {
            return Ok(program);
        }
        let dependencies = Dependencies::of(&self.course, &self.toolchain, &lesson.id, &*self.say)?;
        let source = lay_out(submission, &work)?.join("lib.rs");
        let rustc = self.rustc(&dependencies, &work, &submission.shown, false);
        let errors = match self.library(lesson, &rustc, &source, &mut Stages::default())? {
            Library::Built(library) => match build_probe(&rustc, lesson, &library, &self.support)? {
                ProbeBuild::Built { program, .. } => {
                    files::write(&stamp, key.as_bytes())?;
                    return Ok(program);
                }
                ProbeBuild::Unfit(errors) => errors,
                ProbeBuild::OutOfBounds(_) => Vec::new(),
            },
            Library::Errors(errors) => errors,
            Library::Bomb(_) => Vec::new(),
        };
        let first = errors.first().map_or("the compiler ran out of its bounds", |error| &error.rendered);
        Err(Error::Machine(format!("`{}` does not build:\n{first}", submission.shown)))
    }

    /// What a wrong program prints in a check; nothing if it does not get as far as a transcript.
    pub(crate) fn prints(&self, lesson: &Lesson, wrong: &WrongProgram, check: &Check, seed: u64) -> Option<String> {
        let CheckKind::Output { deadline, .. } = &check.kind else { return None };
        let shown = format!("grader/checks/{}/wrong/{}.rs", lesson.id.folder(), wrong.name);
        let submission = Submission::single(&wrong.path, &shown).ok()?;
        let program = self.kept_program(lesson, &format!("wrong-{}", wrong.name), &submission).ok()?;
        let observation = observe(&program, &check.function(), seed, *deadline).ok()?;
        matches!(observation.exit.ended, Ended::Code(_)).then(|| observation.transcript.text())
    }
}
