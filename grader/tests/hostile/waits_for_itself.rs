//! tries: to wait for a lock that it holds
//! verdict: hang

pub fn attack() {
    let lock = std::sync::Mutex::new(());
    let _held = lock.lock();
    drop(lock.lock());
}
