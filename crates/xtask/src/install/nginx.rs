//! nginx, for the sample configuration of a server: the system's, or Debian's package unpacked without installing it, so that
//! no server is started on the machine.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::child;
use crate::failure::Failure;
use crate::workspace::{Workspace, make_folder};

/// Where systems have it.
const USUAL_PLACES: [&str; 4] =
    ["/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx", "/opt/homebrew/bin/nginx"];

/// The program; fetched once where the system has none.
pub(crate) fn ensure(workspace: &Workspace) -> Result<PathBuf, Failure> {
    let named = std::env::var_os("NGINX_PROGRAM").filter(|path| !path.is_empty()).map(PathBuf::from);
    let unpacked = workspace.target.join("nginx");
    let places = named
        .into_iter()
        .chain(USUAL_PLACES.iter().map(PathBuf::from))
        .chain([unpacked.join("usr/sbin/nginx")]);
    if let Some(found) = places.into_iter().find(|path| path.is_file()) {
        return Ok(found);
    }
    unpack(&unpacked).map_err(|failure| {
        Failure::new(format!(
            "nginx is missing and Debian's package cannot be unpacked ({failure}). Install nginx, or say by NGINX_PROGRAM where it is."
        ))
    })
}

fn unpack(folder: &Path) -> Result<PathBuf, Failure> {
    make_folder(folder)?;
    child::run(Command::new("apt-get").current_dir(folder).args(["download", "--quiet", "nginx"]))?;
    let entries = std::fs::read_dir(folder).map_err(|cause| Failure::of_path("read", folder, &cause))?;
    for entry in entries.flatten().filter(|entry| entry.path().extension().is_some_and(|end| end == "deb")) {
        child::run(Command::new("dpkg-deb").arg("--extract").arg(entry.path()).arg(folder))?;
    }
    let program = folder.join("usr/sbin/nginx");
    if program.is_file() { Ok(program) } else { Err(Failure::new("the package has no usr/sbin/nginx")) }
}
