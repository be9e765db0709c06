//! tries: to fill the compiler's memory with tokens that double
//! verdict: compiler-bomb | does-not-compile
//! place: whole

#![recursion_limit = "1000000"]

macro_rules! double {
    ($($t:tt)*) => { double!($($t)* $($t)*); };
}

double!(x x x x x x x x);
