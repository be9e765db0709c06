//! Observes lesson 14: what each task is resumed with, what it asks then, and who is next.

use lesson_14::{Coroutine, Deadlock, Reply, Request, Scheduler, Step, TaskId, and_then, parent};
use probe::{Inputs, OnDrop, check, mark};
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::{Arc, Mutex};
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

/// Parents beside others, so that no child has the number of the slide's; by hand; and one whose child is killed.
#[check]
fn parents(inputs: &mut Inputs) {
    let number = inputs.number(70..=90);
    for found in [true, false] {
        mark!("parent(1) is called, and resumed by hand");
        let mut by_hand = parent(1);
        for reply in [Reply::Nothing, Reply::Tid(TaskId(number)), Reply::Found(found)] {
            mark!("it is given {reply:?}");
            match by_hand.resume(reply) {
                Step::Yielded(request) => mark!("asks {}", words(&request)),
                Step::Complete(()) => mark!("returns"),
            }
        }
    }

    let mut sched = Scheduler::new();
    let mut lengths = [0, 1, 3];
    inputs.shuffle(&mut lengths);
    for n in lengths {
        spawn(&mut sched, script("other", yields(1)));
        let tid: ::lesson_14::TaskId = sched.spawn(parent(n));
        mark!("spawned: parent({n}), as task {}", tid.0);
    }
    mainloop(&mut sched);

    let tid: ::lesson_14::TaskId = sched.spawn(parent(9));
    mark!("spawned: parent(9), as task {}", tid.0);
    spawn(&mut sched, script("killer", [Request::Yield, Request::KillTask(TaskId(tid.0 + 2))]));
    mainloop(&mut sched);
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

/// Numbers that no task has, and tasks that have not run yet.
#[check]
fn nobody(inputs: &mut Inputs) {
    let mut sched = Scheduler::new();
    let fresh = TaskId(3);
    let mut numbers = [TaskId(0), TaskId(u64::MAX), TaskId(9)];
    inputs.shuffle(&mut numbers);
    let asks = numbers.into_iter().flat_map(|tid| [Request::WaitTask(tid), Request::KillTask(tid)]);
    spawn(&mut sched, script("asks", asks));
    let child = watched("child", [Request::GetTid]);
    let asks = [Request::NewTask(Box::new(child)), Request::KillTask(fresh), Request::WaitTask(fresh)];
    spawn(&mut sched, script("parent", asks));
    mainloop(&mut sched);
    spawn(&mut sched, script("the next", [Request::GetTid, Request::KillTask(fresh)]));
    mainloop(&mut sched);
}

/// Every kind of end calls those who wait, in the order in which they began; each of them may wait again.
#[check]
fn ends(inputs: &mut Inputs) {
    let mut kinds = ["returns", "is killed", "kills itself"];
    inputs.shuffle(&mut kinds);
    for kind in kinds {
        mark!("another scheduler; task 1 {kind}");
        let mut sched = Scheduler::new();
        let asks = match kind {
            "returns" => yields(3).collect(),
            "is killed" => yields(9).collect(),
            _ => yields(3).chain([Request::KillTask(TaskId(1)), Request::GetTid]).collect::<Vec<_>>(),
        };
        let target = spawn(&mut sched, watched("the one", asks));
        let beside = TaskId(5);
        let mut turns = [0, 1, 2];
        while turns == [0, 1, 2] {
            inputs.shuffle(&mut turns);
        }
        for (name, turns) in ["anna", "boris", "vera"].into_iter().zip(turns) {
            let asks = yields(turns).chain([Request::WaitTask(target), Request::WaitTask(beside)]);
            spawn(&mut sched, script(name, asks));
        }
        spawn(&mut sched, script("beside", yields(6)));
        if kind == "is killed" {
            spawn(&mut sched, script("killer", yields(3).chain([Request::KillTask(target)])));
        }
        mainloop(&mut sched);
    }
}

/// Alarms at the same moment, set in another order than that of the numbers; and pauses of less than a second.
#[check]
fn due_together(inputs: &mut Inputs) {
    let mut sched = Scheduler::new();
    let nanos = inputs.number(1_000_000_001..=1_999_999_999);
    let pause = Duration::from_nanos(nanos);
    let mut turns = [0, 1, 2];
    while turns == [0, 1, 2] {
        inputs.shuffle(&mut turns);
    }
    for (name, turns) in ["anna", "boris", "vera"].into_iter().zip(turns) {
        spawn(&mut sched, script(name, yields(turns).chain([Request::Sleep(pause), Request::GetTid])));
    }
    // Asleep later than they, and due when they are.
    let first = Duration::from_nanos(inputs.number(1..=999));
    spawn(&mut sched, script("naps", [Request::Sleep(first), Request::Sleep(pause - first)]));
    let soon = pause - Duration::from_nanos(1);
    spawn(&mut sched, script("a nanosecond sooner", [Request::Sleep(soon), Request::Sleep(Duration::ZERO)]));
    spawn(&mut sched, script("killed asleep", [Request::Sleep(Duration::from_nanos(1)), Request::GetTid]));
    spawn(&mut sched, script("killer", [Request::Yield, Request::KillTask(TaskId(6))]));
    spawn(&mut sched, script("for ever", [Request::Sleep(Duration::MAX)]));
    spawn(&mut sched, script("its killer", [Request::Sleep(pause * 2), Request::KillTask(TaskId(8))]));
    mainloop(&mut sched);
    mark!("now() = {:?}", sched.now());
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

/// A deadlock of many that is looked at twice, works on beside others, and is dropped in the end.
#[check]
fn stuck(inputs: &mut Inputs) {
    /// The names of those dropped with the scheduler, in whatever order; `None` until then, and each drop is a mark.
    type Last = Arc<Mutex<Option<Vec<String>>>>;

    let last = Last::default();
    let noted = |name: &str, requests: Vec<Request>| {
        let (gone, last) = (name.to_owned(), Arc::clone(&last));
        let local = OnDrop::call(move || match &mut *last.lock().expect("nobody panics with it") {
            Some(names) => names.push(gone.clone()),
            None => mark!("dropped {gone}"),
        });
        Script { _local: Some(local), ..script(name, requests) }
    };
    let mut sched = Scheduler::new();
    mainloop(&mut sched);
    for tid in 1..=11 {
        let whom = TaskId(tid % 11 + 1);
        let asks = yields(inputs.size(0..=2)).chain([Request::WaitTask(whom)]).collect();
        spawn(&mut sched, noted(&format!("no. {tid}"), asks));
    }
    mainloop(&mut sched);
    mainloop(&mut sched);
    mark!("now() = {:?}", sched.now());
    let freed = TaskId(inputs.number(8..=11));
    let asks = [Request::Sleep(seconds(inputs.number(2..=9))), Request::KillTask(freed), Request::WaitTask(TaskId(12))];
    spawn(&mut sched, script("rescuer", asks));
    spawn(&mut sched, noted("late", vec![Request::WaitTask(TaskId(12))]));
    mainloop(&mut sched);
    mark!("now() = {:?}", sched.now());
    spawn(&mut sched, noted("never run", Vec::new()));
    mark!("the scheduler is dropped");
    *last.lock().expect("nobody panics with it") = Some(Vec::new());
    drop(sched);
    let mut names = last.lock().expect("nobody panics with it").take().unwrap_or_default();
    names.sort();
    mark!("gone with it, sorted: {}", names.join(", "));
}

/// A call by hand: what goes up and down, who is called when, and types that no scheduler would take.
#[check]
fn by_hand(inputs: &mut Inputs) {
    /// Neither `Clone` nor `Debug`, and borrowed from the function that calls.
    struct Borrowed<'a>(&'a str, Rc<()>);

    let word = inputs.word();
    let (number, pause) = (inputs.number(100..=999), seconds(inputs.number(2..=9)));
    let asks = [Request::Sleep(pause), Request::WaitTask(TaskId(number))];
    let first = Script::returning(Borrowed(&word, Rc::new(())), "first", asks);
    let guard = OnDrop::named("what `then` holds");
    mark!("and_then(first, …) is called");
    let mut program = and_then(first, move |value: Borrowed<'_>| {
        drop(guard);
        mark!("first returned {:?}, held by {}", value.0, Rc::strong_count(&value.1));
        Script::returning(value, "second", [Request::KillTask(TaskId(number)), Request::GetTid])
    });
    let replies = [
        Reply::Nothing,
        Reply::Time(pause),
        Reply::Found(inputs.flip()),
        Reply::Found(inputs.flip()),
        Reply::Tid(TaskId(number)),
    ];
    for reply in replies {
        match program.resume(reply) {
            Step::Yielded(request) => mark!("up comes {}", words(&request)),
            Step::Complete(value) => mark!("it returns {:?}", value.0),
        }
    }

    mark!("and_then of two that ask for nothing");
    let mut program = and_then(Script::returning(number, "first", []), |n: u64| Script::returning(n + 1, "second", []));
    match program.resume(Reply::Nothing) {
        Step::Yielded(request) => mark!("up comes {}", words(&request)),
        Step::Complete(value) => mark!("it returns {value}"),
    }

    mark!("and_then, dropped while the first waits");
    let held = OnDrop::named("what `then` holds");
    let mut program = and_then(script("first", [Request::Yield]), move |()| {
        drop(held);
        script("second", [])
    });
    let asked = matches!(program.resume(Reply::Nothing), Step::Yielded(Request::Yield));
    mark!("it asks for a turn: {asked}");
    drop(program);
    mark!("gone");
}

