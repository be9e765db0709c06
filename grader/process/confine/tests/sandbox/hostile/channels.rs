//! Tries to reach somebody: by network, sockets, locks, shared memory, queues.

#[path = "common.rs"]
mod common;

use common::{Attempts, given, syscall};
use std::fs::File;
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::os::fd::AsRawFd;
use std::os::unix::net::{UnixDatagram, UnixListener, UnixStream};

fn main() {
    match given("mode").as_str() {
        "sockets" => sockets(),
        "locks" => locks(),
        "memory" => memory(),
        "queues" => queues(),
        other => panic!("no mode {other}"),
    }
}

fn sockets() {
    let mut attempts = Attempts::default();
    let port = given("port");
    attempts.escape("connect", TcpStream::connect(format!("127.0.0.1:{port}")).is_ok());
    attempts.escape("listen", TcpListener::bind("127.0.0.1:0").is_ok());
    attempts.escape("UDP", UdpSocket::bind("127.0.0.1:0").is_ok());
    attempts.escape("IPv6", UdpSocket::bind("[::1]:0").is_ok());
    attempts.escape("a name", std::net::ToSocketAddrs::to_socket_addrs(&"localhost:80").is_ok_and(|_| UdpSocket::bind("0.0.0.0:0").is_ok()));
    attempts.escape("a Unix socket", UnixStream::connect(given("socket")).is_ok());
    attempts.escape("a datagram", UnixDatagram::unbound().is_ok());
    attempts.escape("listen on a path", UnixListener::bind("here").is_ok());
    // Every family, of which netlink, packet, vsock, alg and xdp are a few.
    for family in 0..46 {
        for kind in [1, 2, 3, 5] {
            attempts.call(&format!("socket of family {family}"), 41, [family, kind, 0, 0, 0, 0]);
        }
    }
    let mut pair = [0_i32; 2];
    let room = pair.as_mut_ptr() as i64;
    for (what, family, kind) in [("datagrams", 1, 2), ("packets", 1, 5), ("raw", 1, 3), ("TIPC", 30, 1)] {
        attempts.call(&format!("a pair of {what}"), 53, [family, kind, 0, room, 0, 0]);
    }
    let (left, _right) = UnixStream::pair().unwrap();
    let fd = i64::from(left.as_raw_fd());
    // An abstract address.
    let address = [1_u8, 0, 0, b'x'];
    let place = address.as_ptr() as i64;
    attempts.call("connect a pair elsewhere", 42, [fd, place, 4, 0, 0, 0]);
    attempts.call("bind", 49, [fd, place, 4, 0, 0, 0]);
    attempts.call("listen", 50, [fd, 1, 0, 0, 0, 0]);
    attempts.call("accept", 43, [fd, 0, 0, 0, 0, 0]);
    attempts.call("accept4", 288, [fd, 0, 0, 0, 0, 0]);
    attempts.call("send to an address", 44, [fd, place, 1, 0, place, 4]);
    attempts.call("sendmsg", 46, [fd, 0, 0, 0, 0, 0]);
    attempts.call("recvmsg", 47, [fd, 0, 0, 0, 0, 0]);
    attempts.call("sendmmsg", 307, [fd, 0, 0, 0, 0, 0]);
    attempts.call("a filter on a socket", 54, [fd, 1, 26, place, 4, 0]);
    attempts.over()
}

/// Over files that both can only read.
fn locks() {
    let mut attempts = Attempts::default();
    let shared = File::open(std::env::args().next().unwrap()).unwrap();
    let own = File::create("own").unwrap();
    for file in [&shared, &own] {
        let fd = i64::from(file.as_raw_fd());
        attempts.escape("lock", file.try_lock().is_ok());
        attempts.escape("share a lock", file.try_lock_shared().is_ok());
        for operation in [1, 2, 5, 6, 8] {
            attempts.call("flock", 73, [fd, operation, 0, 0, 0, 0]);
        }
        // A whole `struct flock`: of a read lock, on all of it.
        let lock = [0_u64; 4];
        let place = lock.as_ptr() as i64;
        for (what, command) in [
            ("F_GETLK", 5),
            ("F_SETLK", 6),
            ("F_SETLKW", 7),
            ("F_SETOWN", 8),
            ("F_SETSIG", 10),
            ("F_SETOWN_EX", 15),
            ("F_OFD_GETLK", 36),
            ("F_OFD_SETLK", 37),
            ("F_OFD_SETLKW", 38),
            ("F_SETLEASE", 1024),
            ("F_GETLEASE", 1025),
            ("F_NOTIFY", 1026),
            ("F_CANCELLK", 1029),
            ("F_SETPIPE_SZ", 1031),
            ("F_ADD_SEALS", 1033),
            ("F_SET_RW_HINT", 1036),
        ] {
            attempts.call(what, 72, [fd, command, place, 0, 0, 0]);
        }
        for (what, request) in [("FIOSETOWN", 0x8901), ("FIOASYNC", 0x5452), ("TIOCSTI", 0x5412), ("FICLONE", 0x4004_9409)] {
            attempts.call(what, 16, [fd, request, place, 0, 0, 0]);
        }
    }
    attempts.over()
}

