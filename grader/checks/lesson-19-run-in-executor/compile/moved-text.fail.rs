use lesson_19::web_page;

async fn slide() -> String {
    web_page("http://next.door/", |url| url, async |page| page.text).await //~ E0507
}

fn main() {
    let _future = slide();
}
