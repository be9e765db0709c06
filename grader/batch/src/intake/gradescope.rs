//! Gradescope's export: `submission_metadata.yml` says whose each folder `submission_NUMBER` is, and when it came.

use grader::error::{Error, Result};
use grader::files;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::path::Path;
use yaml_rust2::{Yaml, YamlLoader};

/// The file's name.
pub const METADATA: &str = "submission_metadata.yml";

/// What it tells of a submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The submitters' names, joined where there are several.
    pub name: String,
    /// The first submitter's number in the register.
    pub id: Option<String>,
    /// The first submitter's address.
    pub email: Option<String>,
    /// When it was handed in.
    pub submitted: Option<Timestamp>,
}

/// Reads the file of this folder, if it has one: what is told, by the names of the folders.
///
/// Fails if the file can't be read or is no YAML: then nobody knows whose the folders are.
pub fn read(folder: &Path) -> Result<BTreeMap<String, Told>> {
    let path = folder.join(METADATA);
    if !path.is_file() {
        return Ok(BTreeMap::new());
    }
    parse(&files::read(&path)?).map_err(|why| Error::Usage(format!("`{}` is not Gradescope's: {why}", path.display())))
}

fn parse(text: &str) -> std::result::Result<BTreeMap<String, Told>, String> {
    let all = YamlLoader::load_from_str(text).map_err(|error| error.to_string())?;
    let Some(Yaml::Hash(rows)) = all.into_iter().next() else { return Err("it holds no table".to_owned()) };
    Ok(rows.iter().filter_map(|(name, row)| Some((name.as_str()?.to_owned(), told(row)?))).collect())
}

fn told(row: &Yaml) -> Option<Told> {
    let submitters = row[":submitters"].as_vec()?;
    let first = submitters.first()?;
    let names: Vec<String> = submitters.iter().filter_map(|it| word(&it[":name"])).collect();
    let submitted = word(&row[":created_at"]).and_then(|time| time_of(&time));
    Some(Told { name: names.join(" and "), id: word(&first[":sid"]), email: word(&first[":email"]), submitted })
}

fn word(value: &Yaml) -> Option<String> {
    match value {
        Yaml::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Yaml::Integer(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Ruby writes `2026-11-24 21:05:06.123456000 Z`, or an offset after the space.
fn time_of(text: &str) -> Option<Timestamp> {
    let text = text.trim().replacen(' ', "T", 1).replace(' ', "");
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_export_tells_whose_each_folder_is() {
        let text = "---\nsubmission_77:\n  :submitters:\n  - :name: Ann Lee\n    :sid: '0042'\n    :email: ann@x.edu\n  \
                    - :name: Bo\n    :sid: 7\n  :created_at: 2026-11-24 21:05:06.123456000 Z\n  :score: 3.0\n";
        let told = parse(text).unwrap();
        assert_eq!(
            told["submission_77"],
            Told {
                name: "Ann Lee and Bo".to_owned(),
                id: Some("0042".to_owned()),
                email: Some("ann@x.edu".to_owned()),
                submitted: Some("2026-11-24T21:05:06.123456Z".parse().unwrap()),
            }
        );
        assert!(parse("- a\n").is_err() && parse("a: [\n").is_err());
    }
}
