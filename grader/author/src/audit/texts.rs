//! Whether a lesson's READMEs say what is true: outputs are the snapshots', compiler words the pinned ones, Rust compiles,
//! Python prints what it is said to print, links lead somewhere, and both languages say the same.

use super::markdown::{Block, Markdown};
use super::{Audit, bounded, lists};
use grader::build::Dependencies;
use grader::course::Course;
use grader::error::{Error, Result};
use grader::files::{self, Temporary};
use grader::grade::Grader;
use grader::judge;
use grader::lesson::{Check, Lesson};
use grader::quiz;
use grader::readme::{self, SECTIONS};
use grader::toolchain::build_env;
use grader::words::Lang;
use process::Ended;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// How many questions a README asks.
pub const QUESTIONS: std::ops::RangeInclusive<usize> = 2..=3;

/// The last heading of the deck.
pub const LAST_SLIDE: u64 = 34;

/// Audits both READMEs of a lesson.
pub fn readmes(grader: &Grader, lesson: &Lesson, audit: &mut Audit) -> Result<()> {
    let folder = grader.course.lesson_dir(&lesson.id);
    let (en, ru) = (read(&folder.join("README.md"), audit), read(&folder.join("README.ru.md"), audit));
    let (Some(en), Some(ru)) = (en, ru) else { return Ok(()) };
    for ((markdown, path), sections) in [(&en, SECTIONS.map(|(en, _)| en)), (&ru, SECTIONS.map(|(_, ru)| ru))] {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let mut find = |what: String| audit.findings.push(format!("{name}: {what}"));
        if markdown.level(2) != sections {
            find(format!("its sections should be, in this order: {}", sections.join(" · ")));
        }
        let lang = if path == &en.1 { Lang::En } else { Lang::Ru };
        for what in lists::untrue_of(lesson, &files::read(path)?, lang) {
            find(what);
        }
        for link in &markdown.links {
            if let Some(what) = broken(link, path, markdown) {
                find(format!("the link `{link}` {what}"));
            }
        }
        for block in &markdown.blocks {
            if let Some(what) = untrue(block, lesson) {
                find(format!("line {}: {what}", block.line));
            }
        }
        for code in unpinned_codes(markdown, lesson)? {
            find(format!("{code} is pinned by no compile case"));
        }
    }
    let same = |block: &Block| {
        block.info != "mermaid" && !(block.info.is_empty() || block.info == "text" && block.note.is_none())
    };
    let blocks = |markdown: &Markdown| -> Vec<(String, String)> {
        markdown
            .blocks
            .iter()
            .filter(|block| same(block))
            .map(|block| (block.info.clone(), block.text.clone()))
            .collect()
    };
    let (ours, theirs) = (blocks(&en.0), blocks(&ru.0));
    if ours != theirs {
        let differs = ours
            .iter()
            .zip(&theirs)
            .find(|(a, b)| a != b)
            .map_or("their number differs".to_owned(), |(a, b)| format!("\n{}\nand\n{}", a.1, b.1));
        audit.findings.push(format!("README.md and README.ru.md have different code blocks: {differs}"));
    }
    for lang in [Lang::En, Lang::Ru] {
        match quiz::questions(&grader.course, lesson, lang) {
            Ok(questions) if QUESTIONS.contains(&questions.len()) => {}
            Ok(questions) => audit.findings.push(format!(
                "{}: {} questions to predict an output; {} to {} are the aim",
                readme::file_name(lang),
                questions.len(),
                QUESTIONS.start(),
                QUESTIONS.end()
            )),
            Err(error) => audit.findings.push(error.to_string()),
        }
    }
    for check in lesson.checks.iter().filter(|check| !SECTIONS.iter().any(|(en, _)| *en == check.section)) {
        audit.findings.push(format!("`{}` sends students to `{}`, which is no section", check.id, check.section));
    }
    if let Some(slide) = lesson.slides.iter().find(|slide| !(1..=LAST_SLIDE).contains(slide)) {
        audit.findings.push(format!("the deck has no slide {slide}"));
    }
    python(&en.0, audit)?;
    rust(grader, lesson, &en.1, audit)
}

