//! tries: to say more in one error than is read of the compiler, so that none is read
//! verdict: compiler-bomb | does-not-compile

macro_rules! longer {
    ([$($t:tt)*] $a:literal $($rest:literal)*) => { longer!([$($t)* , $($t)* , $($t)* , $($t)*] $($rest)*); };
    ([$($t:tt)*]) => { compile_error!(concat!($($t)*)); };
}

longer!(["\u{1b}[2J##[error]::error::x, and so on, and so on, and so on, and so on, and so on, and so on, and so on"] 1 2 3 4 5 6 7 8);

pub fn attack() {}
