use lesson_19::web_page;

async fn caller() -> String {
    let get = |url: String| url;
    web_page("http://127.0.0.1/", get, async |page| page.text.clone()).await
}

fn main() {
    let _future = caller();
}
