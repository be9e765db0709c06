//! A schedule as a picture: a lane a thread, a row a step, in the student's own lines. Plain text, no colours.
//!
//! Which steps are shown is decided here: those that the threads met at, as many as a screen has room for. The words for
//! operations are few and fixed; what is none of them is shown as the library calls it.

use grader::outcome::is_the_courses;
use grader::words::Lang;
use interleave::wire::{Broken, Place, Step, Waiting, What};
use std::collections::{BTreeMap, BTreeSet};
use unicode_width::UnicodeWidthStr;

/// Cells of a picture where nobody says otherwise.
pub const WIDTH: usize = 76;
/// Rows of a picture at most, its head not counted.
const MOST_ROWS: usize = 16;

/// What went wrong, and in which schedule: a sentence without a full stop.
pub fn headline(broken: &Broken, lang: Lang) -> String {
    let (n, cost) = (broken.schedule, broken.preemptions);
    let what = match (&broken.what, lang) {
        (What::Deadlock(_), Lang::En) => "it waits for ever".to_owned(),
        (What::Deadlock(_), Lang::Ru) => "ожидание без конца".to_owned(),
        (What::Leak(_), Lang::En) => "a thread is left over, and waits for ever".to_owned(),
        (What::Leak(_), Lang::Ru) => "остался поток ОС, и он ждёт без конца".to_owned(),
        (What::Livelock { .. }, Lang::En) => "it asks again and again for what does not come".to_owned(),
        (What::Livelock { .. }, Lang::Ru) => "спрашивает снова и снова о том, чего не будет".to_owned(),
        (What::Panic { message, .. }, Lang::En) => format!("it panicked: {message}"),
        (What::Panic { message, .. }, Lang::Ru) => format!("паника: {message}"),
        (What::Promise { text, .. }, Lang::En) => format!("this does not hold: {}", in_language(text, lang)),
        (What::Promise { text, .. }, Lang::Ru) => format!("не выполнено: {}", in_language(text, lang)),
    };
    let cost = match (lang, cost) {
        (Lang::En, 0) => "no preemption".to_owned(),
        (Lang::En, 1) => "one preemption".to_owned(),
        (Lang::En, n) => format!("{n} preemptions"),
        (Lang::Ru, 0) => "без вытеснений".to_owned(),
        (Lang::Ru, n) => format!("вытеснений: {n}"),
    };
    match lang {
        Lang::En => format!("{what} (schedule {n}, {cost})"),
        Lang::Ru => format!("{what} (расписание {n}, {cost})"),
    }
}

/// A promise's words: a lesson writes them in both languages, with ` | ` between.
fn in_language(text: &str, lang: Lang) -> &str {
    text.split_once(" | ").map_or(text, |(en, ru)| lang.pick(en, ru))
}

/// The schedule, a row a line, in so many cells.
pub fn picture(broken: &Broken, lang: Lang, width: usize) -> String {
    let steps = told(broken);
    let (rows, left_out) = rows(&steps, broken, lang);
    let threads: Vec<usize> = rows.iter().map(|row| row.thread).collect::<BTreeSet<_>>().into_iter().collect();
    let longest = rows.iter().map(|row| row.text.width()).max().unwrap_or(0);
    let gaps = threads.len().saturating_sub(1).max(1);
    // A lane is as wide as it can be; where there are many, a row runs into the next lane, which is free in that row.
    let lane = (width.saturating_sub(longest) / gaps).clamp(4, (width / threads.len().max(1)).max(4));
    let indent = |thread: usize| lane * threads.iter().position(|it| *it == thread).unwrap_or(0);
    let mut out = String::new();
    let mut head = String::new();
    for thread in &threads {
        let at = indent(*thread);
        if head.width() + usize::from(at > 0) > at {
            put(&mut out, &head);
            head.clear();
        }
        head.push_str(&" ".repeat(at.saturating_sub(head.width())));
        head.push_str(&name(*thread, broken, lang));
    }
    put(&mut out, &head);
    if left_out > 0 {
        let steps = lang.pick("steps before", "шагов до этого");
        put(&mut out, &format!("… {left_out} {steps}"));
    }
    for row in rows {
        let at = indent(row.thread);
        put(&mut out, &format!("{}{}", " ".repeat(at), shorten(&row.text, width.saturating_sub(at))));
    }
    out
}

struct Row {
    thread: usize,
    text: String,
}

