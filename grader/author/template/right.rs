//! en: TODO(author): It puts its pieces together by itself.
//! ru: TODO(author): Складывает части само.

#[must_use]
pub fn greet(name: &str) -> String {
    ["Hello, ", name, "!"].concat()
}
