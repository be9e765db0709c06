//! tries: to loosen what the kernel holds it by, through files of its own in `/proc`
//! verdict: passed(contained)

pub fn attack() {
    let names = ["oom_score_adj", "coredump_filter", "uid_map", "gid_map", "setgroups", "clear_refs", "attr/current"];
    for name in names {
        if std::fs::OpenOptions::new().write(true).open(format!("/proc/self/{name}")).is_ok() {
            println!("ESCAPED: opened {name} to write to it");
        }
    }
    for path in ["/proc/sys/kernel/core_pattern", "/proc/sysrq-trigger", "/sys/fs/cgroup/cgroup.procs"] {
        if std::fs::OpenOptions::new().write(true).open(path).is_ok() {
            println!("ESCAPED: opened {path} to write to it");
        }
    }
}
