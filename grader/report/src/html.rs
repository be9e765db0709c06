//! A student's report as a page of HTML: one file, no script, nothing loaded; light and dark, narrow and printed.

use crate::shown::{Shown, Sign};
use grader::words::Lang;
use std::fmt::Write as _;

const STYLE: &str = "\
:root{color-scheme:light dark;--text:#1c1e21;--back:#fff;--faint:#595f69;--line:#d5d9e0;--box:#f4f5f7;--good:#17692f;--bad:#a81e1e;--odd:#7a4d00}\
@media(prefers-color-scheme:dark){:root{--text:#e4e6ea;--back:#16181c;--faint:#a3abb8;--line:#3a3f48;--box:#20242a;--good:#67cf85;--bad:#ff8d85;--odd:#f0bd62}}\
*{box-sizing:border-box}body{margin:0 auto;max-width:60rem;padding:1rem;font:1rem/1.5 system-ui,sans-serif;color:var(--text);background:var(--back);overflow-wrap:anywhere}\
h1{font-size:1.6rem}h2{font-size:1.25rem;margin-top:2.2rem}h3{font-size:1rem;margin-bottom:.3rem}\
table{border-collapse:collapse;width:100%}th,td{padding:.3rem .5rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}\
td:last-child,th:last-child{text-align:right;white-space:nowrap;overflow-wrap:normal}td:first-child{width:1.8rem}\
pre{background:var(--box);border:1px solid var(--line);border-radius:.3rem;padding:.6rem;white-space:pre-wrap;font-size:.85rem}\
code,pre{font-family:ui-monospace,monospace}.passed{color:var(--good)}.failed{color:var(--bad)}.unknown{color:var(--odd)}.faint{color:var(--faint);font-size:.85rem}\
@media print{body{max-width:none;padding:0}pre{page-break-inside:avoid}h2,h3{page-break-after:avoid}}";

/// The page. `name` is the student's, `notes` what was not taken and why, each in a line.
pub fn page(name: &str, lessons: &[Shown], notes: &[(String, String)], lang: Lang) -> String {
    let (code, name) = (lang.pick("en", "ru"), text(name));
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{name}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{name}</h1>\n"
    );
    if lessons.is_empty() {
        let _ = writeln!(out, "<p>{}</p>", lang.pick("Nothing was handed in.", "Ничего не сдано."));
    }
    lessons.iter().for_each(|lesson| section(&mut out, lesson, lang));
    if !notes.is_empty() {
        let _ = writeln!(out, "<h2>{}</h2>\n<ul>", lang.pick("Not taken", "Не взято"));
        for (path, why) in notes {
            let _ = writeln!(out, "<li><code>{}</code>: {}</li>", text(path), text(why));
        }
        out.push_str("</ul>\n");
    }
    out + "</main>\n</body>\n</html>\n"
}

fn section(out: &mut String, lesson: &Shown, lang: Lang) {
    let score = lesson.score.map_or("?".to_owned(), |score| score.to_string());
    let title = text(&lesson.title);
    let _ = writeln!(out, "<section>\n<h2>{} · {title}: {score}/{}</h2>", text(&lesson.lesson), lesson.points);
    if let Some(says) = &lesson.says {
        let _ = writeln!(out, "<p>{}</p>", text(says));
    }
    lesson.errors.iter().for_each(|error| out.push_str(&format!("<pre>{}</pre>\n", text(error))));
    if !lesson.checks.is_empty() {
        let [sign, check, points] =
            [("Result", "Итог"), ("Check", "Проверка"), ("Points", "Баллы")].map(|(en, ru)| lang.pick(en, ru));
        let _ = writeln!(
            out,
            "<table>\n<thead><tr><th scope=\"col\">{sign}</th><th scope=\"col\">{check}</th><th scope=\"col\">{points}\
             </th></tr></thead>\n<tbody>"
        );
        for check in &lesson.checks {
            let _ = writeln!(
                out,
                "<tr><td class=\"{}\">{}</td><td><code>{}</code> {}</td><td>{}/{}</td></tr>",
                class(check.sign),
                check.sign.character(),
                text(&check.name),
                text(&check.title),
                check.score,
                check.points
            );
        }
        out.push_str("</tbody>\n</table>\n");
    }
    for check in lesson.checks.iter().filter(|check| check.says.is_some()) {
        let _ = writeln!(out, "<h3 class=\"{}\">{}</h3>", class(check.sign), text(&check.name));
        let _ = writeln!(out, "<p>{}</p>", text(check.says.as_deref().unwrap_or_default()));
        if let Some(detail) = &check.detail {
            let _ = writeln!(out, "<pre>{}</pre>", text(detail));
        }
        for line in check.means.iter().flat_map(|means| means.lines()) {
            let _ = writeln!(out, "<p>{}</p>", text(line));
        }
    }
    let _ = writeln!(out, "<p class=\"faint\">{}</p>\n</section>", text(&lesson.made_by));
}

