use lesson_19::web_page;
use std::sync::Arc;

async fn slide() -> usize {
    let text = Arc::new("Hello".to_owned());
    web_page("http://next.door/", move |_| text.to_string(), async |page| page.text.len()).await
}

fn main() {
    let _future = slide();
}
