//! Every view of reports that strangers had a part in: whatever stands in them, no view breaks, obeys or is obeyed.
//!
//! The reports are drawn from seeds, so that each finding comes again. `STRANGERS_ROUNDS` asks for more of them.

use grader::build::{Diagnostic, OutOfBounds, Place};
use grader::course::Course;
use grader::lesson::Lesson;
use grader::outcome::{Belief, CheckReport, Failure, Fault, FaultKind, Isolation, MadeBy, Outcome, Reason, Report};
use grader::submission::{Defect, Unreadable};
use grader::transcript::{Part, Transcript};
use grader::words::{Lang, Text};
use probe::Inputs;
use quick_xml::Reader;
use quick_xml::events::Event;
use report::{github, json, junit, overview, strangers, terminal};
use std::path::Path;

/// What readers of text take for something else than text.
const FRAGMENTS: [&str; 46] = [
    "\u{1b}[2J",
    "\u{1b}[",
    "\u{1b}[31",
    "\u{1b}[0m",
    "\u{1b}]0;t\u{7}",
    "\u{9b}31m",
    "\u{9d}",
    "m",
    ";",
    "\r",
    "\n",
    "\r\n",
    "\t",
    "\0",
    "\u{8}",
    "\u{7f}",
    "\u{85}",
    "\u{2028}",
    "\u{202e}",
    "\u{2066}",
    "\u{feff}",
    "\u{fffe}",
    "\u{ffff}",
    "\u{2}",
    "\u{3}",
    "```",
    "`",
    "````\n",
    "~~~",
    "</details>",
    "<details>",
    "<script>",
    "]]>",
    "&amp;",
    "&",
    "\"",
    "'",
    "|",
    "%0A",
    "::error::",
    "::stop-commands::x\n",
    "##[error]",
    "##",
    "[error]",
    "» end",
    "⟨no newline⟩",
];

fn text(inputs: &mut Inputs) -> String {
    let mut text = String::new();
    for _ in 0..inputs.size(0..=9) {
        match inputs.number(0..=4) {
            0 => text += &inputs.word(),
            1 => text.extend(char::from_u32(inputs.number(0..=0x10_ffff) as u32)),
            2 => text += " ",
            _ => text += *inputs.pick(&FRAGMENTS),
        }
    }
    text
}

fn place(inputs: &mut Inputs) -> Place {
    let mut number = || inputs.number(0..=300);
    let (line, column, end_line, end_column) = (number(), number(), number(), number());
    Place { file: text(inputs), line, column, end_line, end_column }
}

fn diagnostic(inputs: &mut Inputs) -> Diagnostic {
    Diagnostic {
        code: inputs.flip().then(|| text(inputs)),
        headline: text(inputs),
        place: inputs.flip().then(|| place(inputs)),
        rendered: text(inputs) + &text(inputs),
    }
}

fn diagnostics(inputs: &mut Inputs) -> Vec<Diagnostic> {
    (0..inputs.size(0..=3)).map(|_| diagnostic(inputs)).collect()
}

fn at(inputs: &mut Inputs) -> String {
    let place = place(inputs);
    format!("{}:{}:{}", place.file, place.line, place.column)
}

fn outcome(inputs: &mut Inputs) -> Outcome {
    let kinds = [
        FaultKind::Hang { deadline_ms: 4000 },
        FaultKind::Busy { after_ms: 2000 },
        FaultKind::Memory { limit: 1 << 29 },
        FaultKind::Output { limit: 1 << 20 },
        FaultKind::Tasks,
        FaultKind::Disk,
        FaultKind::EndedEarly(-1),
        FaultKind::Signal(11),
        FaultKind::Stragglers,
    ];
    match inputs.number(0..=9) {
        0 => Outcome::Passed,
        1..=3 => Outcome::Failed(Failure::Transcript {
            seed: inputs.number(0..=u64::MAX),
            expected: text(inputs),
            // As it comes: through the transcript's own text.
            got: Transcript::read((text(inputs) + &text(inputs)).as_bytes(), "").text(),
            panicked_at: inputs.flip().then(|| at(inputs)),
            beliefs: vec![Belief { text: Text { en: inputs.word(), ru: inputs.word() }, certain: inputs.flip() }],
            look_alike: inputs.flip(),
        }),
        4 => Outcome::Failed(Failure::Todo { at: at(inputs) }),
        5 => Outcome::Failed(Failure::Accepted {
            case: inputs.word(),
            pinned: vec![inputs.word()],
            said: diagnostics(inputs),
        }),
        6 => Outcome::Failed(Failure::Rejected { case: inputs.word(), said: diagnostics(inputs) }),
        7 => Outcome::NotRun(Reason::DoesNotFit(diagnostics(inputs))),
        8 => {
            let (kind, got, stderr) = (*inputs.pick(&kinds), text(inputs), text(inputs));
            Outcome::Fault(Fault { seed: 1, kind, got, stderr })
        }
        _ => Outcome::GraderFault(text(inputs)),
    }
}

