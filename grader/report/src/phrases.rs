//! What is said of an outcome, in both languages: one sentence for what happened, and some for what it means.

use super::{own_tests, schedule};
use grader::lesson::{CheckKind, Lesson};
use grader::outcome::{Belief, CheckReport, Coverage, Failure, FaultKind, Outcome, Reason, Report};
use grader::submission::{Defect, MOST_BYTES, MOST_FILES, Unreadable};
use grader::transcript::panic_in;
use grader::words::{Lang, russian_plural};

/// `10 points`.
pub fn points(n: u64, lang: Lang) -> String {
    match lang {
        Lang::En => format!("{n} {}", if n == 1 { "point" } else { "points" }),
        Lang::Ru => format!("{n} {}", russian_plural(n as usize, "балл", "балла", "баллов")),
    }
}

/// `20 of 60 points`.
pub fn score(report: &Report, lang: Lang) -> String {
    let (score, of) = (report.score(), report.points());
    match lang {
        Lang::En => format!("{score} of {}", points(of, lang)),
        Lang::Ru => format!("{score} из {of} {}", russian_plural(of as usize, "балла", "баллов", "баллов")),
    }
}

/// What happened, in a sentence without a full stop.
pub fn what_happened(check: &CheckReport, lang: Lang) -> String {
    let say = |en: String, ru: String| if lang == Lang::En { en } else { ru };
    let fixed = |en: &str, ru: &str| lang.pick(en, ru).to_owned();
    match &check.outcome {
        Outcome::Passed => fixed("passed", "пройдено"),
        Outcome::Failed(Failure::Transcript { panicked_at: Some(_), got, .. }) => {
            let message = panic_in(got).unwrap_or_default();
            say(format!("it panicked: {message}"), format!("паника: {message}"))
        }
        Outcome::Failed(Failure::Transcript { .. }) => {
            fixed("it printed something else than expected", "напечатано не то, что ожидалось")
        }
        Outcome::Failed(Failure::Schedule(broken)) => schedule::headline(broken, lang),
        Outcome::Failed(Failure::OwnTests(tried)) => own_tests::headline(tried, lang),
        Outcome::NotRun(Reason::NotExplored(why)) => say(
            format!("not explored, for no fault of yours: {why}"),
            format!("расписания не перебраны, и не по вашей вине: {why}"),
        ),
        Outcome::Failed(Failure::Todo { .. }) => fixed("`todo!()` is still there", "здесь ещё стоит `todo!()`"),
        Outcome::Failed(Failure::Accepted { case, pinned, said }) if said.is_empty() => say(
            format!("`{case}` compiles, but must be rejected ({})", pinned.join(", ")),
            format!("`{case}` компилируется, а должен быть отвергнут ({})", pinned.join(", ")),
        ),
        Outcome::Failed(Failure::Accepted { case, pinned, .. }) => say(
            format!("`{case}` is rejected, but not for the reason it should be ({})", pinned.join(", ")),
            format!("`{case}` отвергнут, но не по той причине ({})", pinned.join(", ")),
        ),
        Outcome::Failed(Failure::Rejected { case, .. }) => say(
            format!("`{case}` must compile against your crate, and does not"),
            format!("`{case}` должен компилироваться с вашим крейтом, но не компилируется"),
        ),
        Outcome::NotRun(Reason::Blocked(by)) => {
            say(format!("not run: `{by}` comes first"), format!("не запускалось: сначала `{by}`"))
        }
        Outcome::NotRun(Reason::DoesNotCompile) => {
            fixed("not run: it does not compile", "не запускалось: код не компилируется")
        }
        Outcome::NotRun(Reason::DoesNotFit(_)) => fixed(
            "not run: the check's calls do not fit your signatures",
            "не запускалось: вызовы проверки не подходят к вашим сигнатурам",
        ),
        Outcome::NotRun(Reason::NoSubmission) => {
            fixed("not run: there is nothing to compile", "не запускалось: компилировать нечего")
        }
        Outcome::Fault(fault) => say(fault_en(fault.kind), fault_ru(fault.kind)),
        Outcome::GraderFault(why) => say(
            format!("the grader itself failed, this is no mark of yours: {why}"),
            format!("сбой самой проверки, на вашу оценку он не влияет: {why}"),
        ),
    }
}

