//! From `lesson.toml` to a lesson: every key that there is, and every mistake that can be seen in one file.

use super::{Bounds, Case, Check, CheckKind, Flaw, Lesson, Reveal, Search};
use crate::course::LessonId;
use crate::error::Result;
use crate::manifest::Node;
use crate::words::Text;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

pub(super) fn lesson(root: &Node<'_>, id: &LessonId, dir: &Path, checks_hash: String) -> Result<Lesson> {
    root.only(&["slides", "minutes", "title", "dependencies", "probe_dependencies", "words", "check"])?;
    let mut checks: Vec<Check> = Vec::new();
    for node in root.get("check")?.list()? {
        let mut check = check(&node, root, dir)?;
        if matches!(check.kind, CheckKind::Explored { .. }) && node.find("needs").is_none() {
            let output = checks.iter().filter(|earlier| matches!(earlier.kind, CheckKind::Output { .. }));
            check.needs = output.map(|earlier| earlier.id.clone()).collect();
        }
        if checks.iter().any(|earlier| earlier.id == check.id) {
            return Err(node.wrong(&format!("is the second check called `{}`", check.id)));
        }
        if let Some(unknown) = check.needs.iter().find(|need| !checks.iter().any(|c| c.id == **need)) {
            return Err(node.wrong(&format!("needs `{unknown}`, which is no check above it")));
        }
        checks.push(check);
    }
    if checks.is_empty() {
        return Err(root.wrong("has no check"));
    }
    Ok(Lesson {
        id: id.clone(),
        title: root.get("title")?.both_languages()?,
        slides: root.get("slides")?.numbers()?,
        minutes: root.get("minutes")?.number()?,
        dependencies: strings(root, "dependencies")?,
        probe_dependencies: strings(root, "probe_dependencies")?,
        checks,
        rules: BTreeMap::new(),
        dir: dir.to_owned(),
        checks_hash,
    })
}

fn strings(node: &Node<'_>, key: &str) -> Result<Vec<String>> {
    node.find(key).map_or(Ok(Vec::new()), |list| list.strings())
}

const OF_OUTPUT: [&str; 7] = ["seeds", "deadline_ms", "cpu_ms", "memory_mib", "output_kib", "hang", "fixtures"];
const OF_COMPILE: [&str; 2] = ["cases", "why"];
const OF_EXPLORED: [&str; 3] = ["max_preemptions", "max_schedules", "prints"];
const OF_TEST: [&str; 2] = ["services", "flaws"];
const OF_ALL: [&str; 10] = ["id", "title", "points", "kind", "needs", "holds", "hidden", "reveal", "section", "hints"];

fn check(node: &Node<'_>, root: &Node<'_>, dir: &Path) -> Result<Check> {
    node.only(&[OF_ALL.as_slice(), &OF_OUTPUT, &OF_COMPILE, &OF_EXPLORED, &OF_TEST].concat())?;
    let id = node.get("id")?.string()?;
    if !id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
        return Err(node.get("id")?.wrong("should be lower-case letters, digits and hyphens"));
    }
    let points = node.get("points")?;
    if points.number()? == 0 {
        return Err(points.wrong("should be 1 or more: a check that is worth nothing holds nothing"));
    }
    let hidden = node.find("hidden").map_or(Ok(false), |hidden| hidden.flag())?;
    let usual = if hidden { Reveal::Count } else { Reveal::Full };
    Ok(Check {
        id,
        title: node.get("title")?.both_languages()?,
        points: points.number()?,
        needs: strings(node, "needs")?,
        holds: strings(node, "holds")?,
        hidden,
        reveal: node.find("reveal").map_or(Ok(usual), |node| reveal(&node))?,
        section: node.find("section").map_or(Ok("The task".to_owned()), |section| section.string())?,
        hints: hints(&node.get("hints")?)?,
        kind: kind(node, root, dir)?,
    })
}

fn reveal(node: &Node<'_>) -> Result<Reveal> {
    match node.string()?.as_str() {
        "full" => Ok(Reveal::Full),
        "diff" => Ok(Reveal::Diff),
        "hint" => Ok(Reveal::Hint),
        "count" => Ok(Reveal::Count),
        _ => Err(node.wrong("should be `full`, `diff`, `hint` or `count`")),
    }
}

