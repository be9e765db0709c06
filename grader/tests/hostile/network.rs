//! tries: to reach anybody by network, or by sockets in files and in names
//! verdict: passed(contained)

use crate::yard;
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr, UnixDatagram, UnixListener, UnixStream};

pub fn attack() {
    let name = SocketAddr::from_abstract_name("escaped").unwrap();
    let attempts = [
        ("a connection to a port", TcpStream::connect(("127.0.0.1", yard::PORT)).is_ok()),
        ("a port", TcpListener::bind("127.0.0.1:0").is_ok()),
        ("a port of version 6", TcpListener::bind("[::1]:0").is_ok()),
        ("datagrams", UdpSocket::bind("127.0.0.1:0").is_ok()),
        ("a connection to a socket", UnixStream::connect(yard::SOCKET).is_ok()),
        ("a socket", UnixListener::bind("socket").is_ok()),
        ("a socket with a name", UnixListener::bind_addr(&name).is_ok()),
        ("local datagrams", UnixDatagram::unbound().is_ok()),
    ];
    for (what, done) in attempts {
        if done {
            println!("ESCAPED: {what}");
        }
    }
}
