//! The files of a new lesson, made from those in `template/`.

use grader::course::LessonId;
use grader::words::Lang;

macro_rules! template {
    ($name:literal) => {
        include_str!(concat!("../../template/", $name))
    };
}

/// What differs between a lesson that waits and one that does not.
struct Kind {
    stub: &'static str,
    main: &'static str,
    solution: &'static str,
    probe: &'static str,
    fail: &'static str,
    pass: &'static str,
    wrong: &'static str,
    right: &'static str,
    words: [(&'static str, &'static str); 13],
}

const PLAIN: Kind = Kind {
    stub: template!("stub.rs"),
    main: template!("main.rs"),
    solution: template!("solution.rs"),
    probe: template!("probe.rs"),
    fail: template!("case.fail.rs"),
    pass: template!("case.pass.rs"),
    wrong: template!("wrong.rs"),
    right: template!("right.rs"),
    words: [
        ("@CASE_CHECK@", "unheard"),
        ("@CASE@", "nobody-hears"),
        ("@CASE_EN@", "the compiler objects to a greeting that nobody hears"),
        ("@CASE_RU@", "компилятор возражает, если приветствия никто не слышит"),
        ("@CASE_IDEA_EN@", "The attribute `#[must_use]` on a function."),
        ("@CASE_IDEA_RU@", "Атрибут `#[must_use]` у функции."),
        ("@CASE_CODE_EN@", "`#[must_use = \\\"…\\\"]` above `pub fn greet`"),
        ("@CASE_CODE_RU@", "`#[must_use = \\\"…\\\"]` над `pub fn greet`"),
        ("@SIGNATURE@", "pub fn greet(name: &str) -> String"),
        ("@SLIDE_CALL@", "greet(\"world\")"),
        ("@SLIDE_RETURNED@", "returned \"Hello, world!\""),
        ("@DEPENDENCIES_OF_LESSON@", ""),
        ("@DEPENDENCIES_OF_CRATE@", ""),
    ],
};

const ASYNC: Kind = Kind {
    stub: template!("stub.async.rs"),
    main: template!("main.async.rs"),
    solution: template!("solution.async.rs"),
    probe: template!("probe.async.rs"),
    fail: template!("case.async.fail.rs"),
    pass: template!("case.async.pass.rs"),
    wrong: template!("wrong.async.rs"),
    right: template!("right.async.rs"),
    words: [
        ("@CASE_CHECK@", "borrows"),
        ("@CASE@", "name-dies-first"),
        ("@CASE_EN@", "a greeting borrows the name until it is made"),
        ("@CASE_RU@", "приветствие держит имя, пока не готово"),
        ("@CASE_IDEA_EN@", "The future of an async function holds its parameters."),
        ("@CASE_IDEA_RU@", "Future асинхронной функции хранит её параметры."),
        ("@CASE_CODE_EN@", "`pub async fn greet(name: &str, pause: Duration)`, without a copy of the name"),
        ("@CASE_CODE_RU@", "`pub async fn greet(name: &str, pause: Duration)`, без копии имени"),
        ("@SIGNATURE@", "pub async fn greet(name: &str, pause: Duration) -> String"),
        ("@SLIDE_CALL@", "greet(\"world\", 1s).await"),
        ("@SLIDE_RETURNED@", "returned \"Hello, world!\" after 1s"),
        ("@DEPENDENCIES_OF_LESSON@", "dependencies = [\"tokio\"]\n"),
        ("@DEPENDENCIES_OF_CRATE@", "\n[dependencies]\ntokio.workspace = true\n"),
    ],
};

/// The files of a new lesson, by their paths from the course's root.
pub fn files(id: &LessonId, asynchronous: bool) -> Vec<(String, String)> {
    let kind = if asynchronous { ASYNC } else { PLAIN };
    let filled = |text: &str| {
        let numbered = text.replace("@NN@", &format!("{:02}", id.number));
        kind.words.iter().fold(numbered, |text, (name, word)| text.replace(name, word))
    };
    let folder = id.folder();
    let (lesson, solution, checks) =
        (format!("lessons/{folder}"), format!("solutions/{folder}"), format!("grader/checks/{folder}"));
    let manifest = |kind: &str| {
        let text = template!("lesson.Cargo.toml").replace("@KIND@", kind);
        text.replace("@DEPENDENCIES@\n", "@DEPENDENCIES_OF_CRATE@\n")
    };
    let case = filled("@CASE@");
    let all = [
        (format!("{lesson}/Cargo.toml"), manifest("lesson")),
        (format!("{lesson}/src/lib.rs"), kind.stub.to_owned()),
        (format!("{lesson}/src/main.rs"), kind.main.to_owned()),
        (format!("{lesson}/README.md"), template!("README.md").to_owned()),
        (format!("{lesson}/README.ru.md"), template!("README.ru.md").to_owned()),
        (format!("{solution}/Cargo.toml"), manifest("solution")),
        (format!("{solution}/src/lib.rs"), kind.solution.to_owned()),
        (
            format!("{checks}/lesson.toml"),
            template!("lesson.toml").replace("@DEPENDENCIES@", "@DEPENDENCIES_OF_LESSON@"),
        ),
        (format!("{checks}/probe.rs"), kind.probe.to_owned()),
        (format!("{checks}/compile/{case}.fail.rs"), kind.fail.to_owned()),
        (format!("{checks}/compile/{case}.pass.rs"), kind.pass.to_owned()),
        (format!("{checks}/wrong/greets-the-world.rs"), kind.wrong.to_owned()),
        (format!("{checks}/right/in-pieces.rs"), kind.right.to_owned()),
    ];
    all.into_iter().map(|(path, text)| (path, filled(&text))).collect()
}

/// A new lesson's row in the course's README, before its author gives it a title.
pub fn row(id: &LessonId, lang: Lang) -> String {
    let title = lang.pick("TODO(author): a title", "TODO(author): название");
    let folder = format!("lessons/{}/{}", id.folder(), lang.pick("", "README.ru.md"));
    format!("| {:02} | [`{}`]({folder}) | {title} | + | 30 |", id.number, id.slug)
}
