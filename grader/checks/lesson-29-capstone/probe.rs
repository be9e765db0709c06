//! Observes lesson 29: which bytes reach whom and when, who is dropped, and how it ends. All under a paused clock; readers
//! write down what is done to them, each for itself, so that the order of tasks has no part in it.

mod scene;
mod subscriber;

use lesson_29::{Limits, Summary, serve};
use probe::{Inputs, check, mark, on_paused_clock};
use scene::{Conn, Log, Manner, Scene, Step, ms};
use std::io::ErrorKind;
use tokio::sync::mpsc;

fn limits(queue: usize, patience: u64, idle: u64) -> Limits {
    Limits { queue, patience: ms(patience), idle: ms(idle) }
}

/// Runs a service till it ends, and tells what became of it and of each reader.
fn run(scene: Scene) {
    on_paused_clock!(async {
        let start = tokio::time::Instant::now();
        let Limits { queue, patience, idle } = scene.limits;
        mark!(
            "pattern {:?}, queue {queue}, patience {patience:?}, idle {idle:?}, stop at {} ms",
            scene.pattern,
            scene.stop
        );
        let (readers, waiting) = mpsc::channel::<Conn>(64);
        let mut hands = Vec::new();
        let mut later = Vec::new();
        let mut came = Vec::new();
        for (n, (at, manner)) in (1..).zip(&scene.readers) {
            let (conn, seen) = Conn::new(*manner, start);
            came.push((n, format!("comes at {at} ms: {manner:?}")));
            hands.push((n, seen));
            if *at == 0 {
                assert!(readers.try_send(conn).is_ok());
            } else {
                later.push((*at, conn));
            }
        }
        tell(came);
        let keeps = (!scene.closes).then(|| readers.clone());
        let arrivals = async move {
            for (at, conn) in later {
                tokio::time::sleep_until(start + ms(at)).await;
                let _ = readers.send(conn).await;
            }
        };
        let log = Log::new(scene.script, start);
        let stop = tokio::time::sleep(ms(scene.stop));
        let service = async {
            let got: ::std::io::Result<Summary> = serve(log, &scene.pattern, waiting, scene.limits, stop).await;
            let at = start.elapsed().as_millis();
            match got {
                Ok(Summary { lines, slow }) => {
                    let (lines, slow): (::std::primitive::u64, ::std::primitive::u64) = (lines, slow);
                    mark!("returned at {at} ms: {lines} lines, {slow} slow");
                }
                Err(error) => mark!("returned at {at} ms: {:?}", error.kind()),
            }
        };
        tokio::join!(biased; service, arrivals);
        drop(keeps);
        // Real tasks that were told to go need a turn for it.
        tokio::time::sleep(ms(1)).await;
        tell(hands.iter().map(|(n, seen)| (*n, seen.all())).collect());
    });
}

/// A line for each reader, or for several of whom there is the same to tell.
fn tell(all: Vec<(usize, String)>) {
    for alike in all.chunk_by(|(_, one), (_, next)| one == next) {
        match alike {
            [(n, what)] => mark!("reader {n}: {what}"),
            [(first, what), .., (last, _)] => mark!("readers {first} to {last}: {what}"),
            [] => {}
        }
    }
}

/// Lines come in pieces, cut anywhere, with the log's end in between.
#[check]
fn lines(inputs: &mut Inputs) {
    let word = inputs.word();
    let other = inputs.word().to_uppercase();
    let (head, tail) = word.as_bytes().split_at(2);
    let pieces: Vec<Vec<u8>> = vec![
        format!("{other}\n{word}\r\n").into(),
        [b"\xff ", head].concat(),
        [tail, b" \xfe\n\n"].concat(),
        format!("Ж{word}{word}Ж").into_bytes(),
        b"\n".to_vec(),
        format!("{}\n", word.to_uppercase()).into(),
        [b"\x00".as_slice(), word.as_bytes(), b"\n", word.as_bytes()].concat(),
    ];
    for pattern in [word.clone(), String::new()] {
        let script = pieces.iter().flat_map(|piece| [Step::Piece(piece.clone()), Step::End]).collect();
        let readers = vec![(0, Manner::Quick)];
        let limits = limits(inputs.size(1..=3), 100, 10);
        run(Scene { script, readers, pattern, limits, stop: 205, closes: false });
    }
}

