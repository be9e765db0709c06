//! Observes lesson 26: who waits for whom, by hand where one poll counts, else on a clock that moves only while all wait.

mod tasks;

use lesson_26::{Busy, Limit, produce, serve};
use probe::{Gate, Inputs, OnDrop, check, mark, on_paused_clock};
use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tasks::Task;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep};

/// The program: a queue of two, and a server that works on one item at a time.
#[check]
fn slide(_: &mut Inputs) {
    on_paused_clock!(async {
        mark!("produce(0..5) beside serve, a queue with room for 2");
        let (sender, queue) = mpsc::channel(2);
        let start = Instant::now();
        let work = |item: u32| async move {
            mark!("{item} is taken out");
            sleep(Duration::from_secs(1)).await;
            mark!("{item} is served after {:?}", start.elapsed());
        };
        let got: (::std::primitive::usize, ::std::vec::Vec<()>) =
            futures::join!(produce(0..5, sender), serve(queue, 1, work));
        mark!("returned {got:?}");
    });
}

/// An item with which little can be done: it can be printed, and that is seen.
struct Line {
    text: Rc<str>,
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Gives the texts, and tells when it is asked. Asked after its end, it says so.
fn told(texts: &[String]) -> impl Iterator<Item = Line> {
    let mut texts = texts.iter();
    let mut is_over = false;
    std::iter::from_fn(move || {
        let Some(text) = texts.next() else {
            mark!("{}", if is_over { "asked after the end" } else { "asked: no more" });
            is_over = true;
            return None;
        };
        mark!("asked: {text:?}");
        Some(Line { text: Rc::from(&**text) })
    })
}

fn texts(inputs: &mut Inputs, n: usize) -> Vec<String> {
    (0..n).map(|_| if inputs.flip() { inputs.word() } else { inputs.text(3..=5) }).collect()
}

/// Takes so many items out, or as many as are there.
fn receive(queue: &mut mpsc::Receiver<Line>, n: usize) {
    for _ in 0..n {
        match queue.try_recv() {
            Ok(line) => mark!("received {:?}", line.text),
            Err(error) => return mark!("nothing to receive: {error}"),
        }
    }
}

/// Queues with room for one item and for more, that are emptied now one by one, now several at a time.
#[check]
fn room(inputs: &mut Inputs) {
    let mut rooms = [1, 2, inputs.size(3..=4)];
    inputs.shuffle(&mut rooms);
    for room in rooms {
        let n = room + inputs.size(2..=3);
        let texts = texts(inputs, n);
        let (sender, mut queue) = mpsc::channel(room);
        mark!("{n} items, a queue with room for {room}");
        let mut producer = Task::named("produce", produce(told(&texts), sender));
        let mut sent: Option<::std::primitive::usize> = producer.settle();
        while sent.is_none() {
            mark!("{} in the queue, produce waits", queue.len());
            if queue.is_empty() {
                return;
            }
            receive(&mut queue, inputs.size(1..=room));
            if !producer.is_woken() {
                return mark!("nobody wakes produce");
            }
            sent = producer.settle();
        }
        mark!("returned {sent:?}");
        receive(&mut queue, n);
    }
}

/// As many items as there is room for, one fewer, and none; two producers of one queue, by turns.
#[check]
fn brim(inputs: &mut Inputs) {
    let room = inputs.size(2..=4);
    let mut counts = [room, room - 1, 0];
    inputs.shuffle(&mut counts);
    for n in counts {
        let texts = texts(inputs, n);
        let (sender, mut queue) = mpsc::channel(room);
        mark!("{n} items, a queue with room for {room}");
        let mut producer = Task::named("produce", produce(told(&texts), sender));
        let mut sent: Option<::std::primitive::usize> = producer.settle();
        if sent.is_none() {
            mark!("{} in the queue, produce waits", queue.len());
            receive(&mut queue, 1);
            sent = producer.settle();
        }
        mark!("returned {sent:?}");
        receive(&mut queue, n + 1);
    }
    let (sender, mut queue) = mpsc::channel(1);
    let [left, right] = [texts(inputs, 2), texts(inputs, 2)];
    mark!("two producers, a queue with room for 1");
    let mut left = Task::named("the one", produce(told(&left), sender.clone()));
    let mut right = Task::named("the other", produce(told(&right), sender));
    let mut sent = [left.settle(), right.settle()];
    for _ in 0..6 {
        if sent.iter().all(Option::is_some) {
            break;
        }
        receive(&mut queue, 1);
        for (sent, task) in sent.iter_mut().zip([&mut left, &mut right]) {
            if sent.is_none() {
                *sent = task.settle();
            }
        }
    }
    mark!("returned {sent:?}");
    receive(&mut queue, 2);
}

/// The receiver goes away or closes: before the first poll, while `produce` waits, and while it has room.
#[check]
fn receiver_gone(inputs: &mut Inputs) {
    let mut cases =
        ["is dropped", "closes"].into_iter().flat_map(|how| [(how, 0), (how, 1), (how, 2)]).collect::<Vec<_>>();
    inputs.shuffle(&mut cases);
    for (how, when) in cases {
        let room = inputs.size(1..=3);
        let texts = texts(inputs, room + 3);
        let (sender, queue) = mpsc::channel(room);
        let mut queue = Some(queue);
        let mut producer = Task::named("produce", produce(told(&texts), sender));
        mark!("{} items, a queue with room for {room}", texts.len());
        if when > 0 {
            if producer.settle().is_some() {
                return mark!("ready already");
            }
            mark!("produce waits");
        }
        if when == 2 {
            queue.iter_mut().for_each(|queue| receive(queue, 1));
        }
        mark!("the receiver {how}");
        match how {
            "closes" => queue.iter_mut().for_each(mpsc::Receiver::close),
            _ => queue = None,
        }
        if when > 0 && !producer.is_woken() {
            return mark!("nobody wakes produce");
        }
        let sent: Option<::std::primitive::usize> = producer.settle();
        mark!("returned {sent:?}");
        if sent.is_none() {
            return;
        }
        queue.iter_mut().for_each(|queue| receive(queue, room + 1));
    }
}

/// Pauses of which no two chains add up to the same: no two works end at one time.
fn pauses(inputs: &mut Inputs, n: usize) -> Vec<Duration> {
    let mut pauses: Vec<u64> = (0..n).map(|i| 1 << i).collect();
    inputs.shuffle(&mut pauses);
    pauses.into_iter().map(Duration::from_millis).collect()
}

/// One at a time, a few, and more than there are: who begins when, and who is done when.
#[check]
fn hands(inputs: &mut Inputs) {
    let mut at_once = [1, 2, 3, 40];
    inputs.shuffle(&mut at_once);
    for at_once in at_once {
        let n = inputs.size(5..=6);
        let pauses = pauses(inputs, n);
        let (sender, queue) = mpsc::channel(n);
        mark!("{n} items, {at_once} at once");
        for item in pauses.iter().copied().enumerate() {
            let _ = sender.try_send(item);
        }
        drop(sender);
        on_paused_clock!(async {
            let start = Instant::now();
            let notes = RefCell::new(0);
            let work = |(item, pause)| {
                let (notes, start) = (&notes, start);
                async move {
                    *notes.borrow_mut() += 1;
                    mark!("{:?}: {item} begins, needs {pause:?}; {} are at work", start.elapsed(), notes.borrow());
                    sleep(pause).await;
                    *notes.borrow_mut() -= 1;
                    mark!("{:?}: {item} is done", start.elapsed());
                    Rc::new(item)
                }
            };
            let got: ::std::vec::Vec<Rc<usize>> = serve(queue, at_once, work).await;
            mark!("returned {got:?}");
        });
    }
}

/// Works that wait for gates: what is not begun is still in the queue, and a hand that gets free takes one item.
#[check]
fn leaves_the_rest(inputs: &mut Inputs) {
    let mut hands = [1, 2, 3];
    inputs.shuffle(&mut hands);
    for at_once in hands {
        let gates: Vec<Gate> = ('a'..='f').map(Gate::shut).collect();
        let (sender, queue) = mpsc::channel(10);
        for gate in &gates[..4] {
            let _ = sender.try_send(gate.clone());
        }
        mark!("4 items in the queue, {at_once} at once");
        let mut open: Vec<Gate> = Vec::new();
        let begun = RefCell::new(Vec::new());
        let work = |gate: Gate| {
            let begun = &begun;
            async move {
                mark!("{} begins", gate.name);
                begun.borrow_mut().push(gate.clone());
                gate.pass().await;
                mark!("{} is done", gate.name);
                gate.name
            }
        };
        let mut server = Task::named("serve", serve(queue, at_once, work));
        let left = || 10 - sender.capacity();
        let _ = server.settle();
        mark!("{} in the queue", left());
        for gate in &gates[4..] {
            let _ = sender.try_send(gate.clone());
        }
        mark!("2 items more are sent");
        let _ = server.settle();
        mark!("{} in the queue", left());
        for _ in 0..4 {
            let under_way: Vec<Gate> =
                begun.borrow().iter().filter(|gate| open.iter().all(|open| open.name != gate.name)).cloned().collect();
            if under_way.is_empty() {
                return mark!("nobody is at work");
            }
            let gate = inputs.pick(&under_way).clone();
            mark!("{} may pass", gate.name);
            gate.open();
            open.push(gate);
            if !server.is_woken() {
                return mark!("nobody wakes serve");
            }
            let _ = server.settle();
            mark!("{} in the queue", left());
        }
    }
}

/// The queue closes: empty, with works under way, with items left. Then a `serve` is dropped in the middle.
#[check]
fn ends(inputs: &mut Inputs) {
    let mut cases = [0, 1, 2, 3];
    inputs.shuffle(&mut cases);
    for case in cases {
        let gates: Vec<Gate> = ('a'..='c').map(Gate::shut).collect();
        let (sender, queue) = mpsc::channel(10);
        let gone: Arc<Mutex<Vec<char>>> = Arc::default();
        let work = |gate: Gate| {
            let gone = Arc::clone(&gone);
            async move {
                let name = gate.name;
                let _held = OnDrop::call(move || gone.lock().expect("nobody panics with it").push(name));
                gate.pass().await;
                name
            }
        };
        let all_gone = || {
            let mut names = gone.lock().expect("nobody panics with it").clone();
            names.sort_unstable();
            names
        };
        let mut server = Task::named("serve", serve(queue, 2, work));
        let count = if case == 3 { 2 } else { case + inputs.size(0..=case.min(1)) };
        gates[..count].iter().for_each(|gate| drop(sender.try_send(gate.clone())));
        mark!("{count} items, and the senders go");
        let waits = inputs.flip();
        if waits && server.settle().is_some() {
            return mark!("ready, and the queue is open");
        }
        drop(sender);
        if case == 3 {
            let _ = server.settle();
            mark!("serve is dropped");
            drop(server);
            mark!("what the works of {:?} held is gone", all_gone());
            continue;
        }
        if waits && count < 2 && !server.is_woken() {
            return mark!("nobody wakes serve");
        }
        let mut order: Vec<usize> = (0..count).collect();
        if count < 3 {
            inputs.shuffle(&mut order);
        }
        let mut got: Option<::std::vec::Vec<char>> = server.settle();
        for place in order {
            if got.is_some() {
                return mark!("ready before its works are: {got:?}");
            }
            mark!("{} may pass", gates[place].name);
            gates[place].open();
            got = server.settle();
        }
        mark!("returned {got:?}; what the works of {:?} held is gone", all_gone());
        if got.is_none() {
            return;
        }
    }
}

/// Very many items, through few hands and through many.
#[check]
fn many(inputs: &mut Inputs) {
    let n = inputs.size(10_000..=20_000);
    let mut at_once = [1, inputs.size(2..=50), 100_000];
    inputs.shuffle(&mut at_once);
    for at_once in at_once {
        let (sender, queue) = mpsc::channel(inputs.size(1..=99));
        mark!("{n} items, sent as there is room, {at_once} at once");
        let (now, most) = (Cell::new(0), Cell::new(0));
        let work = |item: Quiet| {
            let (now, most) = (&now, &most);
            async move {
                now.set(now.get() + 1);
                most.set(most.get().max(now.get()));
                tasks::turn().await;
                now.set(now.get() - 1);
                item.0
            }
        };
        // Not by `produce`, which would print as many lines.
        let send = async move {
            let mut sent = 0;
            while sent < n && sender.send(Quiet(sent)).await.is_ok() {
                sent += 1;
            }
            sent
        };
        let both = async { futures::join!(send, serve(queue, at_once, work)) };
        let both: Option<(usize, ::std::vec::Vec<usize>)> = Task::named("serve", both).settle_within(1_000_000);
        let Some((sent, mut got)) = both else { return };
        let in_order = got.is_sorted();
        got.sort_unstable();
        mark!("{sent} sent, all are served: {}", got.into_iter().eq(0..n));
        mark!("more at once than there are hands: {}", most.get() > at_once);
        if at_once == 1 {
            mark!("in order: {in_order}");
        }
    }
    let (items, at_once) = (inputs.size(600..=900), inputs.size(200..=500));
    let (sender, queue) = mpsc::channel(1000);
    (0..items).for_each(|item| drop(sender.try_send(item)));
    let begun = Cell::new(0);
    let work = |_: usize| {
        begun.set(begun.get() + 1);
        std::future::pending::<()>()
    };
    mark!("{items} items in the queue, works without end, {at_once} at once");
    let _ = Task::named("serve", serve(queue, at_once, work)).settle();
    mark!("begun: {}", begun.get());
}

struct Quiet(usize);

/// Callers of one limit, who need different times. And the limit can be shared.
#[check]
fn places(inputs: &mut Inputs) {
    fn can_be_shared<T: Send + Sync + 'static>(_: &T) {}
    let mut places = [1, 2, 3];
    inputs.shuffle(&mut places);
    for places in places {
        let (limit, other) = (Limit::new(places), Limit::new(1));
        can_be_shared(&limit);
        let n = inputs.size(5..=6);
        let pauses = pauses(inputs, n);
        let at_work = Cell::new(0);
        on_paused_clock!(async {
            let start = Instant::now();
            mark!("a limit of {places}, {n} callers");
            let callers = pauses.iter().enumerate().map(|(caller, pause)| {
                let (limit, at_work) = (&limit, &at_work);
                limit.run(async move {
                    at_work.set(at_work.get() + 1);
                    mark!("{:?}: {caller} begins, needs {pause:?}; {} are at work", start.elapsed(), at_work.get());
                    sleep(*pause).await;
                    at_work.set(at_work.get() - 1);
                    mark!("{:?}: {caller} is done", start.elapsed());
                    Rc::new(caller)
                })
            });
            let all = async { futures::future::join_all(callers).await };
            let beside = other.run(async { mark!("another limit has a place") });
            let (got, ()) = futures::join!(all, beside);
            let got: ::std::vec::Vec<Rc<usize>> = got;
            mark!("returned {got:?}");
        });
    }
}

/// Work that waits for its gate, and tells of its begin, its end, and of when it is gone.
async fn gated(gate: &Gate, fails: bool) -> char {
    let _held = OnDrop::named(&format!("the work of {}", gate.name));
    mark!("{} begins", gate.name);
    gate.pass().await;
    if fails {
        mark!("{} panics", gate.name);
        panic!("no sense in {}", gate.name);
    }
    gate.name
}

/// First come, first served: also if one who comes later is polled earlier.
#[check]
fn in_line(inputs: &mut Inputs) {
    let limit = Limit::new(1);
    let gates: Vec<Gate> = ('a'..='e').map(Gate::shut).collect();
    let mut line: Vec<Task<'_, char>> =
        gates.iter().map(|gate| Task::named(gate.name, limit.run(gated(gate, false)))).collect();
    mark!("a limit of 1; a, b, c and d come, in this order");
    for task in &mut line[..4] {
        let _ = task.settle();
    }
    for holder in 0..4 {
        mark!("{} may pass", gates[holder].name);
        gates[holder].open();
        let got: Option<char> = line[holder].settle();
        mark!("returned {got:?}");
        let mut order: Vec<usize> = (holder + 1..if holder == 0 { 5 } else { 4 }).collect();
        inputs.shuffle(&mut order);
        // Before the one who is next, all the others are polled once more.
        order.retain(|place| *place != holder + 1);
        if holder < 3 {
            order.push(holder + 1);
        }
        mark!("polled in this order: {:?}", order.iter().map(|place| gates[*place].name).collect::<Vec<_>>());
        for place in order {
            line[place].poll_once();
        }
    }
    gates[4].open();
    let got: Option<char> = line[4].settle();
    mark!("the last returned {got:?}");
}

/// Every way to leave a place: done, panicked, given up at work, in line, in line and next, and before the first poll.
#[check]
fn given_back(inputs: &mut Inputs) {
    let mut ways = ["is done", "panics", "is dropped at work", "is dropped in line", "is dropped when woken"];
    inputs.shuffle(&mut ways);
    for refusing in [false, true] {
        for way in ways {
            let limit = Limit::new(1);
            let gates: Vec<Gate> = ('a'..='c').map(Gate::shut).collect();
            let fails = way == "panics";
            drop(limit.run(gated(&gates[0], false)));
            drop(limit.try_run(gated(&gates[0], false)));
            // Not polled, and still there.
            let _unpolled = (limit.run(gated(&gates[0], false)), limit.try_run(gated(&gates[0], false)));
            let work = gated(&gates[0], fails);
            let mut first = if refusing {
                Task::named('a', async { limit.try_run(work).await.unwrap_or('?') })
            } else {
                Task::named('a', limit.run(work))
            };
            mark!("a {}, b and c are in line{}", way, if refusing { "; a came by try_run" } else { "" });
            let (mut second, mut third) = (
                Task::named('b', limit.run(gated(&gates[1], false))),
                Task::named('c', limit.run(gated(&gates[2], false))),
            );
            let _ = first.settle();
            let _ = second.settle();
            let _ = third.settle();
            match way {
                "is done" | "panics" => {
                    gates[0].open();
                    let got: Result<Option<char>, String> = first.caught();
                    mark!("returned {got:?}");
                }
                "is dropped at work" => drop(first),
                "is dropped in line" => {
                    mark!("b is dropped");
                    drop(second);
                    third.poll_once();
                    mark!("a may pass");
                    gates[0].open();
                    mark!("returned {:?}", first.settle());
                    let _ = third.settle();
                    one_more(&limit, &gates[2], &mut third);
                    continue;
                }
                _ => {
                    gates[0].open();
                    mark!("returned {:?}", first.settle());
                    mark!("b is dropped");
                    drop(second);
                    if !third.is_woken() {
                        return mark!("nobody wakes c");
                    }
                    let _ = third.settle();
                    one_more(&limit, &gates[2], &mut third);
                    continue;
                }
            }
            if !second.is_woken() {
                return mark!("nobody wakes b");
            }
            let _ = second.settle();
            third.poll_once();
            mark!("b may pass");
            gates[1].open();
            mark!("returned {:?}", second.settle());
            let _ = third.settle();
            one_more(&limit, &gates[2], &mut third);
        }
    }
}

/// Asks for a place while the holder of the only one is at work, and when it is done.
fn one_more(limit: &Limit, gate: &Gate, holder: &mut Task<'_, char>) {
    mark!("one more, by try_run: {:?}", Task::named('d', limit.try_run(async { 'd' })).settle());
    mark!("{} may pass", gate.name);
    gate.open();
    mark!("returned {:?}", holder.settle());
    mark!("one more, by try_run: {:?}", Task::named('d', limit.try_run(async { 'd' })).settle());
}

/// `try_run`: with a place and without one, beside one who waits, and with no places at all.
#[check]
fn refuses(inputs: &mut Inputs) {
    let places = inputs.size(1..=3);
    let limit = Limit::new(places);
    let gates: Vec<Gate> = ('a'..='g').map(Gate::shut).collect();
    mark!("a limit of {places}");
    let attempt = |gate| {
        let limit = &limit;
        Task::named(gate_name(gate), async move {
            let got: ::std::result::Result<char, Busy> = limit.try_run(gated(gate, false)).await;
            got
        })
    };
    let mut at_work: Vec<_> = gates[..places].iter().map(attempt).collect();
    for task in &mut at_work {
        mark!("try_run: {:?}", task.settle());
    }
    let mut late = attempt(&gates[3]);
    mark!("no place left: {:?}", late.settle());
    let mut waits = Task::named('e', limit.run(gated(&gates[4], false)));
    mark!("run, behind them: {:?}", waits.settle());
    gates[0].open();
    mark!("{} may pass: {:?}", gates[0].name, at_work[0].settle());
    let mut between = attempt(&gates[5]);
    mark!("e is next; try_run: {:?}", between.settle());
    mark!("e is polled: {:?}", waits.settle());
    gates[4].open();
    mark!("e may pass: {:?}", waits.settle());
    let mut again = attempt(&gates[6]);
    mark!("try_run: {:?}", again.settle());
    gates[6].open();
    mark!("g may pass: {:?}", again.settle());

    let none = Limit::new(0);
    let gate = Gate::shut('z');
    let mut refused = Task::named('z', none.try_run(gated(&gate, false)));
    mark!("a limit of 0, try_run: {:?}", refused.settle());
    let mut waits = Task::named('z', none.run(gated(&gate, false)));
    mark!("run: {:?}", waits.settle());

    let places = inputs.size(200..=400);
    let limit = Limit::new(places);
    let mut crowd: Vec<_> =
        (0..500).map(|_| Task::named("one of many", limit.try_run(std::future::pending::<()>()))).collect();
    let refused = crowd.iter_mut().filter_map(Task::settle).filter(|got| *got == Err(Busy)).count();
    mark!("a limit of {places}, 500 times try_run: {refused} are refused");
}

fn gate_name(gate: &Gate) -> char {
    gate.name
}

probe::main!(
    slide,
    room,
    brim,
    receiver_gone,
    hands,
    leaves_the_rest,
    ends,
    many,
    places,
    in_line,
    given_back,
    refuses,
);
