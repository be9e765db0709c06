//! Threads, their ends, what is theirs alone, and time.

use std::cell::RefCell;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::mpsc::channel;
use std::thread::{self, Builder, JoinHandle, Thread, ThreadId};
use std::time::{Duration, Instant};

struct Loud(&'static str);

impl Drop for Loud {
    fn drop(&mut self) {
        println!("drop {}", self.0);
    }
}

fn joins() {
    let thread: JoinHandle<u32> = thread::spawn(|| 7);
    println!("{:?}", thread.thread().name());
    println!("{:?}", thread.join());
    let thread = Builder::new()
        .name("named".to_owned())
        .stack_size(1 << 20)
        .spawn(|| thread::current().name().map(str::to_owned));
    let thread = thread.unwrap();
    println!("{:?}", thread.thread().name());
    println!("{:?}", thread.join());
    let thread = thread::spawn(|| {
        let _loud = Loud("by its panic");
        panic!("{}", "said");
    });
    println!("{:?}", thread.join().map(|()| 1).unwrap_err().downcast_ref::<String>());
    let (sender, receiver) = channel::<()>();
    let thread = thread::spawn(move || receiver.recv().is_ok());
    println!("{}", thread.is_finished());
    drop(sender);
    while !thread.is_finished() {
        thread::yield_now();
    }
    println!("{}", thread.join().unwrap());
}

fn identity() {
    let me: Thread = thread::current();
    let mine: ThreadId = me.id();
    let theirs = thread::spawn(|| thread::current().id()).join().unwrap();
    println!("{} {}", mine == thread::current().id(), mine == theirs);
    println!("{}", thread::available_parallelism().is_ok());
    println!("{}", thread::panicking());
}

fn locals() {
    thread_local! {
        static LOUD: RefCell<Option<Loud>> = const { RefCell::new(None) };
        static COUNT: RefCell<u32> = RefCell::new(1);
    }
    COUNT.with(|count| *count.borrow_mut() += 1);
    let thread = thread::spawn(|| {
        LOUD.with(|loud| *loud.borrow_mut() = Some(Loud("with its thread")));
        COUNT.with(|count| *count.borrow())
    });
    println!("{:?} {}", thread.join().unwrap(), COUNT.with(|count| *count.borrow()));
}

fn scopes() {
    let (mut numbers, text) = (vec![1, 2], String::from("borrowed"));
    let sum = thread::scope(|scope| {
        let thread = scope.spawn(|| text.len());
        let named = Builder::new().name("in a scope".to_owned()).spawn_scoped(scope, || {
            numbers.push(3);
            numbers.iter().sum::<i32>()
        });
        let named = named.unwrap();
        println!("{:?}", named.thread().name());
        (thread.join().unwrap(), named.join().unwrap())
    });
    println!("{sum:?} {numbers:?}");
    let lock = Mutex::new(0);
    thread::scope(|scope| {
        scope.spawn(|| {
            scope.spawn(|| *lock.lock().unwrap() += 1);
            *lock.lock().unwrap() += 1;
        });
    });
    println!("{lock:?}");
    let unheard = catch_unwind(AssertUnwindSafe(|| {
        thread::scope(|scope| {
            scope.spawn(|| panic!("unheard"));
        });
    }));
    println!("{:?}", unheard.unwrap_err().downcast_ref::<&str>());
    let heard = thread::scope(|scope| scope.spawn(|| -> u8 { panic!("heard") }).join().is_err());
    println!("{heard}");
}

fn parks() {
    thread::current().unpark();
    thread::park();
    thread::park_timeout(Duration::from_millis(1));
    let me = thread::current();
    let thread = thread::spawn(move || me.unpark());
    thread.join().unwrap();
    thread::park();
    println!("parked and unparked");
}

fn time() {
    let begun = Instant::now();
    thread::sleep(Duration::from_millis(2));
    println!("{} {}", begun.elapsed() >= Duration::from_millis(2), Instant::now() > begun);
    let later = begun + Duration::from_secs(1);
    println!("{:?} {:?}", later - begun, later.duration_since(begun));
    println!("{:?} {:?}", begun.checked_duration_since(later), begun.saturating_duration_since(later));
    println!("{:?}", later.checked_sub(Duration::from_secs(1)) == Some(begun));
    println!("{:?}", begun.checked_add(Duration::from_secs(1)) == Some(later - Duration::ZERO));
}

fn prints() {
    print!("a ");
    println!();
    let one = 1;
    println!("{one} {0} {two:>4}", 3, two = 2);
    writeln!(std::io::stdout(), "to stdout").unwrap();
    let mut out = std::io::stdout().lock();
    write!(out, "locked ").unwrap();
    out.write_all(b"bytes\n").unwrap();
    out.flush().unwrap();
    eprintln!("not shown");
    println!("{}", dbg!(one + 1));
    std::println!("by its path");
}

pub fn surface() {
    joins();
    identity();
    locals();
    scopes();
    parks();
    time();
    prints();
}

#[allow(dead_code)]
fn main() {
    surface();
}
