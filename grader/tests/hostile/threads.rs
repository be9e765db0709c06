//! tries: to start two thousand threads, with the smallest stacks
//! verdict: tasks

pub fn attack() {
    let mut n = 0;
    while n < 2000 && std::thread::Builder::new().stack_size(16 << 10).spawn(|| std::thread::park()).is_ok() {
        n += 1;
    }
    println!("ESCAPED: {n} threads");
    loop {
        std::thread::park();
    }
}
