//! What a machine needs for the course, looked at one by one: each finding with the command that mends it.
//!
//! Nothing is changed, and nothing is asked of a network. Whether a sandbox holds is tried by whoever calls.

use grader::course::Course;
use grader::manifest;
use grader::toolchain::Toolchain;
use grader::words::Text;
use std::path::{Path, PathBuf};

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is about, in a word: `linker`.
    pub id: &'static str,
    /// How it is.
    pub health: Health,
    /// What was found.
    pub says: Text,
    /// The command that mends it, if one does.
    pub mend: Option<String>,
}

/// How something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Health {
    /// As it should be.
    Good,
    /// The course works without it, though less comfortably.
    Lacking,
    /// Nothing can be checked until it is mended.
    Bad,
}

/// What is known of the machine from outside: the environment, and the terminal.
pub struct Machine<'a> {
    /// A variable of the environment, if it is set.
    pub variable: &'a dyn Fn(&str) -> Option<String>,
    /// How many cells wide the terminal is; nothing where there is none.
    pub columns: Option<usize>,
    /// Bytes that are free where the course lies, if the system tells.
    pub free: Option<u64>,
}

/// Bytes that builds of all lessons take, with room to spare.
const ROOM: u64 = 2 << 30;

/// Looks at everything but the sandbox.
pub fn look(course: &Course, machine: &Machine<'_>) -> Vec<Finding> {
    let mut all = vec![toolchain(course)];
    let tools = (machine.variable)("CARGO").and_then(|cargo| Some(Path::new(&cargo).parent()?.to_owned()));
    let tools = tools.unwrap_or_default();
    all.extend([
        component(&tools, "rustfmt", "rustfmt", "formats what you write", "форматирует ваш код"),
        component(
            &tools,
            "clippy",
            "cargo-clippy",
            "says what could be written better",
            "подсказывает, что написать лучше",
        ),
        rust_analyzer(&tools, machine),
        linker(machine),
        cache(course, machine),
        disk(machine),
        terminal(machine),
        writable(course),
    ]);
    all
}

fn finding(id: &'static str, health: Health, en: impl Into<String>, ru: impl Into<String>) -> Finding {
    Finding { id, health, says: Text { en: en.into(), ru: ru.into() }, mend: None }
}

fn mended(finding: Finding, mend: impl Into<String>) -> Finding {
    Finding { mend: Some(mend.into()), ..finding }
}

fn toolchain(course: &Course) -> Finding {
    match Toolchain::find(course) {
        Ok(found) => finding("toolchain", Health::Good, &found.version, &found.version),
        Err(error) => {
            let said = error.chain();
            mended(finding("toolchain", Health::Bad, &said, &said), "rustup toolchain install")
        }
    }
}

fn program(folder: &Path, name: &str) -> bool {
    folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX)).is_file()
}

fn in_path(machine: &Machine<'_>, name: &str) -> Option<PathBuf> {
    let path = (machine.variable)("PATH").unwrap_or_default();
    std::env::split_paths(&path).find(|folder| program(folder, name))
}

fn component(tools: &Path, id: &'static str, name: &str, en: &str, ru: &str) -> Finding {
    if program(tools, name) {
        return finding(id, Health::Good, format!("is there, and {en}"), format!("на месте, {ru}"));
    }
    let it = finding(id, Health::Lacking, format!("is missing; it {en}"), format!("нет; он {ru}"));
    mended(it, format!("rustup component add {id}"))
}

fn rust_analyzer(tools: &Path, machine: &Machine<'_>) -> Finding {
    // rustup puts a proxy of this name into PATH whether the component is there or not.
    let beside = program(tools, "rust-analyzer");
    let proxy = |folder: &PathBuf| program(folder, "rustup");
    if beside || in_path(machine, "rust-analyzer").is_some_and(|folder| !proxy(&folder)) {
        return finding("rust-analyzer", Health::Good, "is there for your editor", "на месте, для вашего редактора");
    }
    let en = "is not found; most editors bring one, or use this one";
    let ru = "не найден; многие редакторы приносят свой, либо возьмут этот";
    mended(finding("rust-analyzer", Health::Lacking, en, ru), "rustup component add rust-analyzer rust-src")
}

