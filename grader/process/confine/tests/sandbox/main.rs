//! The sandbox under attack: real programs try to get out of it, and each must be contained, named, and leave nothing.
//!
//! Every attack runs in each sandbox that there is, as root and, if the tests are root's, as an ordinary user too. On
//! Linux a sandbox that can't be had is a failure, which says what to install. The programs are in `hostile/`; they know
//! the calls of one architecture by number.

#![cfg(all(target_os = "linux", target_arch = "x86_64"))]

mod attacks;
mod compilers;
mod deaths;
mod excesses;
mod probes;
mod stage;
