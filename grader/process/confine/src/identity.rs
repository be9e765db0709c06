//! From root to a user that nobody else is.

use rustix::process::{Gid, Uid, getegid, geteuid, getgid, getgroups, getuid};
use rustix::thread::{set_thread_groups, set_thread_res_gid, set_thread_res_uid};

use crate::enter::Failure;

/// Becomes the user and the group of this number, with no other groups, and makes sure that there is no way back.
///
/// This process has one thread, so what these calls do to a thread they do to the process.
pub fn become_user(id: u32) -> Result<(), Failure> {
    let (uid, gid) = (Uid::from_raw(id), Gid::from_raw(id));
    set_thread_groups(&[]).map_err(|error| Failure::of("leave its groups", error))?;
    set_thread_res_gid(gid, gid, gid).map_err(|error| Failure::of(&format!("become the group {id}"), error))?;
    set_thread_res_uid(uid, uid, uid).map_err(|error| Failure::of(&format!("become the user {id}"), error))?;

    let alone = getgroups().is_ok_and(|groups| groups.is_empty());
    let is_changed = getuid() == uid && geteuid() == uid && getgid() == gid && getegid() == gid && alone;
    let way_back = set_thread_res_uid(Uid::ROOT, Uid::ROOT, Uid::ROOT).is_ok();
    if is_changed && !way_back { Ok(()) } else { Err(Failure(format!("failed to become the user {id} for good"))) }
}