fn memory() {
    let mut attempts = Attempts::default();
    let shared = File::open(std::env::args().next().unwrap()).unwrap();
    let own = File::options().read(true).write(true).create(true).truncate(false).open("own").unwrap();
    own.set_len(4096).unwrap();
    let (read, write) = (1, 3);
    for (what, protection, flags, fd) in [
        ("shared memory without a file", write, 0x21, -1),
        ("the same, validated", write, 0x23, -1),
        ("a shared file", read, 0x01, i64::from(shared.as_raw_fd())),
        ("a shared file of its own", write, 0x01, i64::from(own.as_raw_fd())),
        ("a stack that grows", write, 0x0122, -1),
        ("huge pages", write, 0x4_0022, -1),
        ("locked memory", write, 0x2022, -1),
    ] {
        attempts.call(what, 9, [0, 4096, protection, flags, fd, 0]);
    }
    let word = 0_u32;
    let place = &raw const word as i64;
    for (what, operation) in [("FUTEX_WAKE", 1), ("FUTEX_REQUEUE", 3), ("FUTEX_CMP_REQUEUE", 4), ("FUTEX_WAKE_OP", 5), ("FUTEX_LOCK_PI", 6), ("FUTEX_WAKE_BITSET", 10)] {
        attempts.call(what, 202, [place, operation, 1, 0, place, -1]);
    }
    attempts.call("memfd_create", 319, [c"x".as_ptr() as i64, 0, 0, 0, 0, 0]);
    attempts.call("memfd_secret", 447, [0; 6]);
    attempts.call("userfaultfd", 323, [0; 6]);
    attempts.call("mincore", 27, [0; 6]);
    attempts.call("cachestat", 451, [0; 6]);
    attempts.call("mlockall", 151, [3, 0, 0, 0, 0, 0]);
    attempts.call("remap_file_pages", 216, [0; 6]);
    for name in ["/dev/shm/mark", "/dev/mqueue/mark", "/dev/hugepages/mark"] {
        attempts.escape(name, File::create(name).is_ok());
        // Outside of a sandbox it was made.
        let _ = std::fs::remove_file(name);
    }
    attempts.over()
}

fn queues() {
    let mut attempts = Attempts::default();
    let name = c"/mark".as_ptr() as i64;
    for (what, number, arguments) in [
        ("shmget", 29, [0, 4096, 0o1600, 0, 0, 0]),
        ("shmat", 30, [0; 6]),
        ("shmctl", 31, [0, 0, 0, 0, 0, 0]),
        ("semget", 64, [0, 1, 0o1600, 0, 0, 0]),
        ("semop", 65, [0; 6]),
        ("semctl", 66, [0; 6]),
        ("msgget", 68, [0, 0o1600, 0, 0, 0, 0]),
        ("msgsnd", 69, [0; 6]),
        ("mq_open", 240, [name, 0o102, 0o600, 0, 0, 0]),
        ("mq_unlink", 241, [name, 0, 0, 0, 0, 0]),
        ("io_setup", 206, [1, 0, 0, 0, 0, 0]),
        ("io_uring_setup", 425, [1, 0, 0, 0, 0, 0]),
        ("add_key", 248, [0; 6]),
        ("request_key", 249, [0; 6]),
        ("keyctl", 250, [0, -3, 1, 0, 0, 0]),
        ("lookup_dcookie", 212, [0; 6]),
        ("tee", 276, [0; 6]),
        ("vmsplice", 278, [0; 6]),
    ] {
        attempts.call(what, number, arguments);
    }
    // Nothing that was made lies in wait for the next one.
    attempts.escape("shared memory by number", unsafe { syscall(29, 0x4d41_524b_i64, 4096_i64, 0o1666_i64) >= 0 });
    attempts.over()
}
