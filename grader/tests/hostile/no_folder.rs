//! tries: to remove the folder that it works in, and to put another in its place
//! verdict: passed(contained)

pub fn attack() {
    let here = std::env::current_dir().unwrap();
    if std::fs::remove_dir_all(&here).is_ok() {
        println!("ESCAPED: removed its folder");
    }
    if std::fs::rename(&here, here.with_file_name("elsewhere")).is_ok() {
        println!("ESCAPED: moved its folder");
    }
}
