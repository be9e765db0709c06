//! tries: to fill all memory, a little at a time
//! verdict: memory

pub fn attack() {
    let mut all = Vec::new();
    loop {
        all.push(vec![1_u8; 1 << 20]);
        std::hint::black_box(&all);
    }
}
