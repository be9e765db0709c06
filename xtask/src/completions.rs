//! `cargo xtask completions`: what a shell needs to complete the commands, their flags and the lessons' names.
//!
//! The command is `cargo xtask`, so cargo's own completion is kept, and asked for everything else.

use crate::cli;
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches};
use grader::course::Course;
use grader::error::Result;
use grader::exit_code::ExitCode;
use grader::words::Lang;
use report::screen;
use std::fmt::Write as _;

pub fn takes() -> clap::Command {
    let shell = Arg::new("shell").value_name("SHELL").required(true);
    clap::Command::new("completions")
        .about("Print what your shell needs to complete these commands")
        .arg(shell.value_parser(PossibleValuesParser::new(["bash", "zsh", "fish"])).help("Your shell"))
        .after_help(
            "bash:  echo 'source <(cargo xtask completions bash)' >> ~/.bashrc\n\
             zsh:   cargo xtask completions zsh > a file, which ~/.zshrc sources after `compinit`\n\
             fish:  cargo xtask completions fish > ~/.config/fish/completions/cargo-xtask.fish",
        )
}

/// Prints the script. It holds the lessons and commands of this course as they are now.
pub fn run(course: Course, said: &ArgMatches, _: Lang) -> Result<ExitCode> {
    let lessons: Vec<String> = course.lessons.iter().flat_map(|id| [id.to_string(), id.slug.clone()]).collect();
    let commands: Vec<Entry> = cli::command().get_subcommands().map(Entry::of).collect();
    let script = match said.get_one::<String>("shell").map(String::as_str) {
        Some("zsh") => format!("autoload -Uz bashcompinit && bashcompinit\n{}", bash(&commands, &lessons)),
        Some("fish") => fish(&commands, &lessons),
        _ => bash(&commands, &lessons),
    };
    screen::data(&script)?;
    Ok(ExitCode::Passed)
}

/// A command, as completions know it.
struct Entry {
    name: String,
    about: String,
    flags: Vec<String>,
}

impl Entry {
    fn of(command: &clap::Command) -> Entry {
        let flags = command.get_arguments().filter(|arg| !arg.is_hide_set());
        let flags = flags.filter_map(|arg| arg.get_long()).map(|long| format!("--{long}"));
        Entry {
            name: command.get_name().to_owned(),
            about: command.get_about().map(ToString::to_string).unwrap_or_default(),
            flags: flags.chain(["--lang".to_owned(), "--help".to_owned()]).collect(),
        }
    }
}

fn bash(commands: &[Entry], lessons: &[String]) -> String {
    let names: Vec<&str> = commands.iter().map(|command| command.name.as_str()).collect();
    let mut flags = String::new();
    for command in commands {
        let _ = writeln!(flags, "    {}) words='{}' ;;", command.name, command.flags.join(" "));
    }
    format!(
        "_cargo_xtask_before=$(complete -p cargo 2>/dev/null | sed -n 's/.*-F \\([^ ]*\\).*/\\1/p')\n\
         _cargo_xtask() {{\n  local word=\"${{COMP_WORDS[COMP_CWORD]}}\" words=\n  \
         if [ \"${{COMP_WORDS[1]}}\" != xtask ]; then\n    \
         case \"$_cargo_xtask_before\" in ''|_cargo_xtask) ;; *) \"$_cargo_xtask_before\" \"$@\" ;; esac\n    return\n  fi\n  \
         if [ \"$COMP_CWORD\" -eq 2 ]; then\n    words='{}'\n  elif [[ $word == -* ]]; then\n    \
         case \"${{COMP_WORDS[2]}}\" in\n{flags}    esac\n  else\n    words='{}'\n  fi\n  \
         COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n}}\ncomplete -o default -F _cargo_xtask cargo\n",
        names.join(" "),
        lessons.join(" "),
    )
}

fn fish(commands: &[Entry], lessons: &[String]) -> String {
    let quoted = |text: &str| format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"));
    let mut out = String::from(
        "function __cargo_xtask\n    set -l words (commandline -opc)\n    test (count $words) -ge 2; and test $words[2] = xtask\nend\n\
         function __cargo_xtask_at\n    set -l words (commandline -opc)\n    __cargo_xtask; and test (count $words) -ge 3; and test $words[3] = $argv[1]\nend\n\
         function __cargo_xtask_bare\n    set -l words (commandline -opc)\n    __cargo_xtask; and test (count $words) -eq 2\nend\n",
    );
    for Entry { name, about, flags } in commands {
        let _ = writeln!(out, "complete -c cargo -f -n __cargo_xtask_bare -a {name} -d {}", quoted(about));
        for flag in flags {
            let _ = writeln!(out, "complete -c cargo -n '__cargo_xtask_at {name}' -l {}", flag.trim_start_matches('-'));
        }
    }
    let _ = writeln!(
        out,
        "complete -c cargo -f -n '__cargo_xtask; and not __cargo_xtask_bare' -a {}",
        quoted(&lessons.join(" "))
    );
    out
}
