use lesson_19::web_page;

async fn slide(text: &str) -> usize {
    web_page("http://next.door/", |_| text.to_owned(), async |page| page.text.len()).await //~ E0521
}

fn main() {
    let _future = slide("Hello");
}
