//! `cargo xtask picture`: for authors, the READMEs' picture of a verdict, drawn from a real run.

use author::picture::{path, picture};
use grader::course::Course;
use grader::error::Result;
use grader::exit_code::ExitCode;
use grader::files;
use grader::grade::Grader;
use grader::words::Lang;
use report::screen;

/// Draws it in both languages.
pub fn run(course: Course) -> Result<ExitCode> {
    let grader = Grader::open(course, Box::new(|_| {}))?;
    for lang in [Lang::En, Lang::Ru] {
        let path = path(&grader, lang);
        files::write(&path, picture(&grader, lang)?.as_bytes())?;
        screen::print(&format!("  {}\n", path.strip_prefix(&grader.course.root).unwrap_or(&path).display()))?;
    }
    Ok(ExitCode::Passed)
}