fn linker(machine: &Machine<'_>) -> Finding {
    if cfg!(windows) {
        let en = "comes with Visual Studio's build tools, where the compiler looks for it itself";
        let ru = "приходит с инструментами сборки Visual Studio; компилятор находит его сам";
        return finding("linker", Health::Good, en, ru);
    }
    if in_path(machine, "cc").is_some() {
        return finding("linker", Health::Good, "`cc` is there", "`cc` на месте");
    }
    let mend = if cfg!(target_os = "macos") { "xcode-select --install" } else { "sudo apt-get install gcc" };
    let ru = "`cc` не найден, а собирает программы именно он";
    mended(finding("linker", Health::Bad, "there is no `cc`, which links every program", ru), mend)
}

/// Whether the crates that lessons and the grader are made of can be had without a network.
fn cache(course: &Course, machine: &Machine<'_>) -> Finding {
    let home = (machine.variable)("CARGO_HOME").map(PathBuf::from).or_else(|| {
        let home = (machine.variable)("HOME").or((machine.variable)("USERPROFILE"))?;
        Some(Path::new(&home).join(".cargo"))
    });
    let registries = home.map(|home| home.join("registry/cache")).unwrap_or_default();
    let caches: Vec<PathBuf> =
        std::fs::read_dir(registries).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    let has = |name: &str| caches.iter().any(|cache| cache.join(name).is_file());
    let mut missing = Vec::new();
    for lock in ["Cargo.lock", "xtask/Cargo.lock"] {
        missing.extend(crates(&course.root.join(lock)).into_iter().filter(|name| !has(name)));
    }
    missing.sort();
    missing.dedup();
    if missing.is_empty() {
        return finding(
            "offline",
            Health::Good,
            "every crate is here: the course works without a network",
            "все крейты на месте: курс работает без сети",
        );
    }
    // Those for other systems are never fetched by a build, so that some are missing says little.
    let n = missing.len();
    let en = format!("{n} crates would have to be downloaded, if a lesson asks for them");
    let ru = format!("крейтов, которые придётся загрузить, если урок их попросит: {n}");
    mended(
        finding("offline", Health::Lacking, en, ru),
        "cargo fetch --locked && cargo fetch --locked --manifest-path xtask/Cargo.toml",
    )
}

/// The crates that come from a registry, by the names of their archives.
fn crates(lock: &Path) -> Vec<String> {
    let read = manifest::read(lock, |root| {
        let mut names = Vec::new();
        for package in root.get("package")?.list()? {
            if package.find("source").is_some() {
                names.push(format!("{}-{}.crate", package.get("name")?.string()?, package.get("version")?.string()?));
            }
        }
        Ok(names)
    });
    read.unwrap_or_default()
}

fn disk(machine: &Machine<'_>) -> Finding {
    let Some(free) = machine.free else {
        return finding("disk", Health::Good, "this system does not tell", "эта система не говорит");
    };
    let gib = |bytes: u64| format!("{}.{}", bytes >> 30, ((bytes >> 20) % 1024) * 10 / 1024);
    let (free_gib, room) = (gib(free), gib(ROOM));
    if free >= ROOM {
        return finding("disk", Health::Good, format!("{free_gib} GiB are free"), format!("свободно {free_gib} ГиБ"));
    }
    let en = format!("{free_gib} GiB are free; builds of all lessons may need {room}");
    let ru = format!("свободно {free_gib} ГиБ; для всех уроков может понадобиться {room}");
    mended(finding("disk", Health::Lacking, en, ru), "cargo clean")
}

