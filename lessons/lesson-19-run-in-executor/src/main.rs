//! The slide's program: a page fetched over HTTP, from a server that this program starts.

use lesson_19::web_page;
use std::io::{BufRead, BufReader, Result, Write};
use std::net::TcpListener;
use std::thread;
use ureq::Agent;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let url = serve_once("Hello from next door!")?;
    web_page(&url, get, async |page| println!("{}", page.text)).await;
    Ok(())
}

/// What the page at `url` says. Blocks until the whole of it has come: `ureq` knows nothing of any loop.
fn get(url: String) -> String {
    // The server is on this machine, whatever proxy the others are reached by.
    let client = Agent::new_with_config(Agent::config_builder().proxy(None).build());
    let mut answer = client.get(&url).call().expect("the server has the page");
    answer.body_mut().read_to_string().expect("the page is text")
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
        write!(client, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{text}", text.len())
    });
    Ok(url)
}
