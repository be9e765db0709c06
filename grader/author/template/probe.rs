//! Observes lesson @NN@: TODO(author): what, in a sentence.

use lesson_@NN@::greet;
use probe::{Inputs, check, mark};

/// The slide's own case.
#[check]
fn slide(_: &mut Inputs) {
    mark!("greet(\"world\")");
    let got: ::std::string::String = greet("world");
    mark!("returned {got:?}");
}

/// Names that nobody could know by heart.
#[check]
fn any_name(inputs: &mut Inputs) {
    for _ in 0..3 {
        let name = inputs.word();
        mark!("greet({name:?})");
        let got: ::std::string::String = greet(&name);
        mark!("returned {got:?}");
    }
}

probe::main!(slide, any_name);
