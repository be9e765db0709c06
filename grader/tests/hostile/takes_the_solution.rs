//! tries: to be the course's own solution, by its path
//! verdict: foreign-file

#[path = "@COURSE@/solutions/lesson-05-timeit/src/lib.rs"]
mod taken;

pub fn attack() {
    println!("{}", std::any::type_name::<taken::TimeIt<'_, Never>>());
}

struct Never;

impl taken::Clock for Never {
    fn now(&self) -> std::time::Duration {
        unreachable!()
    }
}
