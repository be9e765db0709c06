//! Programs that are compiled against this crate as their standard library, as a grader does it, and explored.

mod compile;
mod lessons;
mod outcomes;
mod shapes;
mod surface;
mod wire;