/// `in all 89 schedules`: how far a check that passed was explored.
pub fn coverage(it: Coverage, lang: Lang) -> String {
    let (n, preemptions) = (it.schedules, it.preemptions);
    match (lang, it.complete) {
        (Lang::En, true) => format!("all {n} schedules"),
        (Lang::En, false) => format!("{n} schedules, {preemptions} preemptions"),
        (Lang::Ru, true) => format!("все расписания: {n}"),
        (Lang::Ru, false) => format!("расписаний: {n}, вытеснений: {preemptions}"),
    }
}

fn seconds(ms: u64) -> String {
    format!("{}.{}", ms / 1000, ms % 1000 / 100)
}

pub(crate) fn fault_en(kind: FaultKind) -> String {
    match kind {
        FaultKind::Hang { deadline_ms } => format!("it hung: stopped after {} s", seconds(deadline_ms)),
        FaultKind::Busy { after_ms } => {
            format!("it kept computing: stopped after {} s", seconds(after_ms))
        }
        FaultKind::Memory { limit } => format!("it asked for more memory than a check may have ({} MiB)", limit >> 20),
        FaultKind::Output { limit } => format!("it printed more than is read ({} KiB)", limit >> 10),
        FaultKind::Tasks => "it started more threads or processes than a check may have".to_owned(),
        FaultKind::Disk => "it left more or larger files behind than a check may".to_owned(),
        FaultKind::EndedEarly(code) => format!("the process ended before the check did (exit code {code})"),
        FaultKind::Signal(signal) => format!("the process crashed (signal {signal}{})", signal_name(signal)),
        FaultKind::Stragglers => "it left processes running; they were ended".to_owned(),
    }
}

pub(crate) fn fault_ru(kind: FaultKind) -> String {
    match kind {
        FaultKind::Hang { deadline_ms } => format!("зависло: остановлено через {} с", seconds(deadline_ms)),
        FaultKind::Busy { after_ms } => {
            format!("вычисляло без конца: остановлено через {} с", seconds(after_ms))
        }
        FaultKind::Memory { limit } => format!("запросило больше памяти, чем отведено проверке ({} МиБ)", limit >> 20),
        FaultKind::Output { limit } => format!("напечатало больше, чем читается ({} КиБ)", limit >> 10),
        FaultKind::Tasks => "запустило больше потоков ОС или процессов, чем отведено проверке".to_owned(),
        FaultKind::Disk => "оставило больше файлов или файлы крупнее, чем отведено проверке".to_owned(),
        FaultKind::EndedEarly(code) => format!("процесс завершился раньше проверки (код {code})"),
        FaultKind::Signal(signal) => format!("процесс упал (сигнал {signal}{})", signal_name(signal)),
        FaultKind::Stragglers => "оставило после себя процессы; они завершены".to_owned(),
    }
}

fn signal_name(signal: i32) -> &'static str {
    match signal {
        4 => ", SIGILL",
        6 => ", SIGABRT",
        8 => ", SIGFPE",
        9 => ", SIGKILL",
        11 => ", SIGSEGV",
        _ => "",
    }
}

