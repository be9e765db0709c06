//! tries: to have forty gibibytes in one piece
//! verdict: memory

pub fn attack() {
    let mut all = vec![0_u8; 40 << 30];
    all.iter_mut().step_by(4096).for_each(|byte| *byte = 1);
    std::hint::black_box(&all);
    println!("ESCAPED: 40 GiB");
}