fn report(inputs: &mut Inputs, lesson: &Lesson) -> Report {
    let bounds = [OutOfBounds::Time, OutOfBounds::Signal(6), OutOfBounds::Output, OutOfBounds::Crash];
    Report {
        lesson: lesson.id.to_string(),
        source: text(inputs),
        fault: (inputs.number(0..=9) == 0).then(|| text(inputs)),
        unreadable: (inputs.number(0..=5) == 0)
            .then(|| Unreadable { path: text(inputs), reason: *inputs.pick(&Defect::ALL) }),
        errors: if inputs.number(0..=3) == 0 { diagnostics(inputs) } else { Vec::new() },
        compiler_bomb: (inputs.number(0..=7) == 0).then(|| *inputs.pick(&bounds)),
        checks: lesson
            .checks
            .iter()
            .map(|check| CheckReport {
                id: check.id.clone(),
                points: check.points,
                outcome: outcome(inputs),
                explored: None,
            })
            .collect(),
        ignored: (0..inputs.size(0..=3)).map(|_| text(inputs)).collect(),
        made_by: MadeBy {
            grader: "0.1.0".to_owned(),
            checks: "c".repeat(64),
            submission: "s".repeat(64),
            toolchain: "rustc 1.95.0".to_owned(),
            isolation: Isolation("landlock+seccomp".to_owned()),
            seed: inputs.flip().then_some(7),
        },
    }
}

fn lesson() -> Lesson {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
    let course = Course::open(root).unwrap();
    Lesson::load(&course, course.find("timeit").unwrap()).unwrap()
}

/// Draws reports, and gives each to this with its tamed form.
fn drawn(mut holds: impl FnMut(&Report, &Report, &Lesson, Lang, u64)) {
    let lesson = lesson();
    let rounds = std::env::var("STRANGERS_ROUNDS").map_or(400, |rounds| rounds.parse().unwrap());
    for seed in 0..rounds {
        let report = report(&mut Inputs::from_seed(seed), &lesson);
        let lang = if seed % 2 == 0 { Lang::En } else { Lang::Ru };
        holds(&report, &strangers::tame(&report), &lesson, lang, seed);
    }
}

/// The text without colours, which are the view's own or the compiler's.
fn without_colours(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        out += before;
        let end = after.find(|c: char| !c.is_ascii_digit() && c != ';').unwrap_or(after.len());
        match after[end..].strip_prefix('m') {
            Some(behind) => rest = behind,
            None => {
                out.push('\u{1b}');
                rest = after;
            }
        }
    }
    out + rest
}