/// The log is read, and read again after a while, for as long as nobody stops it.
#[check]
fn follows(inputs: &mut Inputs) {
    let (idle, ends) = (inputs.number(20..=60), inputs.size(4..=7));
    let mut script = vec![Step::Piece(b"a\n".to_vec())];
    script.extend((0..ends).map(|_| Step::TellEnd));
    script.extend([Step::Piece(b"b".to_vec()), Step::TellEnd, Step::Piece(b"c\n".to_vec()), Step::TellEnd]);
    let stop = idle * (ends as u64 + 1) + idle / 2 + idle;
    let limits = limits(2, 100, idle);
    run(Scene { script, readers: vec![(0, Manner::Quick)], pattern: String::new(), limits, stop, closes: true });
}

/// A burst of lines, as one read gives it.
fn burst(from: usize, to: usize) -> Step {
    Step::Piece((from..to).map(|n| format!("{n}\n")).collect::<String>().into_bytes())
}

/// Readers that come and go on; nobody gets what was before him.
#[check]
fn readers(inputs: &mut Inputs) {
    let at = inputs.number(11..=19);
    let script = vec![burst(0, 3), Step::End, burst(3, 5), Step::End, burst(5, 40), Step::End];
    let bytes = inputs.size(1..=2);
    let readers = vec![(0, Manner::Quick), (0, Manner::Bytes(bytes)), (5, Manner::Quick), (at, Manner::Quick)];
    let limits = limits(inputs.size(1..=2), 100, 10);
    run(Scene { script: script.clone(), readers, pattern: "3".to_owned(), limits, stop: 45, closes: inputs.flip() });
    mark!("nobody comes");
    run(Scene { script, readers: Vec::new(), pattern: "1".to_owned(), limits, stop: 45, closes: true });
}

/// Many at once get each line, in the order of the log.
#[check]
fn many(inputs: &mut Inputs) {
    let readers = (0..inputs.size(33..=40)).map(|_| (0, Manner::Count)).collect();
    let script = vec![burst(0, 60)];
    run(Scene { script, readers, pattern: String::new(), limits: limits(1, 100, 10), stop: 25, closes: true });
}

/// Two are stuck for ever, at different lines.
#[check]
fn slow(inputs: &mut Inputs) {
    let queue = inputs.size(1..=3);
    let (patience, after) = (inputs.number(40..=80), inputs.size(1..=2));
    let readers = vec![(0, Manner::Stuck(after)), (0, Manner::Quick), (0, Manner::Stuck(0)), (0, Manner::Stuck(0))];
    let script = (0..8).flat_map(|n| [burst(n, n + 1), Step::End]).collect();
    let limits = limits(queue, patience, 10);
    run(Scene { script, readers, pattern: String::new(), limits, stop: 400, closes: true });
}

/// One takes his time, but makes room in time; another does not.
#[check]
fn patient(inputs: &mut Inputs) {
    let patience = inputs.number(40..=60);
    let (just, more) = (patience - inputs.number(5..=15), patience + 7);
    let readers = vec![(0, Manner::Slow(just)), (0, Manner::Quick)];
    let limits = limits(inputs.size(1..=2), patience, 10);
    let scene = |readers| Scene {
        script: vec![burst(0, 7)],
        readers,
        pattern: String::new(),
        limits,
        stop: 1000,
        closes: true,
    };
    run(scene(readers));
    mark!("and who takes longer than that");
    run(scene(vec![(0, Manner::Slow(more)), (0, Manner::Quick)]));
}

/// Writing to some fails; that is their affair.
#[check]
fn gone(inputs: &mut Inputs) {
    let after = inputs.size(1..=2);
    let readers = vec![(0, Manner::Fails(0)), (0, Manner::Quick), (0, Manner::Fails(after)), (0, Manner::FailsToFlush)];
    let script = vec![burst(0, 3), Step::End, burst(3, 9), Step::End];
    let limits = limits(inputs.size(1..=2), 50, 10);
    run(Scene { script, readers, pattern: String::new(), limits, stop: 35, closes: true });
    mark!("all of them");
    let readers = vec![(0, Manner::Fails(0)), (0, Manner::Fails(0))];
    run(Scene { script: vec![burst(0, 5)], readers, pattern: String::new(), limits, stop: 15, closes: true });
}