/// Two schedulers at once, and one inside a task of another: numbers, clocks and tasks are each one's own.
#[check]
fn apart(inputs: &mut Inputs) {
    /// A task that runs a scheduler of its own at its first step.
    struct Manager {
        own: Scheduler,
    }

    impl Coroutine<Reply> for Manager {
        type Yield = Request;
        type Return = ();

        fn resume(&mut self, reply: Reply) -> Step<Request, ()> {
            mark!("the manager is given {reply:?}");
            mainloop(&mut self.own);
            mark!("its own now() = {:?}", self.own.now());
            Step::Complete(())
        }
    }

    let (mut here, mut there, mut own) = (Scheduler::new(), Scheduler::new(), Scheduler::new());
    let nap = |seconds: u64| [Request::Sleep(Duration::from_secs(seconds)), Request::GetTid];
    mark!("here");
    spawn(&mut here, script("anna", nap(inputs.number(2..=9))));
    mark!("there");
    spawn(&mut there, watched("boris", nap(inputs.number(11..=19))));
    mark!("the manager's own");
    spawn(&mut own, script("vera", nap(inputs.number(21..=29))));
    spawn(&mut own, script("gleb", [Request::WaitTask(TaskId(1))]));
    let tid: ::lesson_14::TaskId = here.spawn(Manager { own });
    mark!("here: the manager, as task {}", tid.0);
    mainloop(&mut here);
    mark!("here: now() = {:?}; there: now() = {:?}", here.now(), there.now());
    drop(here);
    mainloop(&mut there);
    mark!("there: now() = {:?}", there.now());
}

