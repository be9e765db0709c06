//! The reference solution as a verdict is held against it: built like a submission, and kept until the lesson changes.

use crate::build::{Built, Dependencies, NotBuilt, Workplace, build_submission};
use crate::error::{Error, Mistake, Result};
use crate::event::What;
use crate::files;
use crate::grade::{Grader, Origin, first_words};
use crate::hold::Hold;
use crate::judge;
use crate::key::{Grounds, key};
use crate::lesson::{Check, CheckKind, Lesson};
use crate::observe::{Run, observe};
use crate::outcome::Outcome;
use crate::submission::Submission;
use std::path::PathBuf;

impl Grader {
    /// The transcript of the reference solution under a seed.
    ///
    /// Fails where there is no solution, as in a students' repository, and where it does not end well: the author's to mend.
    pub fn reference(&self, lesson: &Lesson, check: &Check, seed: u64) -> Result<String> {
        let CheckKind::Output { bounds, fixtures, .. } = &check.kind else {
            return Err(Error::course(&lesson.dir, format!("`{}` is no check with a transcript", check.id)));
        };
        let program = self.reference_program(lesson)?;
        let (libraries, hold) = (self.toolchain.libraries.as_path(), &Hold::Limits);
        let run = Run {
            program: &program,
            function: &check.function(),
            seed,
            numbers: &[],
            bounds,
            fixtures,
            libraries,
            hold,
        };
        let observation = observe(&run)?;
        let text = observation.transcript.text();
        if judge::judge_run(&observation, &text, seed, bounds) == Outcome::Passed {
            return Ok(text);
        }
        let said = format!("{text}{}", String::from_utf8_lossy(&observation.exit.stderr));
        let what = format!("does not end well in `{}` under seed {seed}; it got as far as", check.id);
        Err(Error::Course(vec![
            Mistake::new(&self.course.solution_dir(&lesson.id), what).in_the_compilers_words(&said),
        ]))
    }

    /// The reference solution's library under the lesson's name, with what it depends on.
    pub fn reference_library(&self, lesson: &Lesson) -> Result<(PathBuf, Dependencies)> {
        let program = self.reference_program(lesson)?;
        let library = program.with_file_name(format!("lib{}.rlib", lesson.id.crate_name()));
        Ok((library, self.reference_workplace(lesson)?.dependencies))
    }

    /// The reference is the course's own, so limits hold it, whatever holds the submissions.
    fn reference_workplace<'a>(&'a self, lesson: &'a Lesson) -> Result<Workplace<'a>> {
        self.workplace(lesson, &Origin::Reference, Hold::Limits)
    }

    /// The probe linked with the reference solution, from an earlier build if nothing changed since.
    fn reference_program(&self, lesson: &Lesson) -> Result<PathBuf> {
        let folder = self.course.solution_dir(&lesson.id);
        let shown = format!("solutions/{}", lesson.id.folder());
        if !folder.is_dir() {
            return Err(Error::Usage(format!(
                "`{shown}` is not in this copy of the course, so only the public seeds can be checked: leave out `--seed`"
            )));
        }
        let submission = Submission::read(&folder, &lesson.id, &shown).map_err(|unreadable| {
            Error::course(&folder, format!("`{}` {}", unreadable.path, unreadable.reason.name()))
        })?;
        let workplace = self.reference_workplace(lesson)?;
        let key = self.reference_key(lesson, &submission);
        let program = workplace.folder.join(format!("probe{}", std::env::consts::EXE_SUFFIX));
        let kept = || program.is_file() && std::fs::read_to_string(stamp(&workplace)).is_ok_and(|known| known == key);
        if kept() {
            return Ok(program);
        }
        files::make_folder(&workplace.folder)?;
        let _lock = files::lock(&workplace.folder.join("reference.lock"), || {})?;
        if kept() {
            return Ok(program);
        }
        self.tell(lesson, What::BuildsReference);
        let errors = match self.build_reference(&workplace, lesson, &submission)? {
            Ok(built) if built.unfit.is_empty() => return Ok(built.program),
            Ok(built) => built.unfit.into_values().flatten().collect(),
            Err(NotBuilt::Errors(errors) | NotBuilt::DoesNotFit(errors)) => errors,
            Err(NotBuilt::Bomb(_)) => Vec::new(),
        };
        let mistake = Mistake::new(&folder, "does not build with the lesson's probe");
        Err(Error::Course(vec![mistake.in_the_compilers_words(&first_words(&errors))]))
    }
    /// Builds the reference where it is kept, and notes what it was built from: whoever asks for it next has it.
    pub(crate) fn build_reference(
        &self,
        workplace: &Workplace<'_>,
        lesson: &Lesson,
        submission: &Submission,
    ) -> Result<std::result::Result<Built, NotBuilt>> {
        // What is kept is another one's from here on.
        files::write(&stamp(workplace), b"")?;
        let built = build_submission(workplace, lesson, submission)?;
        if built.as_ref().is_ok_and(|built| built.unfit.is_empty()) {
            files::write(&stamp(workplace), self.reference_key(lesson, submission).as_bytes())?;
        }
        Ok(built)
    }

    fn reference_key(&self, lesson: &Lesson, submission: &Submission) -> String {
        key(&self.toolchain, &Grounds::Program { lesson: self.grounds(lesson), submission: &submission.hash() })
    }
}

/// Says what the kept program was built from.
fn stamp(workplace: &Workplace<'_>) -> PathBuf {
    workplace.folder.join("stamp")
}
