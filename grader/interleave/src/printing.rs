//! What a program prints: kept with its schedule. To print is a step, for others can tell what came first.
//!
//! The text is made before the step, so that whatever `Display` does is done by then. What goes to stderr is dropped:
//! thousands of schedules would repeat it.

use crate::record::Op;
use crate::schedule::{changed, point, with};
use std::fmt;
use std::panic::Location;

/// Prints to stdout.
#[track_caller]
pub fn out(text: fmt::Arguments<'_>) {
    write(&text.to_string());
}

#[track_caller]
pub(crate) fn write(text: &str) {
    point(Op::bare("print", Location::caller()));
    changed();
    if with(|schedule| schedule.print(text)).is_none() {
        std::print!("{text}");
    }
}

/// Prints to stderr.
pub fn err(text: fmt::Arguments<'_>) {
    let text = text.to_string();
    if with(|_| ()).is_none() {
        std::eprint!("{text}");
    }
}

/// As in the standard library.
#[macro_export]
macro_rules! print {
    ($($text:tt)*) => { $crate::printing::out($crate::format_args!($($text)*)) };
}

/// As in the standard library.
#[macro_export]
macro_rules! println {
    () => { $crate::printing::out($crate::format_args!("\n")) };
    ($($text:tt)*) => { $crate::printing::out($crate::format_args!("{}\n", $crate::format_args!($($text)*))) };
}

/// As in the standard library.
#[macro_export]
macro_rules! eprint {
    ($($text:tt)*) => { $crate::printing::err($crate::format_args!($($text)*)) };
}

/// As in the standard library.
#[macro_export]
macro_rules! eprintln {
    () => { $crate::printing::err($crate::format_args!("\n")) };
    ($($text:tt)*) => { $crate::printing::err($crate::format_args!("{}\n", $crate::format_args!($($text)*))) };
}

/// As in the standard library.
#[macro_export]
macro_rules! dbg {
    () => { $crate::eprintln!("[{}:{}:{}]", $crate::file!(), $crate::line!(), $crate::column!()) };
    ($value:expr $(,)?) => {
        match $value {
            value => {
                let (file, line, column) = ($crate::file!(), $crate::line!(), $crate::column!());
                $crate::eprintln!("[{file}:{line}:{column}] {} = {:#?}", $crate::stringify!($value), &value);
                value
            }
        }
    };
    ($($value:expr),+ $(,)?) => { ($($crate::dbg!($value)),+,) };
}
