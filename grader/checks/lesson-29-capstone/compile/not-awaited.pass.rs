#![deny(unused_must_use)]

use lesson_29::{Limits, serve};
use tokio::io::{DuplexStream, empty};
use tokio::sync::mpsc;

async fn main_of(readers: mpsc::Receiver<DuplexStream>, limits: Limits) -> std::io::Result<()> {
    serve(empty(), "", readers, limits, async {}).await?;
    Ok(())
}

fn main() {
    let _ = main_of;
}
