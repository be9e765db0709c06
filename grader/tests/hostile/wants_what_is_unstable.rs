//! tries: to have features that are not stable, as by a variable that the compiler obeys
//! verdict: does-not-compile
//! place: whole

#![feature(no_core, lang_items)]
#![no_core]
