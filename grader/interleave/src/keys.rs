//! What is random in the standard library: the order of a `HashMap`. A replay needs the same one again.
//!
//! The standard library asks the C library's `getrandom` for the keys of a thread's first map, and a program's own
//! function of that name goes before. Threads that are not explored get what they ask for.

use crate::baton;

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
const GETRANDOM: i64 = 318;
#[cfg(all(target_os = "linux", not(target_arch = "x86_64")))]
const GETRANDOM: i64 = 278;

/// The C library's function.
///
/// # Safety
/// `into` has room for `length` bytes.
#[cfg(target_os = "linux")]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn getrandom(into: *mut u8, length: usize, flags: u32) -> isize {
    unsafe extern "C" {
        fn syscall(number: i64, ...) -> i64;
    }
    if baton::number().is_none() {
        // SAFETY: as the caller promises.
        return unsafe { syscall(GETRANDOM, into, length, flags) } as isize;
    }
    // SAFETY: as the caller promises.
    unsafe { into.write_bytes(0x5a, length) };
    length as isize
}
