//! The test checks of a submission on the road: the student's own tests against services of ours, right and broken, each
//! run in a process of its own.
//!
//! Every service is tried twice, and in an order that nobody can foresee: a test that rolls dice, or counts how often it
//! was run, comes to one thing now and to another then.

use crate::build::{OwnTestsBuild, Services, build_own_tests, build_service, harness};
use crate::error::Result;
use crate::event::{Stage, What};
use crate::files::Digest;
use crate::grade::{Grader, Request, chance};
use crate::judge;
use crate::key::{Grounds, key};
use crate::lesson::{Bounds, Check, CheckKind, Flaw, Lesson};
use crate::observe::{Run, observe};
use crate::outcome::{Outcome, Reason};
use crate::parallel;
use crate::submission::Submission;
use crate::tried::{Came, Tried};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

/// How often each service is tried.
const TIMES: usize = 2;

/// Runs that are under way at a time: whoever hangs, mostly sleeps.
const MOST_RUNS: usize = 8;

impl Grader {
    /// Runs the student's own tests for these checks.
    pub(crate) fn try_own_tests(
        &self,
        request: &Request<'_>,
        submission: &Submission,
        checks: &[&Check],
    ) -> Result<BTreeMap<String, Outcome>> {
        let of = |check: &&Check| Some((check.id.clone(), self.own_tests(request, submission, check)?));
        checks.iter().filter_map(|check| of(check).map(|(id, outcome)| Ok((id, outcome?)))).collect()
    }

    fn own_tests(&self, request: &Request<'_>, submission: &Submission, check: &Check) -> Option<Result<Outcome>> {
        let CheckKind::Test { services, flaws, bounds } = &check.kind else { return None };
        Some(self.tell_apart(request, submission, check, (services, flaws, bounds)))
    }

    fn tell_apart(
        &self,
        request: &Request<'_>,
        submission: &Submission,
        check: &Check,
        (services, flaws, bounds): (&[PathBuf], &[Flaw], &Bounds),
    ) -> Result<Outcome> {
        let (lesson, started) = (request.lesson, Instant::now());
        let workplace = self.workplace(lesson, &request.origin, self.hold.clone())?;
        let _lock = workplace.take()?;
        let harness = &harness(&self.course, &self.toolchain, &self.support)?;
        let libraries = &self.services(lesson, services)?;
        let built = build_own_tests(&workplace, lesson, submission, &Services { libraries, harness })?;
        self.tell(lesson, What::Stage(Stage::OwnTests, started.elapsed()));
        let programs = match built {
            OwnTestsBuild::Built(programs) => programs,
            OwnTestsBuild::Missing => {
                let none = |flaw: Option<&Flaw>| Tried { flaw: flaw.map(|it| it.does.clone()), came: Came::NoTest };
                let right = services.iter().map(|_| none(None));
                return Ok(judge::judge_tried(right.chain(flaws.iter().map(|flaw| none(Some(flaw)))).collect()));
            }
            OwnTestsBuild::Errors(errors) => return Ok(Outcome::NotRun(Reason::DoesNotFit(errors))),
            OwnTestsBuild::Bomb(_) => return Ok(Outcome::NotRun(Reason::DoesNotCompile)),
        };
        let right = programs.iter().map(|program| (program, None));
        let broken = flaws.iter().map(|flaw| (&programs[flaw.service], Some(flaw)));
        let services: Vec<(&PathBuf, Option<&Flaw>)> = right.chain(broken).collect();
        let mut order: Vec<(u64, usize)> =
            (0..services.len() * TIMES).map(|n| (chance().wrapping_mul(n as u64 | 1), n % services.len())).collect();
        order.sort_unstable();
        let started = Instant::now();
        let came = parallel::map(&order, MOST_RUNS, |(_, at)| {
            let (program, flaw) = services[*at];
            let (function, libraries, hold) =
                (flaw.map_or("", |flaw| &flaw.id), self.toolchain.libraries.as_path(), &self.hold);
            let run = Run { program, function, seed: 0, numbers: &[], bounds, fixtures: &[], libraries, hold };
            Ok((*at, judge::judge_own_tests(&observe(&run)?, bounds)?))
        });
        let mut all: BTreeMap<usize, Came> = BTreeMap::new();
        for came in came {
            let (at, came): (usize, Came) = came?;
            let both = match all.remove(&at) {
                Some(first) if !alike(&first, &came) => Came::Wavers,
                _ => came,
            };
            all.insert(at, both);
        }
        let tried = |(came, (_, flaw)): (Came, &(&PathBuf, Option<&Flaw>))| Tried {
            flaw: flaw.map(|flaw| flaw.does.clone()),
            came,
        };
        let outcome = judge::judge_tried(all.into_values().zip(&services).map(tried).collect());
        let (passed, took) = (outcome == Outcome::Passed, started.elapsed());
        self.tell(lesson, What::Ran { check: check.id.clone(), seed: 0, passed, took });
        Ok(outcome)
    }

    /// The compiled services of a lesson, from an earlier build if nothing changed since.
    fn services(&self, lesson: &Lesson, sources: &[PathBuf]) -> Result<Vec<PathBuf>> {
        let workplace =
            self.workplace(lesson, &crate::grade::Origin::Other("services".to_owned()), crate::hold::Hold::Limits)?;
        let library = |source: &PathBuf| {
            let name = source.file_stem().unwrap_or_default().to_string_lossy();
            let named = Digest::default().add("service", name.as_bytes()).finish();
            let grounds = Grounds::Program { lesson: self.grounds(lesson), submission: &named };
            let key = key(&self.toolchain, &grounds);
            let folder = workplace.folder.join(&key[..16]);
            let library = folder.join(format!("lib{}.rlib", lesson.id.crate_name()));
            if !library.is_file() {
                self.tell(lesson, What::BuildsReference);
            }
            let (course, toolchain, dependencies) = (&self.course, &self.toolchain, &workplace.dependencies);
            build_service(course, toolchain, (lesson, source), dependencies, &self.support, &library)?;
            Ok(library)
        };
        sources.iter().map(library).collect()
    }
}

/// Whether two runs say the same of a service, be it in other words.
fn alike(one: &Came, other: &Came) -> bool {
    std::mem::discriminant(one) == std::mem::discriminant(other)
}