fn class(sign: Sign) -> &'static str {
    match sign {
        Sign::Passed => "passed",
        Sign::Failed => "failed",
        Sign::NotRun => "faint",
        Sign::Unknown => "unknown",
    }
}

/// Text in a page or in an attribute.
fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::tests::{every_outcome, report};
    use crate::shown::{Audience, shown};
    use crate::{gradescope, markdown};
    use grader::course::{Course, LessonId};
    use grader::lesson::Lesson;
    use quick_xml::events::Event;

    fn course() -> Course {
        let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        Course::open(here.ancestors().find(|folder| folder.join("lessons").is_dir()).unwrap()).unwrap()
    }

    fn lesson() -> Lesson {
        let course = course();
        let id: &LessonId = course.find("5").unwrap();
        Lesson::load(&course, id).unwrap()
    }

    const NAME: &str = "=1+2<script>alert('x')</script>\"&";

    #[test]
    fn a_name_and_an_output_stay_text_in_a_page_whose_tags_are_closed() {
        let lesson = lesson();
        let mut all = report(every_outcome());
        all.ignored.push(NAME.to_owned());
        for lang in [Lang::En, Lang::Ru] {
            let shown = shown(&all, &lesson, Audience::Staff, lang);
            let page = page(NAME, &[shown], &[(NAME.to_owned(), NAME.to_owned())], lang);
            let mut open = Vec::new();
            let body = page.split_once('\n').unwrap().1.replace("-8\">", "-8\"/>").replace("=1\">", "=1\"/>");
            let body = body.replace("'unsafe-inline'\">", "'unsafe-inline'\"/>");
            let mut reader = quick_xml::Reader::from_str(&body);
            loop {
                match reader.read_event().unwrap() {
                    Event::Start(tag) => open.push(tag.name().as_ref().to_owned()),
                    Event::End(tag) => assert_eq!(open.pop().as_deref(), Some(tag.name().as_ref())),
                    Event::Eof => break,
                    _ => {}
                }
            }
            assert!(open.is_empty() && !page.contains("<script"), "{page}");
            assert!(!markdown::page(NAME, &[], &[(NAME.to_owned(), NAME.to_owned())], lang).contains("<script"));
        }
    }

    #[test]
    fn a_student_is_shown_no_name_and_no_expectation_of_a_hidden_check() {
        let mut lesson = lesson();
        let mut report = report(every_outcome());
        let transcript = report.checks.remove(1);
        report.checks = vec![transcript];
        report.checks[0].id.clone_from(&lesson.checks[0].id);
        lesson.checks[0].hidden = true;
        let of = |audience| {
            let shown = shown(&report, &lesson, audience, Lang::En);
            page("Ann", std::slice::from_ref(&shown), &[], Lang::En)
                + &markdown::page("Ann", std::slice::from_ref(&shown), &[], Lang::En)
                + &gradescope::results(&[shown])
        };
        let (title, id) = (lesson.checks[0].title.en.clone(), format!("\"{}", lesson.checks[0].id));
        let (student, staff) = (of(Audience::Student), of(Audience::Staff));
        for secret in ["» call", "You count from zero", title.as_str(), id.as_str()] {
            assert!(!student.contains(secret), "{secret} in {student}");
        }
        assert!(student.contains("hidden check 1") && staff.contains("» call") && staff.contains(&title));
    }

    #[test]
    fn a_page_has_room_for_none_and_for_all_lessons() {
        assert!(page("Bo", &[], &[], Lang::En).contains("Nothing was handed in."));
        let course = course();
        let all: Vec<Shown> = course
            .lessons
            .iter()
            .map(|id| Lesson::load(&course, id).unwrap())
            .map(|lesson| {
                shown(&grader::outcome::Report::failed(&lesson, "no disk"), &lesson, Audience::Student, Lang::En)
            })
            .collect();
        let page = page("Bo", &all, &[], Lang::En);
        assert_eq!(page.matches("<h2>").count(), course.lessons.len());
        assert!(page.contains(": ?/"), "what is not graded is no zero");
    }
}
