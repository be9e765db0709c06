//! Reports as JUnit's XML: a suite a lesson, a case a check.

use super::{own_tests, phrases, schedule};
use grader::lesson::Lesson;
use grader::outcome::{CheckReport, Failure, Outcome, Report};
use grader::words::Lang;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io::{Result, Write};

/// The XML of these reports. Fails only if there is no memory to write it to.
pub fn xml(reports: &[(&Report, &Lesson)], lang: Lang) -> Result<String> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let all: Vec<&CheckReport> = reports.iter().flat_map(|(report, _)| &report.checks).collect();
    writer
        .create_element("testsuites")
        .with_attribute(("name", "yield-to-await"))
        .with_attributes(counts(&all).iter().map(|(name, n)| (*name, n.as_str())))
        .write_inner_content(|writer| {
            reports.iter().try_for_each(|(report, lesson)| suite(writer, report, lesson, lang))
        })?;
    let mut text = String::from_utf8_lossy(&writer.into_inner()).into_owned();
    text.push('\n');
    Ok(text)
}

fn counts(checks: &[&CheckReport]) -> [(&'static str, String); 4] {
    let count = |wanted: fn(&Outcome) -> bool| checks.iter().filter(|check| wanted(&check.outcome)).count().to_string();
    [
        ("tests", checks.len().to_string()),
        ("failures", count(|outcome| matches!(outcome, Outcome::Failed(_) | Outcome::Fault(_)))),
        ("errors", count(|outcome| matches!(outcome, Outcome::GraderFault(_)))),
        ("skipped", count(|outcome| matches!(outcome, Outcome::NotRun(_)))),
    ]
}

fn suite<W: Write>(writer: &mut Writer<W>, report: &Report, lesson: &Lesson, lang: Lang) -> Result<()> {
    let all: Vec<&CheckReport> = report.checks.iter().collect();
    let score = report.score().to_string();
    let points = report.points().to_string();
    let properties = [
        ("score", score.as_str()),
        ("points", &points),
        ("grader", &report.made_by.grader),
        ("checks", &report.made_by.checks),
        ("submission", &report.made_by.submission),
        ("toolchain", &report.made_by.toolchain),
        ("isolation", report.made_by.isolation.0.as_str()),
    ];
    writer
        .create_element("testsuite")
        .with_attribute(("name", report.lesson.as_str()))
        .with_attributes(counts(&all).iter().map(|(name, n)| (*name, n.as_str())))
        .write_inner_content(|writer| {
            writer.create_element("properties").write_inner_content(|writer| {
                for (name, value) in properties {
                    let value = legal(value);
                    writer
                        .create_element("property")
                        .with_attributes([("name", name), ("value", &value)])
                        .write_empty()?;
                }
                Ok(())
            })?;
            if report.checks.is_empty() {
                // A lesson whose checks are not even known is a row all the same.
                let why = Outcome::GraderFault(phrases::not_graded(report, lang));
                let whole = CheckReport { id: "lesson".to_owned(), points: 0, outcome: why, explored: None };
                return case(writer, report, &whole, lesson, lang);
            }
            report.checks.iter().try_for_each(|check| case(writer, report, check, lesson, lang))
        })?;
    Ok(())
}

fn case<W: Write>(
    writer: &mut Writer<W>,
    report: &Report,
    check: &CheckReport,
    lesson: &Lesson,
    lang: Lang,
) -> Result<()> {
    let place = check.outcome.place();
    let (file, line) = place.map_or((report.source.clone(), None), |place| (place.file, Some(place.line.to_string())));
    let file = legal(&file);
    let mut element = writer.create_element("testcase").with_attributes([
        ("name", check.id.as_str()),
        ("classname", report.lesson.as_str()),
        ("file", file.as_str()),
    ]);
    if let Some(line) = &line {
        element = element.with_attribute(("line", line.as_str()));
    }
    let message = legal(&phrases::what_happened(check, lang));
    let (tag, kind) = match &check.outcome {
        Outcome::Passed => {
            element.write_empty()?;
            return Ok(());
        }
        Outcome::Failed(_) => ("failure", "failed"),
        Outcome::Fault(_) => ("failure", "fault"),
        Outcome::NotRun(_) => ("skipped", "not run"),
        Outcome::GraderFault(_) => ("error", "grader fault"),
    };
    let body = legal(&body(check, lesson, lang));
    element.write_inner_content(|writer| {
        let element = writer.create_element(tag).with_attribute(("message", message.as_str()));
        if tag == "skipped" {
            element.write_empty()?;
        } else {
            element.with_attribute(("type", kind)).write_text_content(BytesText::new(&body))?;
        }
        Ok(())
    })?;
    Ok(())
}

fn body(check: &CheckReport, lesson: &Lesson, lang: Lang) -> String {
    let mut body = match &check.outcome {
        Outcome::Failed(Failure::Transcript { expected, got, .. }) => {
            similar::TextDiff::from_lines(expected.as_str(), got.as_str()).unified_diff().to_string()
        }
        Outcome::Failed(Failure::Schedule(broken)) => schedule::picture(broken, lang, schedule::WIDTH),
        Outcome::Failed(Failure::OwnTests(tried)) => own_tests::table(tried, lang),
        Outcome::Fault(fault) => fault.got.clone(),
        _ => String::new(),
    };
    if let Some(meaning) = phrases::what_it_means(check, lesson, lang) {
        body.push_str(&meaning);
    }
    body
}

/// XML 1.0 can hold neither most control characters nor U+FFFE and U+FFFF, not even escaped.
fn legal(text: &str) -> String {
    let is_legal = |c: char| match c {
        '\n' | '\t' | '\r' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        c => !c.is_control(),
    };
    text.chars().map(|c| if is_legal(c) { c } else { '\u{fffd}' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_has_no_way_to_write_is_replaced() {
        assert_eq!(
            legal("a\u{ffff}b\u{fffe}c\u{1b}\u{9b}\n\u{1ffff}Ж"),
            "a\u{fffd}b\u{fffd}c\u{fffd}\u{fffd}\n\u{1ffff}Ж"
        );
    }
}