fn hints(node: &Node<'_>) -> Result<[Text; 3]> {
    node.only(&["en", "ru"])?;
    let (en, ru) = (node.get("en")?.strings()?, node.get("ru")?.strings()?);
    let pairs =
        |[a, b, c]: [String; 3], [d, e, f]: [String; 3]| [(a, d), (b, e), (c, f)].map(|(en, ru)| Text { en, ru });
    match (<[String; 3]>::try_from(en), <[String; 3]>::try_from(ru)) {
        (Ok(en), Ok(ru)) => Ok(pairs(en, ru)),
        _ => Err(node.wrong("should have three levels in each language")),
    }
}

/// A text in both languages, or the name of one in the lesson's `[words]`, which several checks share.
fn text(node: &Node<'_>, root: &Node<'_>) -> Result<Text> {
    let Ok(name) = node.string() else { return node.both_languages() };
    match root.find("words").and_then(|words| words.find(&name)) {
        Some(words) => words.both_languages(),
        None => {
            Err(node
                .wrong(&format!("should be a text in both languages, or a name in `[words]`: there is no `{name}`")))
        }
    }
}

fn kind(node: &Node<'_>, root: &Node<'_>, dir: &Path) -> Result<CheckKind> {
    let absent = |keys: &[&str]| match keys.iter().find_map(|key| node.find(key)) {
        Some(key) => Err(key.wrong("does not go with this kind of check")),
        None => Ok(()),
    };
    let kind = node.get("kind")?;
    match kind.string()?.as_str() {
        "output" => {
            absent(&[OF_COMPILE.as_slice(), &OF_EXPLORED, &OF_TEST].concat())?;
            let fixtures = strings(node, "fixtures")?.into_iter().map(|name| dir.join("fixtures").join(name)).collect();
            let missing = |path: &&std::path::PathBuf| !path.is_file();
            let fixtures: Vec<_> = fixtures;
            if let Some(path) = fixtures.iter().find(missing) {
                return Err(node.get("fixtures")?.wrong(&format!("names `{}`, which is not there", path.display())));
            }
            Ok(CheckKind::Output {
                seeds: node.find("seeds").map_or(Ok(vec![1, 2]), |seeds| seeds.numbers())?,
                bounds: bounds(node)?,
                hang: node.find("hang").map(|hang| text(&hang, root)).transpose()?,
                fixtures,
            })
        }
        "compile" => {
            absent(&[OF_OUTPUT.as_slice(), &OF_EXPLORED, &OF_TEST].concat())?;
            let cases = node.get("cases")?;
            let pairs: Vec<Case> = cases.strings()?.into_iter().map(|name| Case::named(dir, name)).collect();
            if let Some(path) = pairs.iter().flat_map(|case| [&case.fail, &case.pass]).find(|path| !path.is_file()) {
                return Err(cases.wrong(&format!("names a case without its file `{}`", path.display())));
            }
            Ok(CheckKind::Compile { cases: pairs, why: text(&node.get("why")?, root)? })
        }
        "explored" => {
            absent(&[OF_OUTPUT.as_slice(), &OF_COMPILE, &OF_TEST].concat())?;
            if !dir.join("explored.rs").is_file() {
                return Err(kind.wrong("needs the file `explored.rs` beside `probe.rs`, which is not there"));
            }
            let prints = strings(node, "prints")?.iter().map(|line| format!("{line}\n")).collect();
            Ok(CheckKind::Explored { search: search(node)?, prints })
        }
        "test" => {
            absent(&[OF_COMPILE.as_slice(), &OF_EXPLORED, &["seeds", "hang", "fixtures"]].concat())?;
            let (services, flaws) = services(node, dir)?;
            Ok(CheckKind::Test { services, flaws, bounds: bounds(node)? })
        }
        _ => Err(kind.wrong("should be `output`, `compile`, `explored` or `test`")),
    }
}

