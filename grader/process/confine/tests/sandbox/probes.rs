//! What is found out about a machine before anybody relies on it, and what is refused as a caller's or machine's mistake.

use std::path::Path;

use process::sandbox::{Level, Policy, Scratch, Tools, probe};
use process::{Ended, Job};

use crate::stage::{attack, hostile, limits, policy, sandboxes, tools};

#[test]
fn missing_bubblewrap_is_said_and_how_to_install_it() {
    let sandbox = probe(&Tools { bwrap: None, ..tools() }, &[]).unwrap();
    assert_eq!(sandbox.level(), Level::Landlock);
    assert_eq!(sandbox.level().name(), "landlock+seccomp");
    assert!(
        sandbox.details().iter().any(|line| line.contains("apt-get install bubblewrap")),
        "{:?}",
        sandbox.details()
    );
}

#[test]
fn bubblewrap_that_does_not_work_is_not_relied_on() {
    // It ends well, and does nothing.
    let sandbox = probe(&Tools { bwrap: Some("/usr/bin/true".into()), ..tools() }, &[]).unwrap();
    assert_eq!(sandbox.level(), Level::Landlock);
    assert!(sandbox.details().iter().any(|line| line.contains("can't be used")), "{:?}", sandbox.details());
}

#[test]
fn helper_that_confines_nothing_is_refused() {
    for confine in ["/usr/bin/true", "/usr/bin/env", "/no/such/program"] {
        let refused = probe(&Tools { confine: confine.into(), ..tools() }, &[]).unwrap_err();
        assert!(refused.why.contains("no sandbox holds here") && !refused.remedy.is_empty(), "{refused:?}");
    }
}

#[test]
fn what_jobs_need_and_cannot_read_is_named() {
    let refused = probe(&tools(), &[Path::new("/no/such/compiler")]).unwrap_err();
    assert!(refused.why.contains("/no/such/compiler"), "{refused:?}");
}

#[test]
fn job_that_cannot_be_set_up_is_the_machines_failure() {
    for sandbox in sandboxes() {
        let scratch = Scratch::new_in(&std::env::temp_dir()).unwrap();
        let job = Job {
            program: hostile("excesses"),
            args: vec!["mode=exit".into(), "code=0".into()],
            env: Vec::new(),
            cwd: scratch.path().to_owned(),
            stdin: Vec::new(),
            limits: limits(),
        };
        let run = |job: &Job, policy: &Policy| sandbox.run(job, policy).map(|confined| confined.exit.ended);
        let policy = policy(scratch.path());
        assert_eq!(run(&job, &policy).unwrap(), Ended::Code(0));
        let missing = Job { program: "/no/such/program".into(), ..job.clone() };
        assert!(run(&missing, &policy).unwrap_err().to_string().contains("/no/such/program"));
        let unreadable = Policy { read: vec!["/no/such/folder".into()], ..policy.clone() };
        assert!(run(&job, &unreadable).unwrap_err().to_string().contains("/no/such/folder"));
        let relative = Policy { read: vec!["relative".into()], ..policy.clone() };
        assert!(run(&job, &relative).unwrap_err().to_string().contains("no absolute path"));
        let elsewhere = Job { cwd: "/tmp".into(), ..job };
        assert!(run(&elsewhere, &policy).unwrap_err().to_string().contains("none of its folders"));
    }
}

/// What a job was given to write to can be written to by the next one too, another user as it may be.
#[test]
fn folder_passes_from_job_to_job() {
    for sandbox in sandboxes() {
        let scratch = Scratch::new_in(&std::env::temp_dir()).unwrap();
        let job = Job {
            program: hostile("excesses"),
            args: vec!["mode=neighbour".into()],
            env: Vec::new(),
            cwd: scratch.path().to_owned(),
            stdin: Vec::new(),
            limits: limits(),
        };
        for _ in 0..3 {
            // Others come and go meanwhile, so that root's users change.
            let other = std::thread::scope(|scope| {
                let other = scope.spawn(|| attack(&sandbox, "excesses", "neighbour", &[], |_, _| {}));
                assert_eq!(sandbox.run(&job, &policy(scratch.path())).unwrap().exit.ended, Ended::Code(0));
                other.join().unwrap()
            });
            assert_eq!(other.exit.ended, Ended::Code(0));
        }
    }
}
