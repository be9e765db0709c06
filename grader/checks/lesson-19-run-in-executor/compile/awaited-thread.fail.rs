use lesson_19::web_page;
use std::thread::spawn;

async fn slide() -> usize {
    web_page(
        "http://next.door/",
        |url| url,
        async |page| {
            let text = page.text.clone();
            spawn(move || text.len()).await.unwrap() //~ E0277
        },
    )
    .await
}

fn main() {
    let _future = slide();
}