/// The services that a learner's tests are held against, and what can be broken in them.
fn services(node: &Node<'_>, dir: &Path) -> Result<(Vec<std::path::PathBuf>, Vec<Flaw>)> {
    let list = node.get("services")?;
    let names = list.strings()?;
    let services: Vec<_> = names.iter().map(|name| dir.join("services").join(format!("{name}.rs"))).collect();
    if let Some(path) = services.iter().find(|path| !path.is_file()) {
        return Err(list.wrong(&format!("names a service without its file `{}`", path.display())));
    }
    if services.is_empty() {
        return Err(list.wrong("should name a service: tests are run against something"));
    }
    let mut flaws: Vec<Flaw> = Vec::new();
    for flaw in node.get("flaws")?.list()? {
        flaw.only(&["id", "service", "does"])?;
        let id = flaw.get("id")?.string()?;
        if flaws.iter().any(|earlier| earlier.id == id) {
            return Err(flaw.wrong(&format!("is the second flaw called `{id}`")));
        }
        let service = match flaw.find("service") {
            None => 0,
            Some(node) => {
                let named = node.string()?;
                let at = names.iter().position(|name| *name == named);
                at.ok_or_else(|| node.wrong(&format!("should be one of the services: there is no `{named}`")))?
            }
        };
        flaws.push(Flaw { id, service, does: flaw.get("does")?.both_languages()? });
    }
    if flaws.is_empty() {
        return Err(node.get("flaws")?.wrong("should hold a flaw: a test that nothing can fail holds nothing"));
    }
    Ok((services, flaws))
}

fn search(node: &Node<'_>) -> Result<Search> {
    let mut search = Search::default();
    if let Some(most) = node.find("max_preemptions") {
        let n = most.number()?;
        search.max_preemptions =
            u32::try_from(n).ok().filter(|n| *n <= 8).ok_or_else(|| most.wrong("should be 8 or less"))?;
    }
    if let Some(most) = node.find("max_schedules") {
        search.max_schedules = most.number()?;
        if search.max_schedules == 0 {
            return Err(most.wrong("should be 1 or more"));
        }
    }
    Ok(search)
}

