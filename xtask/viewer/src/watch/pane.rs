//! What can be shown in the middle of the screen, as text with colours: the verdict, a hint, the lessons, the changes, the keys.

use grader::course::{Course, LessonId};
use grader::error::Result;
use grader::files;
use grader::lesson::Lesson;
use grader::outcome::Report;
use grader::readme;
use grader::submission::Submission;
use grader::words::Lang;
use report::{changes, hint, lessons, strangers, terminal};
use student::overview;
use student::progress::Progress;

/// The verdict, as `check` shows it.
pub fn verdict(lesson: &Lesson, report: &Report, stored: bool, width: usize, lang: Lang) -> String {
    let report = strangers::tame(report);
    let section = report.first_to_mend().and_then(|first| lesson.check(&first.id)).map(|check| check.section.as_str());
    let view = terminal::View {
        lang,
        width,
        whole_lines: false,
        readme: (
            &format!("lessons/{}/{}", lesson.id.folder(), readme::file_name(lang)),
            readme::section(section.unwrap_or(readme::TASK.0), lang),
        ),
        again: &format!("cargo xtask check {}", lesson.id),
        stored,
    };
    terminal::verdict(&report, lesson, &view)
}

/// The next hint on the first check that fails. It counts as read, as the one of `cargo xtask hint` does.
pub fn next_hint(course: &Course, lesson: &Lesson, report: &Report, lang: Lang) -> Result<String> {
    let first = report.first_to_mend().and_then(|first| lesson.check(&first.id)).or(lesson.checks.first());
    let Some(check) = first else { return Ok(String::new()) };
    let shown = Progress::load(course)?.of(&lesson.id).hints.get(&check.id).copied().unwrap_or(0);
    let level = (shown as usize + 1).min(hint::LEVELS);
    Progress::update(course, |progress| {
        progress.entry(&lesson.id).hints.insert(check.id.clone(), shown.max(level as u64));
    })?;
    Ok(hint::text(lesson, check, level, lang))
}

/// The table of all lessons.
pub fn all_lessons(course: &Course, at: &LessonId, width: usize, lang: Lang) -> Result<String> {
    Ok(lessons::table(&overview::rows(course)?.0, Some(at), width, lang))
}

/// What the student changed in the stub.
pub fn diff(course: &Course, id: &LessonId, lang: Lang) -> Result<String> {
    let stub = files::crate_files(&course.stub(id))?;
    let own = Submission::read(&course.lesson_dir(id), id, "").map(|it| it.files).unwrap_or_default();
    let found = changes::changes(&stub, &own, ("stub", "yours"));
    if found.is_empty() {
        return Ok(lang.pick("No difference from the stub.\n", "Заготовка без изменений.\n").to_owned());
    }
    Ok(changes::text(&found))
}

/// What each key does.
pub fn keys(lang: Lang) -> String {
    let (en, ru) = (
        [
            ("h", "the next hint on the first check that fails"),
            ("n", "on to the next lesson that is not solved"),
            ("l", "all lessons"),
            ("d", "what you changed in the stub"),
            ("e", "open $VISUAL or $EDITOR where the work goes on"),
            ("r", "run the slide's program with your work"),
            ("j k ↓ ↑", "scroll; so do the wheel, Space, PgUp, PgDn, g, G"),
            ("Esc", "back to the verdict"),
            ("?", "these keys"),
            ("q", "end; so does Ctrl-C"),
        ],
        [
            ("h", "следующая подсказка к первой непройденной проверке"),
            ("n", "к следующему непройденному уроку"),
            ("l", "все уроки"),
            ("d", "что вы изменили в заготовке"),
            ("e", "открыть $VISUAL или $EDITOR там, где идёт работа"),
            ("r", "запустить программу слайда с вашим кодом"),
            ("j k ↓ ↑", "листать; ещё колесо, пробел, PgUp, PgDn, g, G"),
            ("Esc", "назад к вердикту"),
            ("?", "эти клавиши"),
            ("q", "закончить; ещё Ctrl-C"),
        ],
    );
    let strong = anstyle::Style::new().bold();
    let rows = if lang == Lang::En { en } else { ru };
    rows.iter().map(|(key, does)| format!("  {strong}{key:<8}{strong:#} {does}\n")).collect()
}