fn commands_a_terminal(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t')
        || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[test]
fn no_terminal_is_commanded() {
    drawn(|_, tamed, lesson, lang, seed| {
        for width in [20, 80] {
            let view = terminal::View {
                lang,
                width,
                whole_lines: seed % 3 == 0,
                readme: ("README.md", "The task"),
                again: "cargo xtask check 5",
                stored: false,
            };
            let said = without_colours(&terminal::verdict(tamed, lesson, &view));
            assert!(!said.contains(commands_a_terminal), "seed {seed}: {said:?}");
        }
        let said = without_colours(&overview::lines(&[(tamed, lesson)], lang));
        assert!(!said.contains(commands_a_terminal), "seed {seed}: {said:?}");
    });
}

#[test]
fn a_workflows_log_is_given_annotations_and_no_other_command() {
    drawn(|_, tamed, lesson, lang, seed| {
        let said = github::annotations(&[(tamed, lesson)], lang);
        assert!(said.lines().count() <= 10, "seed {seed}");
        assert!(!said.contains(|c| c != '\n' && c != '\t' && commands_a_terminal(c)), "seed {seed}: {said:?}");
        assert!(!said.contains("##["), "seed {seed}: {said:?}");
        for line in said.lines() {
            let (properties, _) = line.strip_prefix("::error ").unwrap().split_once("::").unwrap();
            let known = ["file", "line", "endLine", "col", "endColumn", "title"];
            let names = properties.split(',').map(|property| property.split_once('=').map(|(name, _)| name));
            assert!(names.clone().all(|name| name.is_some_and(|name| known.contains(&name))), "seed {seed}: {line:?}");
        }
        let said = github::in_a_log(&overview::lines(&[(tamed, lesson)], lang), "token");
        let inner = said.strip_prefix("::stop-commands::token\n").unwrap().strip_suffix("::token::\n").unwrap();
        assert!(!inner.contains("::") && !inner.contains("##["), "seed {seed}: {inner:?}");
    });
}

#[test]
fn a_summarys_fences_and_sections_are_closed_by_nobody_else() {
    drawn(|_, tamed, lesson, lang, seed| {
        let summary = github::summary(&[(tamed, lesson)], lang);
        assert!(!summary.contains(commands_a_terminal), "seed {seed}: {summary:?}");
        let mut fence: Option<String> = None;
        let mut open = 0;
        for line in summary.split('\n') {
            match &fence {
                Some(closing) if line.trim() == closing => fence = None,
                Some(_) => {}
                None if line.starts_with("```") => fence = Some(line.chars().take_while(|c| *c == '`').collect()),
                None => {
                    open += line.matches("<details>").count();
                    open -= line.matches("</details>").count();
                    assert!(!line.contains("<script"), "seed {seed}: {line:?}");
                }
            }
        }
        assert!(fence.is_none() && open == 0, "seed {seed}: {summary}");
    });
}

#[test]
fn junits_xml_is_well_formed() {
    drawn(|_, tamed, lesson, lang, seed| {
        let xml = junit::xml(&[(tamed, lesson)], lang).unwrap();
        let mut reader = Reader::from_str(&xml);
        let mut cases = 0;
        loop {
            match reader.read_event().unwrap_or_else(|error| panic!("seed {seed}: {error}: {xml}")) {
                Event::Eof => break,
                Event::Start(start) | Event::Empty(start) => {
                    for attribute in start.attributes() {
                        let attribute = attribute.unwrap_or_else(|error| panic!("seed {seed}: {error}: {xml}"));
                        assert!(!attribute.value.contains('<'), "seed {seed}: {xml}");
                    }
                    cases += usize::from(start.name().as_ref() == "testcase");
                }
                _ => {}
            }
        }
        assert_eq!(cases, lesson.checks.len(), "seed {seed}");
        let illegal =
            |c: char| c.is_control() && !matches!(c, '\n' | '\t' | '\r') || matches!(c, '\u{fffe}' | '\u{ffff}');
        assert!(!xml.contains(illegal), "seed {seed}: {xml:?}");
    });
}

#[test]
fn json_brings_every_report_back_as_it_was() {
    drawn(|report, _, _, _, seed| {
        let text = json::all(&[json::write(report)]);
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(json::read(&value["reports"][0]).as_ref(), Some(report), "seed {seed}");
    });
}

/// Whatever a run writes, its transcript is some text of lines, in time that grows with it.
#[test]
fn a_transcript_is_read_whatever_was_written() {
    drawn(|_, _, _, _, seed| {
        let mut inputs = Inputs::from_seed(seed);
        let nonce = *inputs.pick(&["", "6e6f", "0123456789abcdef"]);
        let mut wire = Vec::new();
        for _ in 0..inputs.size(0..=20) {
            match inputs.number(0..=3) {
                0 => wire.extend((0..inputs.size(0..=9)).map(|_| inputs.number(0..=255) as u8).collect::<Vec<_>>()),
                1 => wire.extend(format!("\u{2}{nonce}{}", inputs.pick(&["m", "e", "p", "b", "x"])).bytes()),
                2 => wire.push(3),
                _ => wire.extend(text(&mut inputs).bytes()),
            }
        }
        let read = Transcript::read(&wire, nonce);
        let said = read.text();
        // The probe escapes what it marks; who knows the nonce need not, and there the views do.
        let forges = read.parts.iter().any(|part| matches!(part, Part::Mark(_) | Part::Panicked { .. }));
        let controls = said.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t'));
        assert!(forges || !controls, "seed {seed}: {said:?}");
        assert!(said.is_empty() || said.ends_with('\n') || read.parts.is_empty(), "seed {seed}: {said:?}");
    });
}
