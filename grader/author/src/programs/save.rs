//! From an edited copy of the solution, or of a right program, to a patch.

use super::{Head, SOLUTION, apply, base, head, make};
use grader::error::{Error, Result};
use grader::files;
use grader::lesson::Lesson;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Writes `wrong/NAME.patch` for an edited copy, NAME being the copy's; gives where, and what it starts from.
///
/// `edited` is a file, or the folder of a crate's sources. Its head becomes the patch's; without one, a patch of that name
/// keeps its own. The base is the head's; else whichever of the solution and the right programs makes the shortest patch.
pub fn save(lesson: &Lesson, solution: &Path, edited: &Path) -> Result<(PathBuf, String)> {
    let off = |what: String| Error::Usage(format!("`{}` {what}", edited.display()));
    let name = edited.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut program = if edited.is_dir() {
        files::crate_files(edited)?
    } else {
        BTreeMap::from([("lib.rs".to_owned(), files::read(edited)?)])
    };
    let text = program.get("lib.rs").ok_or_else(|| off("has no `lib.rs`".to_owned()))?;
    let path = lesson.dir.join("wrong").join(format!("{name}.patch"));
    for other in [path.with_extension("rs"), path.with_extension("")] {
        if other.exists() {
            return Err(off(format!("would be a second program of its name: `{}` is there", other.display())));
        }
    }
    let (mut head, rest) = head::split(text);
    program.insert("lib.rs".to_owned(), rest);
    if head.is_empty() && path.is_file() {
        head = files::read(&path)?
            .lines()
            .take_while(|line| line.starts_with('#'))
            .map(|line| format!("{line}\n"))
            .collect();
    }
    let known = Head::of(&path, &head);
    for key in ["fails", "en", "ru"] {
        known.get(key).map_err(|_| {
            off(format!("should begin with `//! fails:`, `//! en:` and `//! ru:` and a blank line: `{key}` is missing"))
        })?;
    }
    let bases = match known.get("base") {
        Ok(named) => vec![named],
        Err(_) => bases(lesson)?,
    };
    let mut patches = Vec::new();
    for name in bases {
        let files = base(lesson, solution, &name, edited)?;
        // A patch can't add or remove files.
        if files.keys().eq(program.keys()) {
            patches.push((make(&files, &program), name, files));
        }
    }
    let Some((patch, from, files)) = patches.into_iter().min_by_key(|(patch, ..)| patch.len()) else {
        return Err(off("has other files than the solution and the right programs".to_owned()));
    };
    if patch.is_empty() {
        return Err(off(format!("changes nothing in `{from}`")));
    }
    if known.get("base").is_err() && from != SOLUTION {
        head = format!("# base: {from}\n{head}");
    }
    let whole = format!("{head}{patch}");
    if apply(&whole, files, &path)? != program {
        return Err(Error::machine(format!("the patch of `{}` does not make it again", edited.display())));
    }
    files::write(&path, whole.as_bytes())?;
    Ok((path, from))
}

/// Everything that a patch may start from: the solution, and each right program that is no patch itself.
fn bases(lesson: &Lesson) -> Result<Vec<String>> {
    let mut all = vec![SOLUTION.to_owned()];
    let folder = lesson.dir.join("right");
    let entries = std::fs::read_dir(&folder).map_err(|error| Error::io("list", &folder, error))?;
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.extension().is_none_or(|end| end == "rs") {
            all.push(format!("right/{}", path.file_stem().unwrap_or_default().to_string_lossy()));
        }
    }
    all.sort_by_key(|name| (name != SOLUTION, name.clone()));
    Ok(all)
}