/// What it means and what to look at; nothing where the outcome speaks for itself.
pub fn what_it_means(check: &CheckReport, lesson: &Lesson, lang: Lang) -> Option<String> {
    let kind = lesson.check(&check.id).map(|check| &check.kind);
    let fixed = |en: &str, ru: &str| Some(lang.pick(en, ru).to_owned());
    match &check.outcome {
        Outcome::Failed(Failure::Transcript { beliefs, .. }) if !beliefs.is_empty() => Some(believed(beliefs, lang)),
        Outcome::Failed(Failure::Transcript { look_alike: true, .. }) => fixed(
            "Your code printed a line that looks like one of the probe's marks. The probe frames its own, so yours counts as your output.",
            "Ваш код напечатал строку, похожую на метку пробы. Свои метки проба помечает особо, так что эта строка считается вашим выводом.",
        ),
        Outcome::Failed(Failure::OwnTests(tried)) => own_tests::meaning(tried, lang),
        Outcome::Failed(Failure::Accepted { .. } | Failure::Rejected { .. }) => match kind {
            Some(CheckKind::Compile { why, .. }) => Some(why.get(lang).to_owned()),
            _ => None,
        },
        Outcome::Fault(fault) => match (fault.kind, kind) {
            (FaultKind::Hang { .. } | FaultKind::Busy { .. }, Some(CheckKind::Output { hang: Some(hang), .. })) => {
                Some(hang.get(lang).to_owned())
            }
            (FaultKind::Hang { .. }, _) => fixed(
                "Somebody waits for what never comes: a lock that is never released, a channel that nobody sends on, a waker that is never called, or a blocking call where others need the thread.",
                "Кто-то ждёт того, что не наступит: блокировка не отпускается, в канал никто не пишет, будильник (waker) никто не зовёт, или блокирующий вызов держит поток ОС, который нужен другим.",
            ),
            (FaultKind::Busy { .. }, _) => fixed(
                "A loop never reaches its end: look at the condition that should stop it, and at what changes in each turn.",
                "Цикл не доходит до конца: посмотрите на условие, которое должно его остановить, и на то, что меняется за один оборот.",
            ),
            (FaultKind::Memory { .. }, _) => fixed(
                "Something grows without end, or is made whole where one item at a time would do.",
                "Что-то растёт без предела или создаётся целиком там, где хватило бы по одному элементу.",
            ),
            (FaultKind::Output { .. }, _) => fixed(
                "A loop prints without end: look at the condition that should stop it.",
                "Цикл печатает без конца: посмотрите на условие, которое должно его остановить.",
            ),
            (FaultKind::EndedEarly(_), _) => fixed(
                "The check's function never returned: does your code call `std::process::exit`? Return a value instead.",
                "Функция проверки так и не вернулась: не вызывает ли ваш код `std::process::exit`? Верните значение.",
            ),
            (FaultKind::Signal(6), _) => fixed(
                "The usual causes are a panic while another one unwinds (a `Drop` that panics) and a stack that overflowed.",
                "Обычные причины: паника во время раскрутки другой паники (`Drop`, который паникует) и переполнение стека.",
            ),
            (FaultKind::Stragglers, _) => fixed(
                "Your code started a process and did not wait for it. No lesson needs one.",
                "Ваш код запустил процесс и не дождался его. Ни одному уроку процессы не нужны.",
            ),
            (FaultKind::Signal(_) | FaultKind::Tasks | FaultKind::Disk, _) => None,
        },
        Outcome::NotRun(Reason::NotExplored(_)) => fixed(
            "Your code passed the plain checks, but it uses something that the explorer does not know, so its races were not looked for. Locks, atomics, channels and threads of the standard library are known; or tell the course about it.",
            "Обычные проверки пройдены, но код пользуется тем, чего перебор расписаний не знает, и гонок в нём не искали. Мьютексы, атомики, каналы и потоки ОС из стандартной библиотеки он знает; или сообщите авторам курса.",
        ),
        Outcome::NotRun(Reason::DoesNotFit(_)) if matches!(kind, Some(CheckKind::Test { .. })) => fixed(
            "Your tests are compiled against services of the course's, so they find what the task's signatures promise, by `use super::…` or `use crate::…`, and nothing else of your crate.",
            "Ваши тесты компилируются с сервисами курса, поэтому им доступно только то, что обещают сигнатуры задания (через `use super::…` или `use crate::…`), и ничего больше из вашего крейта.",
        ),
        Outcome::NotRun(Reason::DoesNotFit(_)) => fixed(
            "Your crate compiles, but not with the calls that the lesson makes. Compare your signatures with those in the README.",
            "Ваш крейт компилируется, но не с теми вызовами, которые делает урок. Сравните свои сигнатуры с теми, что в README.",
        ),
        _ => None,
    }
}

/// What the student may believe. Only what fails everywhere as a known program does is said as a fact.
fn believed(beliefs: &[Belief], lang: Lang) -> String {
    let texts: Vec<&str> = beliefs.iter().map(|belief| belief.text.get(lang)).collect();
    if beliefs.iter().any(|belief| belief.certain) {
        return texts.join("\n");
    }
    let offer = lang
        .pick("Programs that print this are often written so: ", "Так часто печатают программы, написанные вот как: ");
    let or = lang.pick("\nOr so: ", "\nИли вот как: ");
    format!("{offer}{}", texts.join(or))
}

