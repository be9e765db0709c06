use lesson_29::{Limits, Summary, serve};
use std::time::Duration;
use tokio::io::{AsyncWrite, empty};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

type Reader = Box<dyn AsyncWrite + Unpin>;

fn start(readers: mpsc::Receiver<Reader>) -> JoinHandle<std::io::Result<Summary>> {
    let limits = Limits { queue: 1, patience: Duration::ZERO, idle: Duration::ZERO };
    tokio::spawn(serve(empty(), "", readers, limits, std::future::pending())) //~ E0277
}

fn main() {
    let _ = start;
}
