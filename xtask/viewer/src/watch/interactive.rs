//! The loop on a terminal: news comes in, the state changes, a frame is drawn. And what each key does.

use super::judge::Judge;
use super::source::Watch;
use super::state::State;
use super::terminal::{Screen, cut};
use super::{News, pane};
use anstyle::{AnsiColor, Style};
use crossterm::event::{self, Event, KeyCode, KeyEventKind, KeyModifiers, MouseEventKind};
use grader::course::{Course, LessonId};
use grader::error::{Error, Result};
use grader::exit_code::ExitCode;
use grader::submission::Submission;
use grader::words::Lang;
use report::screen;
use std::ffi::OsString;
use std::io::{BufRead, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};
use student::place::spot;
use student::progress::Progress;
use student::{editor, overview};

/// What a key asks of the loop.
enum Wish {
    Nothing,
    End,
    /// The terminal is to be handed over to this.
    Hand(Guest),
}

enum Guest {
    Editor,
    Slide,
}

/// Shows verdicts until the student has had enough.
pub fn run(
    course: &Course,
    lesson: LessonId,
    lang: Lang,
    judge: &Judge,
    source: &Watch,
    sender: &Sender<News>,
    news: &Receiver<News>,
) -> Result<ExitCode> {
    let failed = |error| Error::caused("failed to draw on the terminal", error);
    let mut state = State::new(lesson, lang);
    let mut terminal = Screen::take(screen::has_colours()).map_err(failed)?;
    let listens = Arc::new(AtomicBool::new(true));
    listen(sender.clone(), Arc::clone(&listens)).map_err(failed)?;
    loop {
        draw(&mut state, &mut terminal).map_err(failed)?;
        // Now and then the words for how long ago it was change.
        let first = match news.recv_timeout(Duration::from_secs(5)) {
            Ok(first) => first,
            Err(RecvTimeoutError::Timeout) => continue,
            Err(RecvTimeoutError::Disconnected) => return Ok(ExitCode::Passed),
        };
        let mut wish = Wish::Nothing;
        // All that has come is taken before anything is drawn: a wheel turns faster than a terminal draws.
        for one in std::iter::once(first).chain(news.try_iter()) {
            match one {
                News::Source(seen) if seen.lesson == state.lesson => state.asked(judge.ask(*seen)),
                News::Source(_) => {}
                News::Stage(run, stage) => state.at_stage(run, stage),
                News::Judged(judged) => state.judged(*judged, Instant::now()),
                News::Input(Event::Resize(..)) => terminal.forget().map_err(failed)?,
                News::Input(event) => {
                    let asks = input(course, &mut state, source, &event, terminal.size());
                    if !matches!(asks, Wish::Nothing) {
                        wish = asks;
                    }
                }
            }
        }
        match wish {
            Wish::Nothing => {}
            Wish::End => return Ok(ExitCode::Passed),
            Wish::Hand(guest) => {
                listens.store(false, Ordering::Release);
                drop(terminal);
                let told = hand_over(course, &state, &guest);
                terminal = Screen::take(screen::has_colours()).map_err(failed)?;
                terminal.forget().map_err(failed)?;
                listens.store(true, Ordering::Release);
                if let Err(error) = told {
                    state.show(Some(error.chain() + "\n"));
                }
            }
        }
    }
}

/// Tells of keys and the wheel, but for the time that somebody else has the terminal.
fn listen(news: Sender<News>, listens: Arc<AtomicBool>) -> std::io::Result<()> {
    std::thread::Builder::new().name("keys".to_owned()).spawn(move || {
        loop {
            if !listens.load(Ordering::Acquire) {
                std::thread::park_timeout(Duration::from_millis(50));
                continue;
            }
            match event::poll(Duration::from_millis(100)) {
                Ok(true) if listens.load(Ordering::Acquire) => {
                    let Ok(event) = event::read() else { return };
                    if news.send(News::Input(event)).is_err() {
                        return;
                    }
                }
                Ok(_) => {}
                Err(_) => return,
            }
        }
    })?;
    Ok(())
}