/// Why there is nothing to compile, and what to do.
pub fn unreadable(it: &Unreadable, lang: Lang) -> String {
    let path = &it.path;
    let (en, ru) = match it.reason {
        Defect::Missing => (
            format!("`{path}` is not there. Get the stub back with `git checkout -- {path}`."),
            format!("Файла `{path}` нет. Верните заготовку: `git checkout -- {path}`."),
        ),
        Defect::Empty => (
            format!("`{path}` is empty. Get the stub back with `git checkout -- {path}`."),
            format!("Файл `{path}` пуст. Верните заготовку: `git checkout -- {path}`."),
        ),
        Defect::NotUtf8 => (
            format!("`{path}` is not UTF-8. Save it in that encoding."),
            format!("Файл `{path}` не в UTF-8. Сохраните его в этой кодировке."),
        ),
        Defect::NotAFile => (
            format!("`{path}` is not a regular file. Folders, links and pipes are not taken."),
            format!("`{path}` — не обычный файл. Папки, ссылки и каналы не принимаются."),
        ),
        Defect::Link => (
            format!("`{path}` is a link. A submission is its own files: put the folder or file itself there."),
            format!("`{path}` — ссылка. Работа состоит из собственных файлов: положите туда саму папку или файл."),
        ),
        Defect::TooLarge => (
            format!("`{path}` is too large: {} KiB of source are taken at most, over all files.", MOST_BYTES / 1024),
            format!(
                "`{path}`: слишком много исходного кода, принимается не больше {} КиБ на все файлы.",
                MOST_BYTES / 1024
            ),
        ),
        Defect::TooMany => (
            format!("`{path}` holds too many files: {MOST_FILES} are taken at most."),
            format!("В `{path}` слишком много файлов: принимается не больше {MOST_FILES}."),
        ),
        Defect::NotReadable => (
            format!("`{path}` can't be read. Look at its owner and permissions."),
            format!("`{path}` не читается. Проверьте владельца и права доступа."),
        ),
        Defect::NotUnpacked => (
            format!(
                "`{path}` can't be unpacked. Hand in a `.zip` or `.tar.gz` without a password, of your `src` folder."
            ),
            format!("`{path}` не распаковывается. Сдайте `.zip` или `.tar.gz` без пароля с вашей папкой `src`."),
        ),
    };
    if lang == Lang::En { en } else { ru }
}

/// Why a lesson was not graded, which is no fault of the submission's; empty if it was.
pub fn not_graded(report: &Report, lang: Lang) -> String {
    let Some(why) = &report.fault else { return String::new() };
    let label = lang.pick("not graded, for no fault of the submission's", "не проверено, и не по вине работы");
    format!("{label}: {}", why.lines().next().unwrap_or_default())
}

/// That compiling ran out of its bounds.
pub fn compiler_bomb(lang: Lang) -> &'static str {
    lang.pick(
        "The compiler ran out of time, memory, disk or output on this source, or broke on it: look for endless constant evaluation, or for macros and types that double.",
        "Компилятору не хватило времени, памяти, диска или вывода на этот код, или он на нём сломался: ищите бесконечные вычисления в константах, удваивающиеся макросы и типы.",
    )
}

/// A lesson's row in the READMEs' table: number, name, title, slides, minutes.
pub fn table_row(lesson: &Lesson, lang: Lang) -> String {
    let folder = format!("lessons/{}/{}", lesson.id.folder(), lang.pick("", "README.ru.md"));
    let slides: Vec<String> = lesson.slides.iter().map(u64::to_string).collect();
    let slides = if slides.is_empty() { "+".to_owned() } else { slides.join(", ") };
    format!(
        "| {:02} | [`{}`]({folder}) | {} | {slides} | {} |",
        lesson.id.number,
        lesson.id.slug,
        lesson.title.get(lang).replace('|', "\\|"),
        lesson.minutes
    )
}
