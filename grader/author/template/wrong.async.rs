//! fails: any-name
//! en: TODO(author): You greet the world, whoever is named. The greeting is made from the parameter.
//! ru: TODO(author): Вы приветствуете мир, кого бы ни назвали. Приветствие составляется из параметра.

use std::time::Duration;
use tokio::time::sleep;

pub async fn greet(_name: &str, pause: Duration) -> String {
    sleep(pause).await;
    "Hello, world!".to_owned()
}