/// What is queued is still written, as long as there is time.
#[check]
fn stop(inputs: &mut Inputs) {
    let patience = inputs.number(60..=80);
    let step = patience / 4;
    let readers = vec![(0, Manner::Quick), (0, Manner::Slow(step)), (0, Manner::Stuck(1)), (0, Manner::Slow(patience))];
    let limits = limits(3, patience, 10);
    let script = vec![burst(0, 3), Step::Piece(b"half".to_vec()), Step::End, burst(9, 10), Step::End];
    run(Scene { script, readers: readers.clone(), pattern: String::new(), limits, stop: 5, closes: true });
    mark!("all are quick");
    let script = vec![burst(0, 2), Step::End];
    let quick = vec![(0, Manner::Quick), (0, Manner::ShutsSlowly(step)), (0, Manner::FailsToShut)];
    run(Scene { script, readers: quick, pattern: String::new(), limits, stop: 5, closes: inputs.flip() });
    mark!("before anything");
    let never = vec![burst(0, 2)];
    run(Scene { script: never, readers: Vec::new(), pattern: String::new(), limits, stop: 0, closes: true });
}

/// The log can't be read any more.
#[check]
fn log_fails(inputs: &mut Inputs) {
    let kinds = [ErrorKind::PermissionDenied, ErrorKind::UnexpectedEof, ErrorKind::InvalidData, ErrorKind::Other];
    let kind = *inputs.pick(&kinds);
    let patience = inputs.number(60..=80);
    let readers = vec![(0, Manner::Quick), (0, Manner::Slow(patience / 4)), (0, Manner::Stuck(1))];
    let script = vec![burst(0, 3), Step::Piece(b"half".to_vec()), Step::Fails(kind), burst(3, 5)];
    let limits = limits(3, patience, 10);
    run(Scene { script, readers, pattern: String::new(), limits, stop: 900, closes: true });
    mark!("and at once");
    let script = vec![Step::Fails(kind)];
    run(Scene { script, readers: Vec::new(), pattern: String::new(), limits, stop: 900, closes: true });
}

/// A service that is dropped takes its connections with it.
#[check]
fn dropped(inputs: &mut Inputs) {
    let after = inputs.number(12..=18);
    on_paused_clock!(async {
        let start = tokio::time::Instant::now();
        let (readers, waiting) = mpsc::channel(4);
        let mut hands = Vec::new();
        for manner in [Manner::Quick, Manner::Stuck(1), Manner::Slow(70)] {
            let (conn, seen) = Conn::new(manner, start);
            mark!("a reader: {manner:?}");
            assert!(readers.try_send(conn).is_ok());
            hands.push(seen);
        }
        let script = vec![burst(0, 2), Step::End, Step::End];
        let service = serve(Log::new(script, start), "", waiting, limits(3, 200, 10), std::future::pending());
        mark!("the service is dropped after {after} ms");
        assert!(tokio::time::timeout(ms(after), service).await.is_err());
        tokio::time::sleep(ms(1)).await;
        tell((1..).zip(hands.iter().map(scene::Seen::all)).collect());
    });
}

/// Spans and events, as a subscriber is told of them.
#[check]
fn spans(inputs: &mut Inputs) {
    let (told, _guard) = subscriber::listen();
    let patience = inputs.number(40..=60);
    let script = (0..6).flat_map(|n| [burst(n, n + 1), Step::End]).collect();
    let mut readers = vec![(0, Manner::Quick), (0, Manner::Stuck(0)), (5, Manner::Fails(0)), (0, Manner::Stuck(1))];
    inputs.shuffle(&mut readers);
    readers.sort_by_key(|(at, _)| *at);
    let limits = limits(1, patience, 10);
    run(Scene { script, readers, pattern: String::new(), limits, stop: 500, closes: true });
    told.tell();
    let script = vec![burst(0, 1), Step::End];
    mark!("another service: one is stuck at its end");
    let readers = vec![(0, Manner::Quick), (0, Manner::Stuck(0))];
    run(Scene { script, readers, pattern: String::new(), limits, stop: 5, closes: true });
    told.tell();
}

probe::main!(lines, follows, readers, many, slow, patient, gone, stop, log_fails, dropped, spans);
