//! The slide's program: a page fetched over HTTP, from a server that this program starts.

use lesson_19::web_page;
use std::io::{BufRead, BufReader, Read, Result, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let url = serve_once("Hello from next door!")?;
    web_page(&url, get, async |page| println!("{}", page.text)).await;
    Ok(())
}

/// What `http://HOST:PORT/PATH` has to say. Blocks until the server has closed the connection.
///
/// A client for this lesson only: HTTP/1.0, no TLS, no redirects, and it panics where a real one returns an error.
fn get(url: String) -> String {
    let (host, path) =
        url.strip_prefix("http://").and_then(|rest| rest.split_once('/')).expect("http://HOST:PORT/PATH");
    let mut server = TcpStream::connect(host).expect("a server listens there");
    write!(server, "GET /{path} HTTP/1.0\r\nHost: {host}\r\n\r\n").expect("the server reads the request");
    let mut answer = String::new();
    server.read_to_string(&mut answer).expect("the server answers in UTF-8");
    let (_head, text) = answer.split_once("\r\n\r\n").expect("a blank line ends the head");
    text.to_owned()
}

/// Starts a server on a free port; it answers one request with the text, and is gone. Returns its address.
fn serve_once(text: &'static str) -> Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}/", listener.local_addr()?);
    thread::spawn(move || -> Result<()> {
        let (mut client, _) = listener.accept()?;
        for line in BufReader::new(&client).lines() {
            if line?.is_empty() {
                break; // the blank line that ends the request
            }
        }
        write!(client, "HTTP/1.0 200 OK\r\nContent-Length: {}\r\n\r\n{text}", text.len())
    });
    Ok(url)
}
