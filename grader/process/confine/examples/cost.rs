//! What a sandbox costs: the same program, again and again in turn, under limits alone and in each sandbox that this
//! machine has. Prints medians in milliseconds and ratios.
//!
//! `cargo run --release -p confine --example cost -- target/release/confine`

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use process::sandbox::{Policy, Sandbox, Scratch, Tools, probe};
use process::{Ended, Job, Limits, run};

/// Runs of each kind.
const ROUNDS: usize = 200;

fn main() {
    let confine = PathBuf::from(std::env::args().nth(1).expect("the path of the built `confine`"));
    let confine = confine.canonicalize().expect("`confine` exists");
    let tools = Tools::with_system_bubblewrap(confine);
    let weaker = Tools { bwrap: None, ..tools.clone() };
    let scratch = Scratch::new_in(&std::env::temp_dir()).expect("a folder");

    let mut ways: Vec<(String, Option<Sandbox>)> = vec![("limits".to_owned(), None)];
    for tools in [weaker, tools] {
        let started = Instant::now();
        match probe(&tools, &[]) {
            Ok(sandbox) if ways.iter().all(|(name, _)| name != sandbox.level().name()) => {
                println!("canaries of {}: {:.1} ms", sandbox.level().name(), milliseconds(started.elapsed()));
                ways.push((sandbox.level().name().to_owned(), Some(sandbox)));
            }
            Ok(_) => {}
            Err(refused) => println!("refused: {} ({})", refused.why, refused.remedy),
        }
    }
    let mut times = vec![Vec::new(); ways.len()];
    for _ in 0..ROUNDS {
        for ((_, sandbox), times) in ways.iter().zip(&mut times) {
            let started = Instant::now();
            run_once(sandbox.as_ref(), scratch.path());
            times.push(started.elapsed());
        }
    }
    let medians: Vec<f64> = times.iter_mut().map(|times| median(times)).collect();
    for ((name, _), median) in ways.iter().zip(&medians) {
        println!("{name:<30} {median:6.2} ms  {:5.2} x limits", median / medians[0]);
    }
}

fn run_once(sandbox: Option<&Sandbox>, scratch: &Path) {
    let job = Job {
        program: "/bin/true".into(),
        args: Vec::new(),
        env: Vec::new(),
        cwd: scratch.to_owned(),
        stdin: Vec::new(),
        limits: Limits {
            deadline: Duration::from_secs(10),
            cpu: Duration::from_secs(5),
            memory: 512 << 20,
            output: 1 << 20,
        },
    };
    let policy = Policy {
        read: Vec::new(),
        execute: Vec::new(),
        write: Some(scratch.to_owned()),
        may_fork: false,
        memory: 1 << 30,
        tasks: 64,
        disk: 64 << 20,
        files: 1000,
    };
    let exit = match sandbox {
        None => run(&job).expect("a run"),
        Some(sandbox) => sandbox.run(&job, &policy).expect("a run in a sandbox").exit,
    };
    assert_eq!(exit.ended, Ended::Code(0));
}

fn median(times: &mut [Duration]) -> f64 {
    times.sort_unstable();
    milliseconds(times[times.len() / 2])
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
