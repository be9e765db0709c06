//! tries: to keep the compiler busy with names: modules that import all of each other
//! verdict: compiler-bomb | does-not-compile | passed(contained)

macro_rules! modules {
    ($($a:ident)*) => { modules!(@each [$($a)*] $($a)*); };
    (@each $all:tt $($a:ident)*) => { $(modules!(@one $all $a);)* };
    (@one [$($b:ident)*] $a:ident) => {
        pub mod $a {
            $(pub use super::$b::*;)*
            pub mod inner { $(pub use super::super::$b::*; pub use super::super::$b::inner::*;)* pub struct $a; }
        }
    };
}

modules! {
    aa ab ac ad ae af ag ah ai aj ak al am an ao ap ba bb bc bd be bf bg bh bi bj bk bl bm bn bo bp
    ca cb cc cd ce cf cg ch ci cj ck cl cm cn co cp da db dc dd de df dg dh di dj dk dl dm dn dp dq
    ea eb ec ed ee ef eg eh ei ej ek el em en eo ep fa fb fc fd fe ff fg fh fi fj fk fl fm fo fp fq
    ga gb gc gd ge gf gg gh gi gj gk gl gm gn go gp ha hb hc hd he hf hg hh hi hj hk hl hm hn ho hp
}

pub fn attack() {}