/// Hundreds who wait or sleep, a hundred thousand steps, and a queue of more tasks than a stack has room for.
#[check]
fn many(inputs: &mut Inputs) {
    /// Yields so often, and says nothing.
    struct Busy(usize);

    impl Coroutine<Reply> for Busy {
        type Yield = Request;
        type Return = ();

        fn resume(&mut self, _: Reply) -> Step<Request, ()> {
            match self.0.checked_sub(1) {
                Some(left) => {
                    self.0 = left;
                    Step::Yielded(Request::Yield)
                }
                None => Step::Complete(()),
            }
        }
    }

    /// Asks for one thing, and says nothing.
    struct Once(Option<Request>);

    impl Coroutine<Reply> for Once {
        type Yield = Request;
        type Return = ();

        fn resume(&mut self, _: Reply) -> Step<Request, ()> {
            self.0.take().map_or(Step::Complete(()), Step::Yielded)
        }
    }

    let mut sched = Scheduler::new();
    let steps = 100_000 + inputs.size(1..=99);
    mark!("spawned: one that yields {steps} times, 140 who wait for it, 140 who sleep");
    let busy = sched.spawn(Busy(steps));
    for _ in 0..140 {
        sched.spawn(Once(Some(Request::WaitTask(busy))));
    }
    for number in 0..140 {
        sched.spawn(Once(Some(Request::Sleep(seconds(1 + number % 2)))));
    }
    mainloop(&mut sched);
    mark!("now() = {:?}", sched.now());
    let mut last = None;
    for _ in 0..200_000 {
        last = Some(sched.spawn(Busy(1)));
    }
    mark!("spawned: 200000 tasks, the last of them as {last:?}");
    drop(sched);
    mark!("the scheduler is dropped");
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

probe::main!(
    slide,
    parents,
    answers,
    wait,
    kill,
    kill_waiter,
    nobody,
    ends,
    due_together,
    sleep,
    deadlock,
    stuck,
    by_hand,
    apart,
    many,
    calls
);
