//! What is left of the file system, and of what Landlock bounds besides: TCP, signals, abstract sockets.

use std::fs;
use std::path::{Path, PathBuf};

use landlock::{
    ABI, Access, AccessFs, AccessNet, BitFlags, CompatLevel, Compatible, PathBeneath, PathFd, Ruleset, RulesetAttr,
    RulesetCreated, RulesetCreatedAttr, RulesetStatus, Scope,
};

use crate::arguments::Orders;
use crate::enter::Failure;

/// The first kernel interface that bounds truncation too; below it a reader could empty what it only may read.
const OLDEST: i32 = 3;
/// The first that bounds TCP.
const WITH_NET: i32 = 4;
/// The first that bounds signals and abstract sockets.
const WITH_SCOPES: i32 = 6;

/// Where systems keep libraries, besides the loader's cache. Any of them may be missing.
const LIBRARIES: [&str; 6] = ["/usr/lib", "/usr/lib64", "/usr/lib32", "/lib", "/lib64", "/etc/ld.so.cache"];
/// Folders with a loader, which the kernel executes for each program.
const LOADERS: [&str; 2] = ["/lib64", "/lib"];
/// What compilers start, and where they look for it.
const TOOLS: [&str; 3] = ["/usr", "/bin", "/etc/alternatives"];
/// The memory map is where the C library learns the size of a stack, without which an overflow is a mere SIGSEGV.
const READABLE: [&str; 4] = ["/proc/self/maps", "/dev/urandom", "/dev/random", "/dev/zero"];
const WRITABLE: [&str; 3] = ["/dev/null", "/dev/zero", "/dev/full"];

/// The newest interface that the running kernel has; 0: none.
fn abi() -> i32 {
    const VERSION: u32 = 1;
    // SAFETY: with this flag the kernel reads no structure, and answers with a number.
    let version = unsafe { libc::syscall(libc::SYS_landlock_create_ruleset, 0_usize, 0_usize, VERSION) };
    i32::try_from(version).unwrap_or(0).max(0)
}

/// From here on only what the orders name can be opened, by this process and all that it starts.
pub fn give_up(orders: &Orders) -> Result<(), Failure> {
    let version = abi();
    if version < OLDEST {
        return Err(Failure(format!("failed to bound files: Landlock {OLDEST} is needed, this kernel has {version}")));
    }
    let abi = ABI::from(version);
    let fail = |error: landlock::RulesetError| Failure::of("bound files", error);

    let mut ruleset = Ruleset::default().set_compatibility(CompatLevel::HardRequirement);
    ruleset = ruleset.handle_access(AccessFs::from_all(abi)).map_err(fail)?;
    if version >= WITH_NET {
        ruleset = ruleset.handle_access(AccessNet::from_all(abi)).map_err(fail)?;
    }
    if version >= WITH_SCOPES {
        ruleset = ruleset.scope(Scope::from_all(abi)).map_err(fail)?;
    }
    let mut rules = Rules { ruleset: ruleset.create().map_err(fail)?, abi };

    let read = AccessFs::ReadFile | AccessFs::ReadDir;
    let execute = read | AccessFs::Execute;
    // Neither links nor sockets, pipes and devices: what reads the scratch later must meet plain files only.
    let not_plain = AccessFs::MakeSym
        | AccessFs::MakeSock
        | AccessFs::MakeFifo
        | AccessFs::MakeChar
        | AccessFs::MakeBlock
        | AccessFs::IoctlDev
        | AccessFs::ResolveUnix;
    let write = AccessFs::from_all(abi) & !(not_plain | AccessFs::Execute);

    rules.allow_if_there(LIBRARIES.iter().map(Path::new), read)?;
    rules.allow_if_there(loaders().iter().map(PathBuf::as_path), execute)?;
    rules.allow_if_there(READABLE.iter().map(Path::new), AccessFs::ReadFile.into())?;
    rules.allow_if_there(WRITABLE.iter().map(Path::new), AccessFs::ReadFile | AccessFs::WriteFile)?;
    if orders.may_fork {
        rules.allow_if_there(TOOLS.iter().map(Path::new), execute)?;
    }
    for path in &orders.read {
        rules.allow(path, read)?;
    }
    for path in &orders.execute {
        rules.allow(path, execute)?;
    }
    if let Some(path) = &orders.write {
        rules.allow(path, write)?;
    }

    let status = rules.ruleset.restrict_self().map_err(fail)?;
    match status.ruleset {
        RulesetStatus::FullyEnforced => Ok(()),
        _ => Err(Failure("failed to bound files: Landlock enforces only a part".to_owned())),
    }
}

struct Rules {
    ruleset: RulesetCreated,
    abi: ABI,
}

impl Rules {
    /// Allows this on the path, and on what lies below it.
    fn allow(&mut self, path: &Path, access: BitFlags<AccessFs>) -> Result<(), Failure> {
        let what = || format!("allow `{}`", path.display());
        let place = PathFd::new(path).map_err(|error| Failure::of(&what(), error))?;
        self.add(place, path, access).map_err(|error| Failure::of(&what(), error))
    }

    fn allow_if_there<'a>(
        &mut self,
        paths: impl Iterator<Item = &'a Path>,
        access: BitFlags<AccessFs>,
    ) -> Result<(), Failure> {
        for path in paths {
            let Ok(place) = PathFd::new(path) else { continue };
            self.add(place, path, access)
                .map_err(|error| Failure::of(&format!("allow `{}`", path.display()), error))?;
        }
        Ok(())
    }

    fn add(&mut self, place: PathFd, path: &Path, access: BitFlags<AccessFs>) -> Result<(), landlock::RulesetError> {
        // A file can't be listed, and the kernel refuses a rule that says so.
        let possible = if path.is_dir() { AccessFs::from_all(self.abi) } else { AccessFs::from_file(self.abi) };
        (&mut self.ruleset).add_rule(PathBeneath::new(place, access & possible)).map(drop)
    }
}

/// The loaders of this system. Alone, for a program of its own that needs no other.
fn loaders() -> Vec<PathBuf> {
    let folders = LOADERS.iter().filter_map(|folder| fs::read_dir(folder).ok());
    let names = folders.flatten().flatten().map(|entry| entry.path());
    names.filter(|path| path.file_name().is_some_and(|name| is_loader(&name.to_string_lossy()))).collect()
}

fn is_loader(name: &str) -> bool {
    name.starts_with("ld-linux") || name.starts_with("ld-musl") || name.starts_with("ld64")
}
