//! The student's editor: which one it is, and how it is told a line.

use std::path::Path;

/// The editor's command, by the variables that name it: `VISUAL`, else `EDITOR`.
pub fn of(variable: impl Fn(&str) -> Option<String>) -> Option<String> {
    ["VISUAL", "EDITOR"].into_iter().filter_map(variable).find(|command| !command.trim().is_empty())
}

/// The program and its arguments that open a file at a line. An editor that is not known is given the file alone.
pub fn call(editor: &str, file: &Path, line: u64) -> (String, Vec<String>) {
    let mut words = editor.split_whitespace().map(str::to_owned);
    let program = words.next().unwrap_or_default();
    let mut args: Vec<String> = words.collect();
    let path = file.display().to_string();
    let name = Path::new(&program).file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    match name.as_str() {
        "vi" | "vim" | "nvim" | "gvim" | "nano" | "emacs" | "emacsclient" | "micro" | "kak" | "joe" | "ne" => {
            args.extend([format!("+{line}"), path]);
        }
        "code" | "codium" | "code-insiders" | "cursor" => args.extend(["--goto".to_owned(), format!("{path}:{line}")]),
        "hx" | "helix" | "subl" | "zed" => args.push(format!("{path}:{line}")),
        "idea" | "rustrover" | "clion" | "kate" => args.extend(["--line".to_owned(), line.to_string(), path]),
        _ => args.push(path),
    }
    (program, args)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_editor_is_told_the_line_in_its_own_way() {
        let said = |editor: &str| {
            let (program, args) = call(editor, Path::new("src/lib.rs"), 7);
            format!("{program} {}", args.join(" "))
        };
        assert_eq!(said("vim"), "vim +7 src/lib.rs");
        assert_eq!(said("/usr/bin/nvim -p"), "/usr/bin/nvim -p +7 src/lib.rs");
        assert_eq!(said("code --wait"), "code --wait --goto src/lib.rs:7");
        assert_eq!(said("hx"), "hx src/lib.rs:7");
        assert_eq!(said("ed"), "ed src/lib.rs");
    }

    #[test]
    fn an_empty_variable_names_no_editor() {
        assert_eq!(of(|name| (name == "VISUAL").then(String::new)), None);
        assert_eq!(of(|name| Some(name.to_lowercase())).as_deref(), Some("visual"));
        assert_eq!(of(|name| Some(if name == "VISUAL" { " " } else { "vi" }.to_owned())).as_deref(), Some("vi"));
    }
}