/// Audits the links of the texts that belong to no lesson: those at the course's root and in `lessons/`.
///
/// Gives what is wrong, a sentence each, naming the file. Links into the web are not followed.
pub fn other_texts(course: &Course) -> Result<Vec<String>> {
    let mut findings = Vec::new();
    for folder in [course.root.clone(), course.root.join("lessons")] {
        let entries = std::fs::read_dir(&folder).map_err(|error| Error::io("read", &folder, error))?;
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.retain(|path| path.extension().is_some_and(|end| end == "md"));
        paths.sort();
        for path in paths {
            let markdown = Markdown::parse(&files::read(&path)?);
            let name = path.strip_prefix(&course.root).unwrap_or(&path).display();
            for link in &markdown.links {
                findings.extend(broken(link, &path, &markdown).map(|what| format!("{name}: the link `{link}` {what}")));
            }
        }
    }
    Ok(findings)
}

fn read(path: &Path, audit: &mut Audit) -> Option<(Markdown, PathBuf)> {
    match files::read(path) {
        Ok(text) => Some((Markdown::parse(&text), path.to_owned())),
        Err(error) => {
            audit.findings.push(error.to_string());
            None
        }
    }
}

fn broken(link: &str, from: &Path, markdown: &Markdown) -> Option<String> {
    if link.starts_with("https://") {
        return None;
    }
    let (path, anchor) = link.split_once('#').map_or((link, None), |(path, anchor)| (path, Some(anchor)));
    let target = if path.is_empty() { from.to_owned() } else { from.parent()?.join(path) };
    if !target.exists() {
        return Some("leads nowhere".to_owned());
    }
    let anchor = anchor?;
    let anchors =
        if path.is_empty() { markdown.anchors() } else { Markdown::parse(&files::read(&target).ok()?).anchors() };
    (!anchors.iter().any(|known| known == anchor)).then(|| "names no heading there".to_owned())
}

/// What is untrue of an output or a diagnostic that the text shows.
fn untrue(block: &Block, lesson: &Lesson) -> Option<String> {
    let (kind, name) = block.note.as_deref()?.split_once(": ")?;
    let shown: Vec<&str> = block.text.lines().collect();
    match kind {
        "snapshot" => {
            let named =
                name.split_once('@').and_then(|(id, seed)| Some((lesson.check(id)?, seed.parse::<u64>().ok()?)));
            let Some((check, seed)) = named else { return Some(format!("there is no snapshot `{name}`")) };
            let text = match judge::read_snapshot(&lesson.snapshot(check, seed)) {
                Ok(text) => text,
                Err(error) => return Some(error.to_string()),
            };
            let holds = grader::transcript::quoted(&text, &shown).is_some();
            (!holds).then(|| format!("what is shown is not in the snapshot `{name}`"))
        }
        "compiler" => {
            let Some(case) = lesson.checks.iter().flat_map(Check::cases).find(|case| case.name == name) else {
                return Some(format!("there is no compile case `{name}`"));
            };
            let text = files::read(&case.stderr).ok()?;
            let all: Vec<&str> = text.lines().collect();
            let holds = all.windows(shown.len().max(1)).any(|part| part == shown);
            (!holds).then(|| format!("what is shown is not in `{name}.fail.stderr`"))
        }
        _ => None,
    }
}