/// The steps that say something about how threads met, in order.
fn told(broken: &Broken) -> Vec<&Step> {
    let mut users: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for step in &broken.steps {
        if let Some(object) = &step.object {
            users.entry(object).or_default().insert(step.thread);
        }
    }
    let shared = |step: &Step| match &step.object {
        Some(object) => object.starts_with("thread") || users.get(object.as_str()).is_some_and(|it| it.len() > 1),
        None => !["start", "finish", "end"].contains(&step.what.as_str()),
    };
    broken.steps.iter().filter(|step| !step.waits && shared(step)).collect()
}

/// What is shown of the steps, and how many are not.
fn rows(steps: &[&Step], broken: &Broken, lang: Lang) -> (Vec<Row>, usize) {
    let mut rows: Vec<Row> = Vec::new();
    let mut last: Option<&Step> = None;
    for step in steps {
        match (rows.last_mut(), last) {
            // What one thread does in one line is one row.
            (Some(row), Some(before)) if before.thread == step.thread && before.place == step.place => {
                row.text.push_str(&format!(", {}", deed(&step.what, before.object != step.object, step, lang)));
            }
            _ => {
                let deed = deed(&step.what, true, step, lang);
                rows.push(Row { thread: step.thread, text: format!("{}  {deed}", short(&step.place)) });
            }
        }
        last = Some(step);
    }
    let mut ends: Vec<Row> = Vec::new();
    match &broken.what {
        What::Deadlock(all) | What::Leak(all) => ends.extend(all.iter().map(|it| waiting(it, lang))),
        What::Livelock { busy, .. } => ends.extend(busy.iter().map(|it| waiting(it, lang))),
        What::Panic { place: Some(place), .. } | What::Promise { place, .. } => {
            let thread = broken.steps.last().map_or(0, |step| step.thread);
            ends.push(Row { thread, text: format!("{}  ✗", short(place)) });
        }
        What::Panic { place: None, .. } => {}
    }
    ends.truncate(6);
    let left_out = (rows.len() + ends.len()).saturating_sub(MOST_ROWS);
    rows.drain(..left_out);
    rows.extend(ends);
    (rows, left_out)
}

fn waiting(it: &Waiting, lang: Lang) -> Row {
    let object = it.object.as_ref().map_or(String::new(), |object| format!(" {}", thing(object, lang)));
    let waits = lang.pick("waits", "ждёт");
    Row { thread: it.thread, text: format!("{}  {waits}: `{}`{object}", short(&it.place), it.what) }
}

/// What a step does, in words: `locks mutex 1`.
fn deed(what: &str, names_the_object: bool, step: &Step, lang: Lang) -> String {
    let word = match what {
        "lock" => lang.pick("locks", "запирает").to_owned(),
        "unlock" => lang.pick("lets go", "отпускает").to_owned(),
        "send" => lang.pick("sends to", "шлёт в").to_owned(),
        "recv" => lang.pick("receives from", "получает из:").to_owned(),
        "spawn" => lang.pick("spawns", "запускает").to_owned(),
        "join" => lang.pick("joins", "дождался:").to_owned(),
        "unpark" => lang.pick("unparks", "будит").to_owned(),
        "park" => lang.pick("parks", "засыпает").to_owned(),
        "print" => lang.pick("prints", "печатает").to_owned(),
        other => format!("`{other}`"),
    };
    let object = step.object.as_ref().filter(|_| names_the_object && what != "unlock");
    let object = object.map_or(String::new(), |object| format!(" {}", thing(object, lang)));
    let value = step.value.as_ref().map_or(String::new(), |value| format!(": {value}"));
    format!("{word}{object}{value}")
}

/// An object by its kind and number, `mutex 1`, in the language of the verdict where the kind has a word.
fn thing(object: &str, lang: Lang) -> String {
    let Some((kind, number)) = object.rsplit_once(' ') else { return object.to_owned() };
    let kind = match (kind, lang) {
        ("thread", Lang::Ru) => "поток",
        ("mutex", Lang::Ru) => "мьютекс",
        ("channel", Lang::Ru) => "канал",
        (kind, _) => kind,
    };
    format!("{kind} {number}")
}

fn name(thread: usize, broken: &Broken, lang: Lang) -> String {
    let named = broken.steps.iter().find(|step| step.thread == thread).and_then(|step| step.name.clone());
    match named {
        _ if thread == 0 => lang.pick("the check", "проверка").to_owned(),
        Some(name) => name,
        None => format!("{} {thread}", lang.pick("thread", "поток")),
    }
}

