use lesson_19::web_page;
use std::rc::Rc;

async fn slide() -> usize {
    let text = Rc::new("Hello".to_owned());
    web_page("http://next.door/", move |_| text.to_string(), async |page| page.text.len()).await //~ E0277
}

fn main() {
    let _future = slide();
}
