//! Observes lesson 14: what each task is resumed with, what it asks then, and who is next.

use lesson_14::{Coroutine, Deadlock, Reply, Request, Scheduler, Step, TaskId, and_then, parent};
use probe::{Inputs, OnDrop, check, mark};
use std::collections::VecDeque;
use std::time::Duration;

/// Asks for what its script says, a request a step, and returns when there is nothing left to ask.
struct Script<R> {
    name: String,
    requests: VecDeque<Request>,
    returns: Option<R>,
    _local: Option<OnDrop>,
}

impl<R> Script<R> {
    fn returning(value: R, name: &str, requests: impl IntoIterator<Item = Request>) -> Self {
        let requests = requests.into_iter().collect();
        Script { name: name.to_owned(), requests, returns: Some(value), _local: None }
    }
}

/// A program of these requests.
fn script(name: &str, requests: impl IntoIterator<Item = Request>) -> Script<()> {
    Script::returning((), name, requests)
}

/// The same, and its drop will be seen.
fn watched(name: &str, requests: impl IntoIterator<Item = Request>) -> Script<()> {
    Script { _local: Some(OnDrop::named(name)), ..script(name, requests) }
}

impl<R> Coroutine<Reply> for Script<R> {
    type Yield = Request;
    type Return = R;

    fn resume(&mut self, reply: Reply) -> Step<Request, R> {
        let name = &self.name;
        if let Some(request) = self.requests.pop_front() {
            mark!("{name} is given {reply:?}, asks {}", words(&request));
            return Step::Yielded(request);
        }
        mark!("{name} is given {reply:?}, returns");
        match self.returns.take() {
            Some(value) => Step::Complete(value),
            None => panic!("{name} was resumed after it had returned"),
        }
    }
}

fn words(request: &Request) -> String {
    match request {
        Request::Yield => "Yield".to_owned(),
        Request::GetTid => "GetTid".to_owned(),
        Request::NewTask(_) => "NewTask".to_owned(),
        Request::KillTask(TaskId(tid)) => format!("KillTask({tid})"),
        Request::WaitTask(TaskId(tid)) => format!("WaitTask({tid})"),
        Request::Sleep(pause) => format!("Sleep({pause:?})"),
    }
}