fn bounds(node: &Node<'_>) -> Result<Bounds> {
    let number = |key: &str| node.find(key).map(|node| node.number()).transpose();
    let mut bounds = number("deadline_ms")?.map_or(Bounds::default(), |ms| Bounds::within(Duration::from_millis(ms)));
    if let Some(ms) = number("cpu_ms")? {
        bounds.cpu = Duration::from_millis(ms);
    }
    if let Some(mib) = number("memory_mib")? {
        bounds.memory = mib << 20;
    }
    if let Some(kib) = number("output_kib")? {
        bounds.output = usize::try_from(kib << 10).unwrap_or(usize::MAX);
    }
    Ok(bounds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;
    use crate::manifest::parse_text;

    const GOOD: &str = r#"
slides = [8]
minutes = 35
title = { en = "A", ru = "Б" }
[words.waits]
en = "It waits."
ru = "Ждёт."
[[check]]
id = "slide"
kind = "output"
points = 10
deadline_ms = 9000
memory_mib = 64
output_kib = 8
hang = "waits"
title = { en = "a", ru = "б" }
hints = { en = ["1", "2", "3"], ru = ["1", "2", "3"] }
"#;

    fn read(text: &str) -> std::result::Result<Lesson, String> {
        let id = LessonId { number: 8, slug: "x".to_owned() };
        parse_text(Path::new("lesson.toml"), text, |root| lesson(&root, &id, Path::new("/nowhere"), String::new()))
            .map_err(|error: Error| error.to_string())
    }

    #[test]
    fn words_are_shared_and_bounds_are_read() {
        let lesson = read(GOOD).unwrap();
        let CheckKind::Output { bounds, hang, seeds, .. } = &lesson.checks[0].kind else { panic!() };
        assert_eq!(hang.as_ref().unwrap().ru, "Ждёт.");
        assert_eq!(*seeds, [1, 2]);
        let (deadline, cpu) = (Duration::from_secs(9), Duration::from_secs(4));
        assert_eq!(*bounds, Bounds { deadline, cpu, memory: 64 << 20, output: 8 << 10 });
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line_and_all_wrong_keys_come_at_once() {
        let of = |from: &str, to: &str| read(&GOOD.replace(from, to)).unwrap_err();
        assert!(of("points = 10", "points = 0").contains("`check[0].points` should be 1 or more"));
        assert!(of("\"waits\"", "\"sleeps\"").contains("there is no `sleeps`"));
        assert!(of("hang =", "cases =").contains("does not go with this kind"));
        assert!(of("\"output\"", "\"outputs\"").starts_with("`lesson.toml:10`: `check[0].kind` should be"));
        let both = of("minutes = 35", "minuts = 35\nslide = 2\n");
        assert!(
            both.contains("`minuts`") && both.contains("`slide`") && both.contains("lacks the key `minutes`"),
            "{both}"
        );
    }

    #[test]
    fn an_explored_check_needs_the_output_checks_above_it_and_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let more = "[[check]]\nid = \"races\"\nkind = \"explored\"\npoints = 5\nmax_preemptions = 3\nprints = [\"a\", \"b\"]\n\
                    title = { en = \"a\", ru = \"б\" }\nhints = { en = [\"1\", \"2\", \"3\"], ru = [\"1\", \"2\", \"3\"] }\n";
        let id = LessonId { number: 8, slug: "x".to_owned() };
        let read = |more: &str| {
            let text = format!("{GOOD}{more}");
            parse_text(Path::new("lesson.toml"), &text, |root| lesson(&root, &id, folder.path(), String::new()))
                .map_err(|error| error.to_string())
        };
        assert!(read(more).unwrap_err().contains("needs the file `explored.rs`"));
        crate::files::write(&folder.path().join("explored.rs"), b"").unwrap();
        let lesson = read(more).unwrap();
        assert_eq!(lesson.checks[1].needs, ["slide"]);
        let CheckKind::Explored { search, prints } = &lesson.checks[1].kind else { panic!() };
        assert_eq!(prints, "a\nb\n");
        assert_eq!(*search, Search { max_preemptions: 3, ..Search::default() });
        assert!(read(&more.replace("= 3", "= 9")).unwrap_err().contains("should be 8 or less"));
        assert!(read(&more.replace("max_preemptions = 3", "seeds = [1]")).unwrap_err().contains("does not go with"));
    }

    #[test]
    fn a_test_check_names_services_and_what_can_be_broken_in_them() {
        let folder = tempfile::tempdir().unwrap();
        let more = "[[check]]\nid = \"own\"\nkind = \"test\"\npoints = 5\nservices = [\"a\", \"b\"]\n\
                    title = { en = \"a\", ru = \"б\" }\nhints = { en = [\"1\", \"2\", \"3\"], ru = [\"1\", \"2\", \"3\"] }\n\
                    [[check.flaws]]\nid = \"x\"\nservice = \"b\"\ndoes = { en = \"stops\", ru = \"стоит\" }\n";
        let id = LessonId { number: 8, slug: "x".to_owned() };
        let read = |more: &str| {
            let text = format!("{GOOD}{more}");
            parse_text(Path::new("lesson.toml"), &text, |root| lesson(&root, &id, folder.path(), String::new()))
                .map_err(|error| error.to_string())
        };
        assert!(read(more).unwrap_err().contains("names a service without its file"));
        for name in ["a", "b"] {
            crate::files::write(&folder.path().join(format!("services/{name}.rs")), b"").unwrap();
        }
        let lesson = read(more).unwrap();
        let CheckKind::Test { services, flaws, .. } = &lesson.checks[1].kind else { panic!() };
        assert_eq!((services.len(), flaws[0].service, flaws[0].does.ru.as_str()), (2, 1, "стоит"));
        assert!(read(&more.replace("service = \"b\"", "service = \"c\"")).unwrap_err().contains("there is no `c`"));
        assert!(read(&more.replace("points = 5", "points = 5\nseeds = [1]")).unwrap_err().contains("does not go with"));
        let twice = "[[check.flaws]]\nid = \"x\"\ndoes = { en = \"a\", ru = \"б\" }\n";
        assert!(read(&format!("{more}{twice}")).unwrap_err().contains("is the second flaw called `x`"));
    }

    #[test]
    fn a_hidden_check_reveals_little_unless_it_says_so() {
        let with = |more: &str| read(&GOOD.replace("points = 10", &format!("points = 10\n{more}"))).unwrap().checks;
        assert_eq!(with("hidden = true")[0].reveal, Reveal::Count);
        assert_eq!(with("hidden = true\nreveal = \"hint\"")[0].reveal, Reveal::Hint);
        assert_eq!(with("")[0].reveal, Reveal::Full);
    }
}