fn input(course: &Course, state: &mut State, source: &Watch, event: &Event, (_, rows): (usize, usize)) -> Wish {
    let page = rows.saturating_sub(4).max(1);
    let key = match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => key,
        Event::Mouse(mouse) => {
            match mouse.kind {
                MouseEventKind::ScrollDown => state.scroll += 3,
                MouseEventKind::ScrollUp => state.scroll = state.scroll.saturating_sub(3),
                _ => {}
            }
            return Wish::Nothing;
        }
        _ => return Wish::Nothing,
    };
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    match key.code {
        KeyCode::Char('c' | 'd') if control => return Wish::End,
        KeyCode::Char(_) if control => {}
        KeyCode::Char('q' | 'й') => return Wish::End,
        KeyCode::Char('e' | 'у') => return Wish::Hand(Guest::Editor),
        KeyCode::Char('r' | 'к') => return Wish::Hand(Guest::Slide),
        KeyCode::Char('j' | 'о') | KeyCode::Down => state.scroll += 1,
        KeyCode::Char('k' | 'л') | KeyCode::Up => state.scroll = state.scroll.saturating_sub(1),
        KeyCode::Char(' ') | KeyCode::PageDown => state.scroll += page,
        KeyCode::PageUp => state.scroll = state.scroll.saturating_sub(page),
        KeyCode::Char('g') | KeyCode::Home => state.scroll = 0,
        KeyCode::Char('G') | KeyCode::End => state.scroll = usize::MAX,
        KeyCode::Esc => state.show(None),
        KeyCode::Char('?') => state.show(Some(pane::keys(state.lang))),
        KeyCode::Char('h' | 'р') => {
            let found = state.verdict.as_ref().and_then(|shown| shown.verdict.as_ref().ok());
            let text = found.map(|(lesson, report, _)| pane::next_hint(course, lesson, report, state.lang));
            show(state, text.unwrap_or_else(|| Ok(String::new())));
        }
        KeyCode::Char('l' | 'д') => {
            let text = pane::all_lessons(course, &state.lesson, 80, state.lang);
            show(state, text);
        }
        KeyCode::Char('d' | 'в') => show(state, pane::diff(course, &state.lesson, state.lang)),
        KeyCode::Char('n' | 'т') => {
            let next = Progress::load(course).and_then(|it| overview::after(course, &it, &state.lesson));
            match next {
                Ok(next) => {
                    source.turn_to(&next);
                    state.turn_to(next);
                }
                Err(error) => show(state, Err(error)),
            }
        }
        _ => {}
    }
    Wish::Nothing
}

fn show(state: &mut State, text: Result<String>) {
    state.show(Some(text.unwrap_or_else(|error| error.chain() + "\n")));
}

fn draw(state: &mut State, terminal: &mut Screen) -> std::io::Result<()> {
    let (width, rows) = terminal.size();
    terminal.draw(frame(state, width, rows))
}

/// The lines of a screen: what is watched, what was judged and when, the pane, and the keys.
fn frame(state: &mut State, width: usize, rows: usize) -> Vec<String> {
    let lang = state.lang;
    let text = match (&state.pane, &state.verdict) {
        (Some(pane), _) => pane.clone(),
        (None, None) => String::new(),
        (None, Some(shown)) => match &shown.verdict {
            Ok((lesson, report, stored)) => pane::verdict(lesson, report, *stored, width.clamp(40, 140), lang),
            Err(why) => format!("{why}\n"),
        },
    };
    let body: Vec<&str> = text.lines().collect();
    let room = rows.saturating_sub(if rows > 4 { 3 } else { 1 });
    state.scroll = state.scroll.min(body.len().saturating_sub(room));
    let style = if state.waits() { AnsiColor::Yellow.on_default().bold() } else { Style::new().dimmed() };
    let head = format!("{} · {style}{}{style:#}", state.lesson, state.status(Instant::now()));
    let mut lines = vec![cut(&head, width)];
    if rows > 4 {
        lines.push(String::new());
    }
    lines.extend(body.iter().skip(state.scroll).take(room).map(|line| cut(line, width)));
    if rows > 4 {
        lines.resize(rows - 1, String::new());
        let left = body.len().saturating_sub(state.scroll + room);
        lines.push(cut(&foot(left, width, lang), width));
    }
    lines
}

