//! Values whose end is seen: put one where the student's code should let go of something.

use crate::mark_line;

/// Says so when it is dropped.
///
/// ```
/// use probe::OnDrop;
/// use std::sync::mpsc::channel;
///
/// let (gone, goings) = channel();
/// let held = vec![OnDrop::call(move || drop(gone.send("the local is gone")))];
/// assert!(goings.try_recv().is_err());
/// drop(held);
/// assert_eq!(goings.try_recv(), Ok("the local is gone"));
/// ```
pub struct OnDrop {
    action: Option<Box<dyn FnOnce() + Send + Sync>>,
}

impl OnDrop {
    /// A value that marks `dropped NAME`.
    pub fn named(name: &str) -> Self {
        let name = name.to_owned();
        OnDrop::call(move || mark_line(&format!("dropped {name}")))
    }

    /// A value that does this when it is dropped, on the thread that drops it.
    pub fn call(action: impl FnOnce() + Send + Sync + 'static) -> Self {
        OnDrop { action: Some(Box::new(action)) }
    }
}

impl Drop for OnDrop {
    fn drop(&mut self) {
        if let Some(action) = self.action.take() {
            action();
        }
    }
}
