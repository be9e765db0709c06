//! The service on a real file, over TCP on the loopback interface: two readers, one of whom comes later.
//!
//! It runs your `serve`, so it works once that does.

use lesson_29::{Limits, serve};
use std::io::Write;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, oneshot};

const LIMITS: Limits = Limits { queue: 8, patience: Duration::from_secs(1), idle: Duration::from_millis(20) };

/// Hands every connection to the service, as long as there is one.
async fn accept(listener: TcpListener, readers: mpsc::Sender<TcpStream>, told: mpsc::Sender<()>) {
    while let Ok((stream, _)) = listener.accept().await {
        if readers.send(stream).await.is_err() {
            return;
        }
        let _ = told.send(()).await;
    }
}

type Reader = Lines<BufReader<TcpStream>>;

async fn next(reader: &mut Reader) -> std::io::Result<String> {
    Ok(reader.next_line().await?.unwrap_or_else(|| "(the end)".to_owned()))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let path = std::env::temp_dir().join(format!("lesson-29-{}.log", std::process::id()));
    let mut log = std::fs::File::create(&path)?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let (readers, waiting) = mpsc::channel(8);
    let (told, mut accepted) = mpsc::channel(8);
    tokio::spawn(accept(listener, readers, told));

    let followed = BufReader::new(tokio::fs::File::open(&path).await?);
    let (stop, stopped) = oneshot::channel::<()>();
    let stopped = async move {
        let _ = stopped.await;
    };
    let service = tokio::spawn(serve(followed, "питон", waiting, LIMITS, stopped));

    let mut first: Reader = BufReader::new(TcpStream::connect(address).await?).lines();
    accepted.recv().await;
    writeln!(log, "питон и раст\nтолько раст\nещё питон")?;
    println!("first:  {}", next(&mut first).await?);
    println!("first:  {}", next(&mut first).await?);
    let mut second: Reader = BufReader::new(TcpStream::connect(address).await?).lines();
    accepted.recv().await;
    writeln!(log, "снова питон")?;
    println!("first:  {}", next(&mut first).await?);
    println!("second: {}", next(&mut second).await?);
    let _ = stop.send(());
    println!("{:?}", service.await??);
    println!("first:  {}", next(&mut first).await?);
    println!("second: {}", next(&mut second).await?);
    std::fs::remove_file(&path)
}
