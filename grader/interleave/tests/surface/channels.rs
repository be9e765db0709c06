//! Channels, and atomics.

use std::sync::Arc;
use std::sync::atomic::{
    AtomicBool, AtomicI64, AtomicIsize, AtomicPtr, AtomicU8, AtomicU32, AtomicUsize, Ordering, fence,
};
use std::sync::mpsc::{
    Receiver, RecvError, RecvTimeoutError, SendError, Sender, SyncSender, TryRecvError, TrySendError, channel,
    sync_channel,
};
use std::thread;
use std::time::Duration;

struct Loud(u32);

impl Drop for Loud {
    fn drop(&mut self) {
        println!("drop {}", self.0);
    }
}

fn unbounded() {
    let (sender, receiver): (Sender<u32>, Receiver<u32>) = channel();
    println!("{sender:?} {receiver:?} {:?}", receiver.try_recv());
    println!("{:?}", receiver.recv_timeout(Duration::from_millis(1)));
    let other = sender.clone();
    let thread = thread::spawn(move || (1..=3).for_each(|n| other.send(n).unwrap()));
    println!("{:?}", receiver.iter().take(3).collect::<Vec<_>>());
    thread.join().unwrap();
    sender.send(4).unwrap();
    sender.send(5).unwrap();
    println!("{:?}", receiver.try_iter().collect::<Vec<_>>());
    sender.send(6).unwrap();
    drop(sender);
    println!("{:?} {:?}", receiver.recv(), receiver.recv() == Err(RecvError));
    println!("{:?}", receiver.try_recv() == Err(TryRecvError::Disconnected));
    println!("{:?}", receiver.recv_timeout(Duration::from_secs(1)) == Err(RecvTimeoutError::Disconnected));
    println!("{:?}", (&receiver).into_iter().next());
    println!("{:?}", receiver.into_iter().next());
    let (sender, receiver) = channel();
    sender.send(Loud(1)).unwrap();
    drop(receiver);
    println!("the receiver is gone");
    let SendError(back) = sender.send(Loud(2)).unwrap_err();
    println!("{} comes back", back.0);
}

fn bounded() {
    let (sender, receiver): (SyncSender<u32>, _) = sync_channel(1);
    println!("{:?}", sender.try_send(1));
    println!("{:?}", matches!(sender.try_send(2), Err(TrySendError::Full(2))));
    let thread = thread::spawn(move || {
        sender.send(3).unwrap();
        sender.send(4)
    });
    println!("{:?} {:?}", receiver.recv(), receiver.recv());
    drop(receiver.recv());
    println!("{:?}", thread.join().unwrap());
    let (sender, receiver) = sync_channel(1);
    drop(receiver);
    println!("{:?}", matches!(sender.try_send(2), Err(TrySendError::Disconnected(2))));

    let (sender, receiver) = sync_channel(0);
    println!("{:?}", matches!(sender.try_send(0), Err(TrySendError::Full(0))));
    let thread = thread::spawn(move || (0..2).map(|n| sender.send(n).is_ok()).collect::<Vec<_>>());
    println!("{:?} {:?}", receiver.recv(), receiver.recv());
    println!("{:?}", thread.join().unwrap());
    let (sender, receiver) = sync_channel(0);
    let thread = thread::spawn(move || sender.send("back"));
    drop(receiver);
    println!("{:?}", thread.join().unwrap());
}

fn atomics() {
    static COUNT: AtomicUsize = AtomicUsize::new(1);
    println!("{} {}", COUNT.fetch_add(1, Ordering::Relaxed), COUNT.load(Ordering::Acquire));
    let flag = AtomicBool::default();
    println!("{} {}", flag.swap(true, Ordering::AcqRel), flag.fetch_not(Ordering::SeqCst));
    println!("{:?} {flag:?}", flag.compare_exchange(false, true, Ordering::SeqCst, Ordering::Relaxed));
    println!("{:?}", flag.compare_exchange_weak(false, true, Ordering::SeqCst, Ordering::Relaxed));
    println!("{} {}", flag.fetch_and(false, Ordering::SeqCst), flag.fetch_or(true, Ordering::SeqCst));
    println!("{} {}", flag.fetch_xor(true, Ordering::SeqCst), flag.fetch_nand(true, Ordering::SeqCst));
    let mut number = AtomicU8::new(250);
    println!("{} {}", number.fetch_add(10, Ordering::SeqCst), number.load(Ordering::SeqCst));
    println!("{} {}", number.fetch_max(7, Ordering::SeqCst), number.fetch_min(2, Ordering::SeqCst));
    println!("{:?}", number.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(3)));
    println!("{:?}", number.try_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_add(3)));
    println!("{:?}", number.update(Ordering::SeqCst, Ordering::SeqCst, |n| n * 2));
    *number.get_mut() += 1;
    println!("{number:?}");
    println!("{}", number.into_inner());
    let signed = AtomicI64::from(-4);
    signed.store(-5, Ordering::Release);
    println!("{} {:?}", signed.fetch_sub(1, Ordering::SeqCst), signed);
    println!("{:?} {:?}", AtomicIsize::new(1).swap(2, Ordering::SeqCst), AtomicU32::default());
    let mut value = 5;
    let pointer = AtomicPtr::new(&raw mut value);
    println!("{}", pointer.swap(std::ptr::null_mut(), Ordering::SeqCst) == &raw mut value);
    println!("{}", AtomicPtr::<u8>::default().load(Ordering::SeqCst).is_null());
    fence(Ordering::SeqCst);
    let shared = Arc::new(AtomicU32::new(0));
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| shared.fetch_or(1, Ordering::SeqCst));
        }
    });
    println!("{shared:?}");
}

pub fn surface() {
    unbounded();
    bounded();
    atomics();
}

#[allow(dead_code)]
fn main() {
    surface();
}