fn terminal(machine: &Machine<'_>) -> Finding {
    let Some(columns) = machine.columns else {
        return finding("terminal", Health::Good, "none: texts come without colours", "нет: тексты идут без цвета");
    };
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(|name| (machine.variable)(name));
    let locale = locale.into_iter().find(|it| !it.is_empty()).unwrap_or_default().to_lowercase();
    let utf8 = cfg!(windows) || locale.contains("utf-8") || locale.contains("utf8");
    if !utf8 {
        let ru = "локаль не UTF-8: знаки и русские тексты могут исказиться";
        let it = finding("terminal", Health::Lacking, "the locale is not UTF-8: signs may come out wrong", ru);
        return mended(it, "export LC_ALL=C.UTF-8");
    }
    let colours = (machine.variable)("NO_COLOR").is_none_or(|it| it.is_empty());
    let (en, ru) = if colours { ("with colours", "с цветом") } else { ("without colours", "без цвета") };
    let health = if columns < 80 { Health::Lacking } else { Health::Good };
    finding("terminal", health, format!("{columns} columns, {en}"), format!("колонок: {columns}, {ru}"))
}

fn writable(course: &Course) -> Finding {
    let probe = course.scratch().join("doctor");
    match grader::files::write(&probe, b"can be written") {
        Ok(()) => {
            let _ = std::fs::remove_file(&probe);
            finding("folder", Health::Good, "the course's folder can be written to", "в папку курса можно писать")
        }
        Err(error) => {
            let said = error.chain();
            finding("folder", Health::Bad, &said, &said)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn machine<'a>(variable: &'a dyn Fn(&str) -> Option<String>) -> Machine<'a> {
        Machine { variable, columns: Some(80), free: Some(ROOM) }
    }

    #[test]
    fn what_is_missing_comes_with_the_command_that_mends_it() {
        let folder = tempfile::tempdir().unwrap();
        let course = Course { root: folder.path().to_owned(), lessons: Vec::new() };
        let lock = "[[package]]\nname = \"ours\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"log\"\nversion = \"1.0.0\"\nsource = \"registry\"\n";
        grader::files::write(&course.root.join("Cargo.lock"), lock.as_bytes()).unwrap();
        let nothing = |_: &str| None;
        let found = look(&course, &Machine { columns: None, free: Some(1 << 20), ..machine(&nothing) });
        let of = |id: &str| found.iter().find(|it| it.id == id).unwrap();
        assert_eq!(of("toolchain").health, Health::Bad);
        assert_eq!(of("disk").mend.as_deref(), Some("cargo clean"));
        assert!(of("offline").says.en.starts_with("1 crates"), "{}", of("offline").says.en);
        assert_eq!(of("rustfmt").mend.as_deref(), Some("rustup component add rustfmt"));
        for it in found.iter().filter(|it| it.health == Health::Bad && it.id != "folder") {
            assert!(it.mend.is_some(), "{it:?}");
        }
    }

    #[test]
    fn what_is_there_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let course = Course { root: folder.path().join("course"), lessons: Vec::new() };
        let lock = "[[package]]\nname = \"log\"\nversion = \"1.0.0\"\nsource = \"registry\"\n";
        grader::files::write(&course.root.join("Cargo.lock"), lock.as_bytes()).unwrap();
        let put = |path: &str| grader::files::write(&folder.path().join(path), b"x").unwrap();
        let exe = std::env::consts::EXE_SUFFIX;
        for name in ["cargo", "rustfmt", "cargo-clippy", "rust-analyzer", "cc"] {
            put(&format!("bin/{name}{exe}"));
        }
        put("home/registry/cache/index/log-1.0.0.crate");
        let at = |path: &str| Some(folder.path().join(path).display().to_string());
        let variable = |name: &str| match name {
            "PATH" => at("bin"),
            "CARGO" => at(&format!("bin/cargo{exe}")),
            "CARGO_HOME" => at("home"),
            "LANG" => Some("ru_RU.UTF-8".to_owned()),
            _ => None,
        };
        let found = look(&course, &machine(&variable));
        let bad: Vec<&str> = found.iter().filter(|it| it.health != Health::Good).map(|it| it.id).collect();
        assert_eq!(bad, ["toolchain"], "{found:?}");
    }
}