/// `lib.rs:113`; the checks' own file by its name alone, too.
fn short(place: &Place) -> String {
    let file = place.file.rsplit('/').next().unwrap_or(&place.file);
    let folder = if is_the_courses(&place.file) { "" } else { folder(&place.file) };
    format!("{folder}{file}:{}", place.line)
}

/// `src/` where a file of a submission lies in that folder.
fn folder(file: &str) -> &'static str {
    if file.rsplit('/').nth(1) == Some("src") { "src/" } else { "" }
}

fn put(out: &mut String, line: &str) {
    out.push_str(line.trim_end());
    out.push('\n');
}

fn shorten(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut cut = String::new();
    for c in text.chars() {
        if cut.width() + 2 > width {
            break;
        }
        cut.push(c);
    }
    cut + "…"
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    fn step(thread: usize, line: u32, what: &str, object: &str) -> Step {
        Step {
            thread,
            name: None,
            place: Place { file: "lessons/lesson-02-callback/src/lib.rs".to_owned(), line },
            what: what.to_owned(),
            object: Some(object.to_owned()),
            value: None,
            waits: false,
        }
    }

    /// A callback that is left after a look: nobody calls it.
    pub(crate) fn lost() -> Broken {
        let place = Place { file: "grader/checks/lesson-02-callback/explored.rs".to_owned(), line: 18 };
        let steps = vec![
            step(0, 113, "lock", "mutex 1"),
            step(0, 113, "unlock", "mutex 1"),
            step(1, 96, "lock", "mutex 1"),
            step(1, 96, "unlock", "mutex 1"),
            Step { waits: true, ..step(1, 50, "recv", "channel 1") },
            step(0, 118, "lock", "mutex 1"),
            step(0, 30, "lock", "mutex 2"),
        ];
        let what = What::Promise {
            text: "the callback is called once | колбэк вызывается один раз".to_owned(), place
        };
        Broken { schedule: 8, preemptions: 1, what, printed: String::new(), steps }
    }

    #[test]
    fn each_thread_has_a_lane_and_what_one_thread_uses_alone_is_left_out() {
        let expected = "\
the check                             thread 1
src/lib.rs:113  locks mutex 1, lets go
                                      src/lib.rs:96  locks mutex 1, lets go
src/lib.rs:118  locks mutex 1
explored.rs:18  ✗
";
        assert_eq!(picture(&lost(), Lang::En, 76), expected);
        assert_eq!(
            headline(&lost(), Lang::En),
            "this does not hold: the callback is called once (schedule 8, one preemption)"
        );
        assert!(picture(&lost(), Lang::Ru, 76).contains("запирает мьютекс 1, отпускает"));
        assert_eq!(
            headline(&lost(), Lang::Ru),
            "не выполнено: колбэк вызывается один раз (расписание 8, вытеснений: 1)"
        );
    }

    #[test]
    fn who_waits_for_ever_is_shown_where_it_waits() {
        let mut broken = lost();
        let place = broken.steps[0].place.clone();
        let waits =
            Waiting { thread: 0, name: None, place, what: "recv".to_owned(), object: Some("channel 3".to_owned()) };
        broken.what = What::Deadlock(vec![waits]);
        assert!(picture(&broken, Lang::En, 76).ends_with("src/lib.rs:113  waits: `recv` channel 3\n"));
        assert!(headline(&broken, Lang::En).starts_with("it waits for ever (schedule 8"));
    }

    #[test]
    fn a_picture_is_at_most_a_screen_and_no_row_is_too_wide() {
        for threads in 1..9 {
            let mut broken = lost();
            broken.steps = (0..200).map(|i| step(i % threads, i as u32, "compare_exchange", "mutex 1")).collect();
            broken.steps.extend((0..threads).map(|thread| step(thread, 7, "lock", "mutex 1")));
            for width in [40, 76] {
                let picture = picture(&broken, Lang::Ru, width);
                assert!(picture.lines().count() <= MOST_ROWS + 10, "{picture}");
                assert!(picture.lines().all(|line| line.width() <= width.max(44)), "{threads} in {width}:\n{picture}");
                if threads > 1 {
                    assert!(picture.contains("шагов до этого"));
                }
            }
        }
    }
}
