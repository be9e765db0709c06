//! Panics of the student's code, turned into words.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;

static LAST_LOCATION: Mutex<String> = Mutex::new(String::new());

/// Runs the closure; a panic comes back as its message.
///
/// For checks in which a panic is what the student should see, or should survive.
pub fn catch<T>(body: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(body)).map_err(|payload| message(&*payload))
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

pub(crate) fn message(payload: &(dyn Any + Send)) -> String {
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
}
