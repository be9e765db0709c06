//! Has a gigabyte before `main` begins: its own fault, not that of who starts it.

static mut HEAP: [u8; 1 << 30] = [0; 1 << 30];

fn main() {
    let memory = unsafe { &mut *std::ptr::addr_of_mut!(HEAP) };
    memory.iter_mut().step_by(4096).for_each(|byte| *byte = 1);
    println!("ESCAPED: {}", memory.iter().step_by(4096).map(|byte| usize::from(*byte)).sum::<usize>());
}
