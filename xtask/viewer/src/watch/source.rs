//! Whether the lesson's source is another one now. Contents are compared, ten times a second: no event of a file system is
//! trusted, so nothing is lost before a watcher is ready, over a network, in a container, or when a clock is set back.

use super::News;
use grader::course::{Course, LessonId};
use grader::submission::{Submission, Unreadable};
use std::collections::BTreeMap;
use std::io;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// Between two looks.
const LOOK: Duration = Duration::from_millis(100);

/// The source of a lesson at one look.
pub struct Seen {
    /// Which lesson's.
    pub lesson: LessonId,
    /// What there is, or why there is nothing to judge.
    pub submission: Result<Submission, Unreadable>,
}

/// The thread that looks.
pub struct Watch {
    wanted: Arc<(Mutex<LessonId>, Condvar)>,
}

impl Watch {
    /// Begins to look at a lesson. The first look is news, too. The thread ends when nobody listens any more.
    pub fn start(course: Course, lesson: LessonId, news: Sender<News>) -> io::Result<Watch> {
        let wanted = Arc::new((Mutex::new(lesson), Condvar::new()));
        let look_at = Arc::clone(&wanted);
        thread::Builder::new().name("source".to_owned()).spawn(move || {
            let mut before = Looks::default();
            loop {
                let lesson = look_at.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
                let now = look(&course, &lesson);
                if before.is_news(&lesson, &now) {
                    let seen = Seen { lesson: lesson.clone(), submission: now };
                    if news.send(News::Source(Box::new(seen))).is_err() {
                        return;
                    }
                }
                let guard = look_at.0.lock().unwrap_or_else(PoisonError::into_inner);
                if *guard == lesson {
                    drop(look_at.1.wait_timeout(guard, LOOK));
                }
            }
        })?;
        Ok(Watch { wanted })
    }

    /// Looks at another lesson from now on.
    pub fn turn_to(&self, lesson: &LessonId) {
        *self.wanted.0.lock().unwrap_or_else(PoisonError::into_inner) = lesson.clone();
        self.wanted.1.notify_all();
    }
}

fn look(course: &Course, lesson: &LessonId) -> Result<Submission, Unreadable> {
    Submission::read(&course.lesson_dir(lesson), lesson, &format!("lessons/{}", lesson.folder()))
}

/// What was seen, and what was told of it.
#[derive(Default)]
struct Looks {
    told: Option<(LessonId, Contents)>,
    last: Option<Contents>,
}

type Contents = Result<BTreeMap<String, String>, Unreadable>;

impl Looks {
    /// Whether this is to be told: it differs from what was told last. What can't be read has to be seen twice, since
    /// editors that save by renaming have no file there for a moment.
    fn is_news(&mut self, lesson: &LessonId, now: &Result<Submission, Unreadable>) -> bool {
        let known = |told: &Contents| match (told, now) {
            (Ok(told), Ok(now)) => *told == now.files,
            (Err(told), Err(now)) => told == now,
            _ => false,
        };
        if self.told.as_ref().is_some_and(|(of, told)| of == lesson && known(told)) {
            self.last = None;
            return false;
        }
        let seen_twice = self.last.as_ref().is_some_and(known);
        let contents: Contents = now.as_ref().map(|it| it.files.clone()).map_err(Clone::clone);
        if now.is_err() && !seen_twice {
            self.last = Some(contents);
            return false;
        }
        self.last = None;
        self.told = Some((lesson.clone(), contents));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use grader::submission::Defect;

    fn source(text: &str) -> Result<Submission, Unreadable> {
        Ok(Submission::of_files(BTreeMap::from([("lib.rs".to_owned(), text.to_owned())]), "src"))
    }

    fn gone() -> Result<Submission, Unreadable> {
        Err(Unreadable { path: "src/lib.rs".to_owned(), reason: Defect::Missing })
    }

    #[test]
    fn every_other_content_is_news_and_a_moment_without_a_file_is_not() {
        let lesson = LessonId { number: 5, slug: "timeit".to_owned() };
        let other = LessonId { number: 6, slug: "tail".to_owned() };
        let mut looks = Looks::default();
        let mut is_news = |lesson: &LessonId, now| looks.is_news(lesson, &now);
        assert!(is_news(&lesson, source("a")));
        assert!(!is_news(&lesson, source("a")));
        assert!(!is_news(&lesson, gone()), "an editor renames");
        assert!(!is_news(&lesson, source("a")), "the same is back");
        assert!(!is_news(&lesson, gone()));
        assert!(is_news(&lesson, source("b")));
        assert!(!is_news(&lesson, gone()));
        assert!(is_news(&lesson, gone()), "it is really gone");
        assert!(!is_news(&lesson, gone()));
        assert!(is_news(&lesson, source("b")), "and back");
        assert!(is_news(&other, source("b")), "another lesson's");
    }
}