fn unpinned_codes(markdown: &Markdown, lesson: &Lesson) -> Result<BTreeSet<String>> {
    let mut pinned = BTreeSet::new();
    for case in lesson.checks.iter().flat_map(Check::cases) {
        if case.stderr.is_file() {
            pinned.extend(judge::read_pinned(case)?.into_iter().map(|pinned| pinned.name));
        }
    }
    let texts =
        markdown.prose.iter().map(String::as_str).chain(markdown.blocks.iter().map(|block| block.text.as_str()));
    let mut shown = BTreeSet::new();
    for text in texts {
        for word in text.split(|c: char| !c.is_ascii_alphanumeric()) {
            if word.len() == 5 && word.starts_with('E') && word[1..].bytes().all(|byte| byte.is_ascii_digit()) {
                shown.insert(word.to_owned());
            }
        }
    }
    // A block that must fail with a code pins that code itself.
    for block in markdown.blocks.iter().filter(|block| block.info.starts_with("rust,compile_fail,")) {
        pinned.extend(block.info.split(',').skip(2).map(str::to_owned));
    }
    Ok(shown.difference(&pinned).cloned().collect())
}

/// Runs each Python block that is followed by its output. Without a Python on this machine nothing can be said.
fn python(markdown: &Markdown, audit: &mut Audit) -> Result<()> {
    let Some(python) = find_in_path("python3") else { return Ok(()) };
    for pair in markdown.blocks.windows(2) {
        let [program, output] = pair else { continue };
        if program.info != "python" || output.note.as_deref() != Some("python prints") {
            continue;
        }
        let exit = bounded(&python, vec!["-c".into(), program.text.clone().into()], Path::new("."), Vec::new())?;
        let printed = String::from_utf8_lossy(&exit.stdout).into_owned();
        if printed != output.text && printed.trim_end_matches('\n') != output.text.trim_end_matches('\n') {
            audit.findings.push(format!("README.md: line {}: Python prints\n{printed}", output.line));
        }
    }
    Ok(())
}

fn find_in_path(name: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?).map(|folder| folder.join(name)).find(|path| path.is_file())
}

/// Compiles and runs the Rust blocks of a README, with rustdoc, against the reference solution under the lesson's name.
fn rust(grader: &Grader, lesson: &Lesson, readme: &Path, audit: &mut Audit) -> Result<()> {
    let (library, dependencies) = grader.reference_library(lesson)?;
    let own = (lesson.id.crate_name(), library);
    if let Some(said) = doctest(grader, Some(&own), &dependencies, readme)? {
        audit.findings.push(format!("README.md: its Rust blocks do not hold:\n{said}"));
    }
    Ok(())
}

/// What is wrong with the Rust in a page that belongs to no lesson, and may use these crates of the workspace. Nothing, if
/// it compiles and runs.
pub fn page(grader: &Grader, path: &Path, crates: &[&str]) -> Result<Option<String>> {
    let crates: Vec<String> = crates.iter().map(|name| (*name).to_owned()).collect();
    let dependencies = Dependencies::of(&grader.course, &grader.toolchain, &crates, &|_| {})?;
    doctest(grader, None, &dependencies, path)
}

/// Runs the Rust blocks of a file, as rustdoc does. Gives what it says, if that is not that all is well.
fn doctest(
    grader: &Grader,
    own: Option<&(String, PathBuf)>,
    dependencies: &Dependencies,
    path: &Path,
) -> Result<Option<String>> {
    let rustdoc = grader.toolchain.rustc.with_file_name(format!("rustdoc{}", std::env::consts::EXE_SUFFIX));
    let mut args: Vec<std::ffi::OsString> = vec!["--test".into(), "--edition=2024".into()];
    for (name, library) in own.into_iter().chain(&dependencies.externs) {
        args.push(format!("--extern={name}={}", library.display()).into());
    }
    if let Some(search) = &dependencies.search {
        args.push(format!("-Ldependency={}", search.display()).into());
    }
    args.push(path.into());
    let folder = Temporary::new()?;
    let exit = bounded(&rustdoc, args, folder.path(), build_env())?;
    let said = || format!("{}{}", String::from_utf8_lossy(&exit.stdout), String::from_utf8_lossy(&exit.stderr));
    Ok((exit.ended != Ended::Code(0)).then(said))
}