/// So many turns for the others.
fn yields(count: usize) -> impl Iterator<Item = Request> {
    (0..count).map(|_| Request::Yield)
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// Spawns a program, and says under which number.
fn spawn(sched: &mut Scheduler, target: Script<()>) -> TaskId {
    let name = target.name.clone();
    let tid: ::lesson_14::TaskId = sched.spawn(target);
    mark!("spawned: {name}, as task {}", tid.0);
    tid
}

/// Runs the scheduler, and says what came of it.
fn mainloop(sched: &mut Scheduler) {
    mark!("mainloop()");
    let got: ::std::result::Result<(), Deadlock> = sched.mainloop();
    mark!("returned {got:?}");
}

/// The slide's own program.
#[check]
fn slide(_: &mut Inputs) {
    mark!("spawned: parent(2)");
    let mut sched = Scheduler::new();
    sched.spawn(parent(2));
    mark!("mainloop()");
    let got: ::std::result::Result<(), Deadlock> = sched.mainloop();
    mark!("returned {got:?}");
}

/// Requests that are answered at once, and whose turn it is after each.
#[check]
fn answers(inputs: &mut Inputs) {
    let mut sched = Scheduler::new();
    let others = inputs.size(1..=2);
    let child = script("child", [Request::GetTid]);
    let mut asks = vec![Request::GetTid, Request::NewTask(Box::new(child))];
    asks.insert(inputs.size(0..=1), Request::Yield);
    asks.extend(yields(1));
    spawn(&mut sched, script("parent", asks));
    for name in ["first", "second"].into_iter().take(others) {
        spawn(&mut sched, script(name, [Request::Yield, Request::GetTid]));
    }
    mainloop(&mut sched);
}

/// Several wait for one; then for one that is over, and for one that never was.
#[check]
fn wait(inputs: &mut Inputs) {
    let mut sched = Scheduler::new();
    let child = spawn(&mut sched, script("child", yields(2)));
    let mut delays = [0, 1];
    inputs.shuffle(&mut delays);
    for (name, delay) in ["anna", "boris"].into_iter().zip(delays) {
        let asks = yields(delay).chain([Request::WaitTask(child)]);
        spawn(&mut sched, script(name, asks));
    }
    let nobody = TaskId(inputs.number(50..=99));
    let asks = [Request::WaitTask(child), Request::WaitTask(child), Request::WaitTask(nobody)];
    spawn(&mut sched, script("vera", asks));
    mainloop(&mut sched);
}

/// A task is ended wherever it is: in the queue, asleep, waiting, gone before, or the one that asks.
#[check]
fn kill(inputs: &mut Inputs) {
    let mut sched = Scheduler::new();
    let busy = spawn(&mut sched, watched("busy", yields(9)));
    let asleep = spawn(&mut sched, watched("asleep", [Request::Sleep(seconds(inputs.number(10..=60)))]));
    let waits = spawn(&mut sched, watched("waits", [Request::WaitTask(busy)]));
    let friend = spawn(&mut sched, watched("friend", [Request::WaitTask(asleep)]));
    let mut victims = [asleep, waits];
    inputs.shuffle(&mut victims);
    let [first, then] = victims;
    let mut asks: Vec<Request> = [first, then, busy, first].into_iter().map(Request::KillTask).collect();
    asks.extend([Request::KillTask(TaskId(friend.0 + 1)), Request::GetTid]);
    spawn(&mut sched, watched("killer", asks));
    mainloop(&mut sched);
    mark!("now() = {:?}", sched.now());
}

/// Whoever waited for a task is ended as well: before it, or in between its end and the waiter's own turn.
#[check]
fn kill_waiter(inputs: &mut Inputs) {
    let mut sched = Scheduler::new();
    let child = spawn(&mut sched, script("child", yields(5)));
    let waiter = spawn(&mut sched, watched("waiter", [Request::WaitTask(child)]));
    spawn(&mut sched, script("friend", [Request::WaitTask(waiter)]));
    let turns = inputs.size(0..=1);
    let mut victims = [child, waiter];
    let child_first = inputs.flip();
    if !child_first {
        victims.reverse();
    }
    mark!("who goes first: {}", if child_first { "the child" } else { "the waiter" });
    for (name, victim) in ["one", "two"].into_iter().zip(victims) {
        spawn(&mut sched, script(name, yields(turns).chain([Request::KillTask(victim)])));
    }
    mainloop(&mut sched);
}

/// The clock stands while anyone can run, then jumps to the next alarm.
#[check]
fn sleep(inputs: &mut Inputs) {
    let mut sched = Scheduler::new();
    let (short, more) = (inputs.number(2..=9), inputs.number(11..=29));
    mark!("now() = {:?}", sched.now());
    let long = spawn(&mut sched, script("long", [Request::Sleep(seconds(short + more))]));
    spawn(&mut sched, script("patient", [Request::WaitTask(long)]));
    let naps = [Request::Sleep(seconds(short)), Request::Sleep(seconds(more))];
    spawn(&mut sched, script("naps", naps));
    spawn(&mut sched, script("asks", [Request::Sleep(Duration::ZERO)]));
    spawn(&mut sched, script("busy", yields(inputs.size(1..=2))));
    mainloop(&mut sched);
    mark!("now() = {:?}", sched.now());
    spawn(&mut sched, script("later", [Request::Sleep(seconds(short))]));
    mainloop(&mut sched);
}

/// Tasks that wait for each other, beside one that does not; somebody frees them. One that waits for itself.
#[check]
fn deadlock(inputs: &mut Inputs) {
    let mut sched = Scheduler::new();
    let size = inputs.number(2..=3);
    let mut names = ["anna", "boris", "vera"];
    inputs.shuffle(&mut names);
    for (tid, name) in (1..=size).zip(names) {
        // The first begins to wait when the others do already.
        let turns = if tid == 1 { 1 } else { 0 };
        let whom = TaskId(tid % size + 1);
        spawn(&mut sched, watched(name, yields(turns).chain([Request::WaitTask(whom)])));
    }
    spawn(&mut sched, script("alone", [Request::Sleep(seconds(inputs.number(2..=9)))]));
    mainloop(&mut sched);
    let rescued = TaskId(inputs.number(1..=size));
    spawn(&mut sched, script("rescuer", [Request::KillTask(rescued)]));
    mainloop(&mut sched);

    let mut sched = Scheduler::new();
    spawn(&mut sched, script("narcissus", [Request::WaitTask(TaskId(1))]));
    mainloop(&mut sched);
}

/// One coroutine calls another: same task, requests up, replies down, and no turn lost in between.
#[check]
fn calls(inputs: &mut Inputs) {
    let mut sched = Scheduler::new();
    let (found, pause) = (inputs.number(100..=999), seconds(inputs.number(2..=9)));
    let first = Script::returning(found, "first", [Request::GetTid, Request::Sleep(pause)]);
    let caller = and_then(first, |value: u64| {
        mark!("first returned {value}");
        let word = "done".to_owned();
        let second = Script::returning(word, "second", [Request::GetTid]);
        and_then(second, |value: String| {
            mark!("second returned {value:?}");
            script("third", [])
        })
    });
    let beside = [Request::Sleep(pause)].into_iter().chain(yields(inputs.size(2..=3)));
    let other = spawn(&mut sched, script("other", beside));
    let tid: ::lesson_14::TaskId = sched.spawn(caller);
    mark!("spawned: a program of three, as task {}", tid.0);
    spawn(&mut sched, script("patient", [Request::WaitTask(other), Request::WaitTask(tid)]));
    mainloop(&mut sched);
}

probe::main!(slide, answers, wait, kill, kill_waiter, sleep, deadlock, calls);
