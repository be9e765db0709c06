//! tries: to learn from its environment and arguments where the grader lies
//! verdict: passed(contained)

use crate::yard;

pub fn attack() {
    let told = std::env::vars().map(|(name, value)| format!("{name}={value}")).chain(std::env::args().skip(1));
    for word in told {
        if word.contains(yard::ORIGINAL) || word.starts_with("CARGO") || word.starts_with("HOME=/root") {
            println!("ESCAPED: was told {word}");
        }
    }
    let mut rest = String::new();
    if std::io::Read::read_to_string(&mut std::io::stdin(), &mut rest).is_ok() && !rest.is_empty() {
        println!("ESCAPED: was told {rest}");
    }
}
