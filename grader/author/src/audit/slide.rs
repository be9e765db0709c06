//! The slide's whole program, run with the solution: it compiles, ends well, and prints what `snapshots/program.snap` holds.

use grader::error::{Error, Mistake, Result};
use grader::grade::{Grader, Origin};
use grader::judge;
use grader::lesson::Lesson;
use grader::submission::Submission;
use process::{Ended, Exit, Job, Limits};
use std::path::PathBuf;
use std::time::Duration;

/// The slides' programs really wait, a few seconds at the most.
const BOUNDS: Limits =
    Limits { deadline: Duration::from_secs(30), cpu: Duration::from_secs(10), memory: 1 << 30, output: 1 << 20 };

/// Where the output of a lesson's program is held.
pub fn snapshot(lesson: &Lesson) -> PathBuf {
    lesson.dir.join("snapshots/program.snap")
}

/// How often a program may print something else than is held before that counts. Some really wait, and print how long it
/// took: on a busy machine two seconds may take 2.01.
const TRIES: usize = 5;

/// What the slide's program prints with the solution; a server's port is `PORT`, since the system picks it.
///
/// A program that prints something else than its snapshot is run again, a few times. What it printed last is given.
///
/// The author's mistakes, such as a program that does not compile or that panics, are errors of the course.
pub fn program(grader: &Grader, lesson: &Lesson) -> Result<String> {
    let course = &grader.course;
    let main = course.lesson_dir(&lesson.id).join("src/main.rs");
    let shown = format!("lessons/{}", lesson.id.folder());
    let wrong = |what: String, said: &str| Error::Course(vec![Mistake::new(&main, what).in_the_compilers_words(said)]);
    if !main.is_file() {
        return Err(Error::course(&main, "is missing: it is the slide's whole program"));
    }
    let solution = Submission::read(&course.solution_dir(&lesson.id), &lesson.id, &shown)
        .map_err(|unreadable| Error::course(&course.root.join(&unreadable.path), unreadable.reason.name()))?;
    let program = match grader.demo(lesson, &solution, &main, &Origin::Other("slide".to_owned()))? {
        Ok(program) => program,
        Err(errors) => {
            let said: Vec<&str> = errors.iter().map(|error| error.rendered.as_str()).collect();
            return Err(wrong("does not compile with the solution".to_owned(), &said.join("\n")));
        }
    };
    let folder = grader::files::Temporary::new()?;
    let job = Job {
        program,
        args: Vec::new(),
        env: Vec::new(),
        cwd: folder.path().to_owned(),
        stdin: Vec::new(),
        limits: BOUNDS,
    };
    let held = judge::read_snapshot(&snapshot(lesson)).ok();
    let run = || process::run(&job).map_err(|error| Error::caused("failed to run the slide's program", error));
    let text = |exit: &Exit| without_port(&String::from_utf8_lossy(&exit.stdout));
    let mut exit = run()?;
    for _ in 1..TRIES {
        if exit.ended != Ended::Code(0) || held.as_ref().is_none_or(|held| held.trim_end() == text(&exit).trim_end()) {
            break;
        }
        exit = run()?;
    }
    let how = match exit.ended {
        Ended::Code(0) if !exit.stragglers => return Ok(text(&exit)),
        Ended::Code(0) => "leaves processes behind".to_owned(),
        Ended::Code(code) => format!("ends with the code {code} when it runs with the solution"),
        Ended::Signal(signal) => format!("is ended by the signal {signal} when it runs with the solution"),
        Ended::Interrupted => return Err(Error::machine("interrupted")),
        Ended::Deadline | Ended::CpuLimit => "does not end when it runs with the solution".to_owned(),
        Ended::OutputLimit => "prints without end when it runs with the solution".to_owned(),
    };
    Err(wrong(how, &String::from_utf8_lossy(&exit.stderr)))
}

/// What is wrong with the slide's program, a sentence each.
pub fn findings(grader: &Grader, lesson: &Lesson) -> Result<Vec<String>> {
    let printed = match program(grader, lesson) {
        Ok(printed) => printed,
        Err(Error::Course(mistakes)) => return Ok(mistakes.iter().map(ToString::to_string).collect()),
        Err(error) => return Err(error),
    };
    match judge::read_snapshot(&snapshot(lesson)) {
        Ok(held) if held.trim_end() == printed.trim_end() => Ok(Vec::new()),
        Ok(_) => Ok(vec![format!(
            "the slide's program, `src/main.rs`, does not print what `snapshots/program.snap` holds; with the solution it \
             prints\n{printed}"
        )]),
        Err(Error::Course(mistakes)) => Ok(mistakes.iter().map(ToString::to_string).collect()),
        Err(error) => Err(error),
    }
}

fn without_port(printed: &str) -> String {
    const HERE: &str = "127.0.0.1:";
    let mut parts = printed.split(HERE);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out = format!("{out}{HERE}PORT{}", part.trim_start_matches(|c: char| c.is_ascii_digit()));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::without_port;

    #[test]
    fn the_port_that_the_system_picks_is_no_part_of_what_is_printed() {
        assert_eq!(
            without_port("at http://127.0.0.1:34901/x, 127.0.0.1:1\n"),
            "at http://127.0.0.1:PORT/x, 127.0.0.1:PORT\n"
        );
        assert_eq!(without_port("8080\n"), "8080\n");
    }
}