fn foot(left: usize, width: usize, lang: Lang) -> String {
    let faint = Style::new().dimmed();
    let more = if left > 0 { format!("↓{left} ") } else { String::new() };
    let keys = match (width, lang) {
        (..60, Lang::En) => "? keys  q end",
        (..60, Lang::Ru) => "? клавиши  q конец",
        (_, Lang::En) => "h hint  n next  l list  d diff  e edit  r run  ? keys  q end",
        (_, Lang::Ru) => "h подсказка  n дальше  l список  d diff  e править  r пуск  ? клавиши  q конец",
    };
    format!("{faint}{more}{keys}{faint:#}")
}

/// Gives the terminal to the student's editor, or to the slide's program.
fn hand_over(course: &Course, state: &State, guest: &Guest) -> Result<()> {
    match guest {
        Guest::Editor => {
            let Some(editor) = editor::of(|name| std::env::var(name).ok()) else {
                return Err(Error::Usage("name your editor in VISUAL or EDITOR".to_owned()));
            };
            let at = spot(course, &state.lesson);
            let (program, args) = editor::call(&editor, &course.root.join(&at.file), at.line);
            let args: Vec<OsString> = args.into_iter().map(OsString::from).collect();
            process::hand_over(program.as_ref(), &args, &course.root, &[])
                .map_err(|error| Error::Usage(format!("{error}; the editor is named by VISUAL or EDITOR")))?;
        }
        Guest::Slide => {
            let own = Submission::read(&course.lesson_dir(&state.lesson), &state.lesson, "");
            let program =
                std::env::current_exe().map_err(|error| Error::caused("failed to find our program", error))?;
            let xtask = program.with_file_name(format!("xtask{}", std::env::consts::EXE_SUFFIX));
            if own.is_ok() && xtask.is_file() {
                let args = ["run".into(), state.lesson.to_string().into()];
                process::hand_over(&xtask, &args, &course.root, &[])
                    .map_err(|error| Error::io("run", &xtask, error))?;
            }
            let text = state.lang.pick("Enter: back to the verdict", "Enter: назад к вердикту");
            print(&format!("\n{text} "));
            let _ = std::io::stdin().lock().lines().next();
        }
    }
    Ok(())
}

fn print(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

#[cfg(test)]
mod tests {
    use super::super::judge::Judged;
    use super::*;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn a_frame_fits_every_window_and_scrolls_no_further_than_its_text() {
        for lang in [Lang::En, Lang::Ru] {
            let mut state = State::new(LessonId { number: 5, slug: "timeit".to_owned() }, lang);
            state.asked(1);
            let text = (0..100).map(|n| format!("line {n} {}\n", "x".repeat(90))).collect::<String>();
            let judged = Judged { run: 1, verdict: Err(text), took: Duration::ZERO };
            state.judged(judged, Instant::now());
            for (width, rows) in [(80, 24), (20, 5), (1, 1), (5, 2), (200, 60)] {
                state.scroll = usize::MAX;
                let lines = frame(&mut state, width, rows);
                assert!(lines.len() <= rows, "{width}x{rows}");
                for line in &lines {
                    let plain = anstream::adapter::strip_str(line).to_string();
                    assert!(plain.width() <= width, "{width}x{rows}: {plain}");
                }
                assert!(rows < 3 || width < 10 || lines.iter().any(|line| line.contains("line 99")), "{lines:?}");
            }
        }
    }
}
