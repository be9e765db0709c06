//! tries: to fill memory from eight threads at a time, each in its own share
//! verdict: memory

pub fn attack() {
    for _ in 0..8 {
        std::thread::spawn(|| {
            let mut all = Vec::new();
            loop {
                all.push(vec![1_u8; 1 << 20]);
                std::hint::black_box(&all);
            }
        });
    }
    loop {
        std::thread::park();
    }
}
