//! A countdown goes to another thread, if what goes with it may.

use lesson_08::{Coroutine, countdown};
use std::sync::Arc as Shared;
use std::thread;

fn main() {
    let (mut g, name) = (countdown(3), Shared::<str>::from("g"));
    let elsewhere = move || {
        let _three = g.resume(None);
        drop(name);
    };
    let _ = thread::spawn(elsewhere).join();
}
