//! The explored checks of a submission on the road: after the plain ones, and only where those that they need have passed.

use crate::build::{ExploredBuild, build_explored, build_interleave};
use crate::error::Result;
use crate::event::{Stage, What};
use crate::grade::{Grader, Request};
use crate::judge;
use crate::lesson::{Bounds, Check, CheckKind, Search};
use crate::observe::{Run, observe};
use crate::outcome::{Coverage, Outcome, Reason};
use crate::parallel;
use crate::submission::Submission;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

/// What bounds an exploration from outside. Its own bounds are counts; whoever comes here is not explored.
fn bounds() -> Bounds {
    let minutes = Duration::from_secs(120);
    Bounds { deadline: minutes, cpu: minutes, memory: 1 << 30, output: 8 << 20 }
}

/// What came of each check, by its id, and if it passed, in how many schedules.
pub(crate) type Explorations = BTreeMap<String, (Outcome, Option<Coverage>)>;

impl Grader {
    /// Explores these checks of a submission whose crate compiles.
    pub(crate) fn explore(
        &self,
        request: &Request<'_>,
        submission: &Submission,
        checks: &[Asked<'_>],
    ) -> Result<Explorations> {
        if checks.is_empty() {
            return Ok(BTreeMap::new());
        }
        let started = Instant::now();
        let lesson = request.lesson;
        let workplace = self.workplace(lesson, &request.origin, self.hold.clone())?;
        let _lock = workplace.take()?;
        let interleave = self.interleave()?;
        if !interleave.is_file() {
            self.tell(lesson, What::BuildsDependencies(vec!["interleave".to_owned()]));
        }
        build_interleave(&self.course, &self.toolchain, interleave)?;
        let built = build_explored(&workplace, lesson, submission, interleave)?;
        self.tell(lesson, What::Stage(Stage::ExploredProgram, started.elapsed()));
        let started = Instant::now();
        let outcomes = match built {
            ExploredBuild::Built(program) => parallel::map(checks, parallel::processors(), |asked| {
                let outcome = self.run_explored(request, &program, asked);
                let outcome = outcome.unwrap_or_else(|error| (Outcome::GraderFault(error.chain()), None));
                (asked.check.id.clone(), outcome)
            }),
            ExploredBuild::Not { why } => {
                let outcome = || (Outcome::NotRun(Reason::NotExplored(why.clone())), None);
                checks.iter().map(|asked| (asked.check.id.clone(), outcome())).collect()
            }
        };
        self.tell(lesson, What::Stage(Stage::Schedules, started.elapsed()));
        Ok(outcomes.into_iter().collect())
    }

    fn run_explored(
        &self,
        request: &Request<'_>,
        program: &Path,
        Asked { check, search, prints }: &Asked<'_>,
    ) -> Result<(Outcome, Option<Coverage>)> {
        let (started, bounds) = (Instant::now(), bounds());
        let numbers = [u64::from(search.max_preemptions), search.max_schedules];
        let run = Run {
            program,
            function: &check.function(),
            seed: 0,
            numbers: &numbers,
            bounds: &bounds,
            fixtures: &[],
            libraries: &self.toolchain.libraries,
            hold: &self.hold,
        };
        let judged = judge::judge_explored(&observe(&run)?, prints, &bounds);
        let (passed, took) = (judged.0 == Outcome::Passed, started.elapsed());
        self.tell(request.lesson, What::Ran { check: check.id.clone(), seed: 0, passed, took });
        Ok(judged)
    }
}

/// A check that is explored, with what it says of that.
pub(crate) struct Asked<'a> {
    pub(crate) check: &'a Check,
    search: Search,
    prints: &'a str,
}

impl<'a> Asked<'a> {
    /// Nothing for a check of another kind.
    pub(crate) fn of(check: &'a Check) -> Option<Asked<'a>> {
        match &check.kind {
            CheckKind::Explored { search, prints } => Some(Asked { check, search: *search, prints }),
            CheckKind::Output { .. } | CheckKind::Compile { .. } | CheckKind::Test { .. } => None,
        }
    }
}
