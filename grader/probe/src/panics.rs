//! Panics of the student's code, turned into words.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;

static LAST_LOCATION: Mutex<String> = Mutex::new(String::new());

/// Runs the closure; a panic comes back as its message.
///
/// For checks in which a panic is what the student should see, or should survive.
///
/// ```
/// let caught = probe::catch(|| -> u32 { panic!("no {} left", "tarimo") });
/// assert_eq!(caught, Err("no tarimo left".to_owned()));
/// assert_eq!(probe::catch(|| 7), Ok(7));
/// ```
pub fn catch<T>(body: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(body)).map_err(message)
}

/// The message of a panic that was caught otherwise, such as by `catch_unwind` of the futures crate.
///
/// ```
/// let caught = std::panic::catch_unwind(|| std::panic::panic_any(7)).unwrap_err();
/// assert_eq!(probe::message(caught), "a panic whose payload is not a string");
/// ```
pub fn message(payload: Box<dyn Any + Send>) -> String {
    let words = words(&*payload);
    // A payload is the student's value, and so is its drop: a panic in there would go on as if nobody had caught it.
    if let Err(another) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
        std::mem::forget(another);
    }
    words
}

/// From here on, the place of each panic is kept; the message still goes to standard error.
pub(crate) fn remember() {
    let default = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if let (Some(place), Ok(mut last)) = (info.location(), LAST_LOCATION.lock()) {
            *last = format!("{}:{}:{}", place.file(), place.line(), place.column());
        }
        default(info);
    }));
}

/// `path:line:column` of the newest panic; empty if there was none.
pub(crate) fn last_location() -> String {
    LAST_LOCATION.lock().map(|last| last.clone()).unwrap_or_default()
}

pub(crate) fn words(payload: &(dyn Any + Send)) -> String {
    match (payload.downcast_ref::<&str>(), payload.downcast_ref::<String>()) {
        (Some(text), _) => (*text).to_owned(),
        (_, Some(text)) => text.clone(),
        _ => "a panic whose payload is not a string".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_comes_back_as_its_message() {
        assert_eq!(catch(|| panic!("no {}", 7)), Err::<(), _>("no 7".to_owned()));
        assert_eq!(
            catch(|| std::panic::panic_any(7)),
            Err::<(), _>("a panic whose payload is not a string".to_owned())
        );
        assert_eq!(catch(|| 7), Ok(7));
    }

    #[test]
    fn a_payload_that_panics_when_it_is_dropped_stays_caught() {
        struct Bomb(u32);
        impl Drop for Bomb {
            fn drop(&mut self) {
                if self.0 > 0 {
                    std::panic::panic_any(Bomb(self.0 - 1));
                }
            }
        }
        let caught = catch(|| std::panic::panic_any(Bomb(3)));
        assert_eq!(caught, Err::<(), _>("a panic whose payload is not a string".to_owned()));
    }
}
