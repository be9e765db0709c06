use lesson_18::EventLoop;

async fn greet(name: &str) {
    println!("Hello, {name}");
}

fn main() {
    let event_loop = EventLoop::new();
    let name = String::from("world");
    event_loop.run_until_complete(greet(&name));
}
