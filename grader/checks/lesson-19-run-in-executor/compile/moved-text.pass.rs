use lesson_19::web_page;

async fn slide() -> String {
    web_page("http://next.door/", |url| url, async |page| page.text.clone()).await
}

fn main() {
    let _future = slide();
}
