use lesson_18::EventLoop;

fn main() {
    let event_loop = EventLoop::new();
    event_loop.run_until_complete(async { event_loop.close() }); //~ E0505
}
