//! Debian's packages, where this is Debian and we may install.

use std::path::Path;
use std::process::Command;

use crate::child;
use crate::failure::Failure;

/// Installs the packages, or says who should install which and what for.
pub(crate) fn install(packages: &[&str], what_for: &str) -> Result<(), Failure> {
    let list = packages.join(" ");
    if !can_install() {
        return Err(Failure::new(format!(
            "{what_for} is missing. On Debian or Ubuntu: `sudo apt-get install {list}`; elsewhere install the same by the system's own means."
        )));
    }
    println!("      installing Debian's {list} ({what_for})");
    // The lists may be old or absent; where they cannot be had the install itself says so.
    if let Err(failure) = child::run(apt_get().args(["update", "--quiet"])) {
        println!("      {failure}; trying with the lists that are there");
    }
    child::run(apt_get().args(["install", "--yes", "--quiet", "--no-install-recommends"]).args(packages))
}

/// Whether every one of these packages is installed.
pub(crate) fn has(packages: &[&str]) -> bool {
    let mut query = Command::new("dpkg-query");
    query.args(["--show", "--showformat", "${db:Status-Status}\n"]).args(packages);
    child::capture(&mut query).is_ok_and(|states| states.lines().all(|state| state == "installed"))
}

/// This is a system with apt-get, and we are root on it.
pub(crate) fn can_install() -> bool {
    Path::new("/usr/bin/apt-get").exists() && is_root()
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}

#[cfg(unix)]
fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}
