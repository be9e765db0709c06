//! Whether a lesson's probe has a function for each check and no other, and waits for nothing real.

use proc_macro2::{TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use syn::visit::Visit;
use syn::{Item, ItemUse, UseTree};

/// What waits for real time, or reads it: a verdict would rest on the machine's speed.
const REAL_TIME: [&str; 5] = [
    "std::thread::sleep",
    "std::thread::sleep_until",
    "std::thread::park_timeout",
    "std::time::Instant::now",
    "std::time::SystemTime::now",
];

/// What is wrong with a probe whose lesson has these functions for its output checks, a sentence each.
///
/// Fails with what `syn` says where the file is no Rust.
pub fn findings(text: &str, functions: &BTreeSet<String>) -> Result<Vec<String>, syn::Error> {
    let file = syn::parse_file(text)?;
    let (mut marked, mut listed) = (BTreeSet::new(), BTreeSet::new());
    for item in &file.items {
        match item {
            Item::Fn(it) if it.attrs.iter().any(|attr| is(attr.path(), "check")) => {
                marked.insert(it.sig.ident.to_string());
            }
            Item::Macro(it) if is(&it.mac.path, "main") => {
                let words = it.mac.tokens.clone().into_iter();
                listed.extend(
                    words.filter_map(|it| if let TokenTree::Ident(it) = it { Some(it.to_string()) } else { None }),
                );
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    for name in functions.difference(&listed) {
        found.push(format!("no function `{name}` for the check `{}` in `probe::main!(…)`", name.replace('_', "-")));
    }
    for name in listed.union(&marked).filter(|name| !functions.contains(*name)) {
        let id = name.replace('_', "-");
        found.push(format!("`{name}` is no check of the lesson: `[[check]]` with `id = \"{id}\"` and `kind = \"output\"` in lesson.toml, or take it out"));
    }
    for name in marked.difference(&listed).filter(|name| functions.contains(*name)) {
        found.push(format!("`{name}` is not named in `probe::main!(…)`"));
    }
    for name in listed.difference(&marked) {
        found.push(format!("`fn {name}` should carry `#[check]`"));
    }
    let mut uses = Uses::default();
    uses.visit_file(&file);
    let tokens = text.parse::<TokenStream>().map_err(syn::Error::from)?;
    let mut paths = Vec::new();
    paths_of(tokens, &mut paths);
    for (line, path) in paths {
        let full = uses.full(&path);
        if REAL_TIME.contains(&full.as_str()) && !excused(text, line) {
            found.push(format!("line {line}: `{full}` is real time, and no verdict may rest on it: take the clock as a parameter, order with a gate, or pause tokio's clock; where it only bounds the wait for a wrong program, say so above: `{EXCUSE}…`"));
        }
    }
    Ok(found)
}

/// Whether a comment there, or right above, says why real time decides nothing here: `// Real time: …`.
fn excused(text: &str, line: usize) -> bool {
    let said = |line: &str| line.split_once(EXCUSE).is_some_and(|(_, why)| !why.trim().is_empty());
    text.lines().skip(line.saturating_sub(2)).take(2.min(line)).any(said)
}

/// What a comment begins with that says why real time is no harm: where it only bounds the wait for a wrong program.
pub const EXCUSE: &str = "// Real time: ";

fn is(path: &syn::Path, name: &str) -> bool {
    path.segments.last().is_some_and(|last| last.ident == name)
}

/// What names stand for, as `use` says.
#[derive(Default)]
struct Uses(BTreeMap<String, Vec<String>>);

impl Uses {
    fn add(&mut self, tree: &UseTree, before: &[String]) {
        let with = |name: String| before.iter().cloned().chain([name]).collect::<Vec<_>>();
        match tree {
            UseTree::Path(it) => self.add(&it.tree, &with(it.ident.to_string())),
            UseTree::Name(it) if it.ident == "self" => {
                if let Some(last) = before.last() {
                    self.0.insert(last.clone(), before.to_vec());
                }
            }
            UseTree::Name(it) => drop(self.0.insert(it.ident.to_string(), with(it.ident.to_string()))),
            UseTree::Rename(it) => drop(self.0.insert(it.rename.to_string(), with(it.ident.to_string()))),
            UseTree::Group(it) => it.items.iter().for_each(|tree| self.add(tree, before)),
            // Everything of a module: what is meant then shows where it is called by its own name.
            UseTree::Glob(_) => {
                for path in REAL_TIME {
                    let parts: Vec<String> = path.split("::").map(str::to_owned).collect();
                    if parts.starts_with(before) && parts.len() > before.len() {
                        self.0.insert(parts[before.len()].clone(), parts[..=before.len()].to_vec());
                    }
                }
            }
        }
    }

    fn full(&self, path: &[String]) -> String {
        match path.first().and_then(|first| self.0.get(first)) {
            Some(start) => start.iter().chain(&path[1..]).cloned().collect::<Vec<_>>().join("::"),
            None => path.join("::"),
        }
    }
}

impl Visit<'_> for Uses {
    fn visit_item_use(&mut self, item: &ItemUse) {
        self.add(&item.tree, &[]);
    }
}

/// The paths `a::b::c` of a source with their lines, also those inside of macros, which no parser of Rust looks into.
fn paths_of(tokens: TokenStream, into: &mut Vec<(usize, Vec<String>)>) {
    let mut open: Option<(usize, Vec<String>)> = None;
    let mut colons = 0;
    for token in tokens {
        match token {
            TokenTree::Ident(word) => {
                match &mut open {
                    Some((_, path)) if colons == 2 => path.push(word.to_string()),
                    _ => into.extend(open.replace((word.span().start().line, vec![word.to_string()]))),
                }
                colons = 0;
            }
            TokenTree::Punct(sign) if sign.as_char() == ':' => colons += 1,
            TokenTree::Group(group) => {
                into.extend(open.take());
                paths_of(group.stream(), into);
            }
            _ => into.extend(open.take()),
        }
    }
    into.extend(open);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, functions: &[&str]) -> Vec<String> {
        findings(text, &functions.iter().map(|it| (*it).to_owned()).collect()).unwrap()
    }

    #[test]
    fn each_check_has_its_function_and_each_function_its_check() {
        let text = "use probe::check;\n#[check]\nfn slide(_: &mut Inputs) {}\n#[probe::check]\npub fn early_exit(_: &mut Inputs) {}\nprobe::main!(slide, early_exit);\n";
        assert_eq!(found(text, &["slide", "early_exit"]), [] as [&str; 0]);
        assert_eq!(
            found(text, &["slide", "early_exit", "more"]),
            ["no function `more` for the check `more` in `probe::main!(…)`"]
        );
        assert!(found(text, &["slide"])[0].starts_with("`early_exit` is no check of the lesson"));
        let unlisted = text.replace("(slide, early_exit)", "(slide)");
        assert!(
            found(&unlisted, &["slide", "early_exit"])
                .contains(&"`early_exit` is not named in `probe::main!(…)`".to_owned())
        );
        assert_eq!(
            found(&text.replace("#[probe::check]\n", ""), &["slide", "early_exit"]),
            ["`fn early_exit` should carry `#[check]`"]
        );
    }

    #[test]
    fn real_time_is_found_by_whatever_name_and_tokios_is_not() {
        let lines = |text: &str| found(text, &[]).iter().filter(|it| it.starts_with("line ")).count();
        for real in [
            "fn f() { std::thread::sleep(d); }",
            "use std::thread::{self, Builder};\nfn f() { thread::sleep(d); }",
            "use std::time::Instant as Now;\nfn f() { mark!(\"{:?}\", Now::now()); }",
            "fn f() { use std::thread::sleep; sleep(d); }",
            "use std::time::*;\nfn f() { SystemTime::now(); }",
            "fn f() { ::std::time::Instant::now(); }",
        ] {
            assert_eq!(lines(real), 1 + usize::from(real.contains("use std::thread::sleep")), "{real}");
        }
        for fine in [
            "fn f() {\n    // Real time: it only ends the wait for a wrong program.\n    std::thread::sleep(d);\n}",
            "use tokio::time::{Instant, sleep};\nasync fn f() { sleep(d).await; Instant::now(); }",
            "use std::time::Duration;\nfn f(clock: &C) { clock.now(); }",
        ] {
            assert_eq!(lines(fine), 0, "{fine}");
        }
    }
}
