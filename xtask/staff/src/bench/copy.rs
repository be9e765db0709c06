//! The course's copy that is timed, and in it the checks as a course would usually hold them.

use grader::course::{Course, LessonId};
use grader::error::{Error, Result};
use grader::files;
use std::path::Path;

/// The package of conventional tests, and its folder below the course's root.
pub const CONVENTIONAL: &str = "conventional";
const CONVENTIONAL_DIR: &str = "grader/benches/conventional";

/// Makes a copy of the course in its own scratch folder, and gives it. What an earlier copy was built into is kept.
pub fn copy(course: &Course) -> Result<Course> {
    let root = course.scratch().join("bench");
    course.copy_into(&root)?;
    add_conventional(course, &root)?;
    Course::open(&root)
}

/// Makes the conventional tests a member of the copied workspace, with a test and a dependency a lesson.
fn add_conventional(course: &Course, root: &Path) -> Result<()> {
    let manifest = course.root.join("Cargo.toml");
    let contents = files::read(&manifest)?;
    let members = contents.replacen("members = [", &format!("members = [\"{CONVENTIONAL_DIR}\", "), 1);
    if members == contents {
        return Err(Error::course(&manifest, "has no `members = […]` to add to"));
    }
    files::write_if_changed(&root.join("Cargo.toml"), members.as_bytes())?;

    let here = course.root.join(CONVENTIONAL_DIR);
    let there = root.join(CONVENTIONAL_DIR);
    let template = files::read(&here.join("lesson.rs"))?;
    let mut manifest = files::read(&here.join("manifest.toml"))?;
    for id in &course.lessons {
        manifest.push_str(&dependency(id));
        let test = template.replace("lesson-NN-slug", &id.folder());
        files::write_if_changed(&there.join(format!("tests/{id}.rs")), test.as_bytes())?;
    }
    files::write_if_changed(&there.join("Cargo.toml"), manifest.as_bytes())?;

    // The checks lie below the tests: trybuild shortens only paths inside of its own package.
    let checks = course.root.join("grader/checks");
    for path in files::below(&checks)? {
        files::copy(&path, &there.join("checks").join(path.strip_prefix(&checks).unwrap_or(&path)))?;
    }
    Ok(())
}

/// The solution under the lesson's name: trybuild's files were made with it, and name its paths.
fn dependency(id: &LessonId) -> String {
    format!(
        "{} = {{ package = \"solution-{:02}\", path = \"../../../solutions/{}\" }}\n",
        id.crate_name(),
        id.number,
        id.folder()
    )
}
