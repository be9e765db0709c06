//! tries: to fill the compiler's memory with a type that grows fourfold, again and again
//! verdict: compiler-bomb | does-not-compile | does-not-fit

pub fn attack() {
    let wide = wider(wider(wider(wider(wider(wider(wider(wider(wider(wider(wider(wider(wider(wider(wider(
        wider(()),
    )))))))))))))));
    println!("{}", std::any::type_name_of_val(&wide).len());
}

fn wider<T: Copy>(t: T) -> (T, T, T, T) {
    (t, t, t, t)
}
