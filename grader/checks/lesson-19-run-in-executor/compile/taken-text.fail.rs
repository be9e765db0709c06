use lesson_19::web_page;

async fn caller() -> String {
    let get = |url: String| url;
    web_page("http://127.0.0.1/", get, async |page| std::mem::take(&mut page.text)).await //~ E0596
}

fn main() {
    let _future = caller();
}
