//! tries: to end with a good code when it panics
//! verdict: ended-early

pub fn attack() {
    std::panic::set_hook(Box::new(|_| std::process::exit(0)));
    panic!("2.00");
}
