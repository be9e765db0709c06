//! fails: any-name
//! en: TODO(author): You greet the world, whoever is named. The greeting is made from the parameter.
//! ru: TODO(author): Вы приветствуете мир, кого бы ни назвали. Приветствие составляется из параметра.

#[must_use]
pub fn greet(_name: &str) -> String {
    "Hello, world!".to_owned()
}
