use lesson_19::web_page;

async fn slide(text: &'static str) -> usize {
    web_page("http://next.door/", |_| text.to_owned(), async |page| page.text.len()).await
}

fn main() {
    let _future = slide("Hello");
}
