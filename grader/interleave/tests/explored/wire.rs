//! What is written can be read, and nothing else.

use interleave::wire::{Broken, Explored, Holds, Place, Step, Transcript, Waiting, What, read, write};

fn place() -> Place {
    Place { file: "src/a\tb\\n.rs".to_owned(), line: 7 }
}

fn all() -> Vec<Explored> {
    let step = Step {
        thread: 1,
        name: Some(String::new()),
        place: place(),
        what: "lock".to_owned(),
        object: Some("mutex 1".to_owned()),
        value: None,
        waits: true,
    };
    let waiting =
        vec![Waiting { thread: 0, name: Some("-".to_owned()), place: place(), what: "park".to_owned(), object: None }];
    let whats = [
        What::Deadlock(waiting.clone()),
        What::Leak(waiting.clone()),
        What::Livelock { steps: 10, busy: waiting },
        What::Panic { message: "two\nlines\r\n\u{2}\u{3}\u{1b}\\u".to_owned(), place: None },
        What::Panic { message: String::new(), place: Some(place()) },
        What::Promise { text: "end\n".to_owned(), place: place() },
    ];
    let transcript =
        Transcript { text: "Got: 5\n".to_owned(), schedules: 3, first: 1, preemptions: 0, steps: vec![step.clone()] };
    let holds =
        Holds { schedules: 4, complete: true, preemptions: 2, transcripts: vec![transcript.clone(), transcript] };
    let broken = |what| {
        let (printed, steps) = ("broken\t".to_owned(), vec![step.clone(), step.clone()]);
        Explored::Broken(Broken { schedule: 8, preemptions: 1, what, printed, steps })
    };
    let mut all: Vec<Explored> = whats.into_iter().map(broken).collect();
    all.extend([Explored::Holds(holds), Explored::NotExplored { why: "a\tb".to_owned() }]);
    all
}

#[test]
fn what_is_written_is_read_again() {
    for explored in all() {
        assert_eq!(read(&write(&explored)), Ok(explored));
    }
}

#[test]
fn a_text_has_no_control_characters_but_its_own() {
    for explored in all() {
        assert!(write(&explored).chars().all(|c| !c.is_control() || c == '\t' || c == '\n'));
    }
    let forged = write(&Explored::NotExplored { why: "\u{2}".to_owned() }).replace("{2}", "{41}");
    assert!(read(&forged).is_err(), "{forged}");
}

#[test]
fn a_text_that_is_cut_or_goes_on_is_refused() {
    for explored in all() {
        let text = write(&explored);
        for (end, _) in text.char_indices().filter(|&(end, _)| end + 1 < text.len()) {
            assert!(read(&text[..end]).is_err(), "{:?}", &text[..end]);
        }
        assert!(read(&format!("{text}end\n")).is_err());
        assert!(read(&format!("{text}\n")).is_err());
    }
}
