//! The servers of the sample configurations: the system's, or Debian's packages unpacked without installing them, so that
//! no server is started on the machine.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::child;
use crate::failure::Failure;
use crate::workspace::{Workspace, make_folder};

/// A program that may be unpacked from a package of Debian's.
struct Program {
    /// Name of the package and of the folder it is unpacked into.
    package: &'static str,
    /// Environment variable that names another one.
    variable: &'static str,
    /// Where systems have it.
    usual_places: &'static [&'static str],
    /// Its place in the package.
    in_package: &'static str,
}

const NGINX: Program = Program {
    package: "nginx",
    variable: "NGINX_PROGRAM",
    usual_places: &["/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx", "/opt/homebrew/bin/nginx"],
    in_package: "usr/sbin/nginx",
};

const CADDY: Program = Program {
    package: "caddy",
    variable: "CADDY_PROGRAM",
    usual_places: &["/usr/bin/caddy", "/usr/local/bin/caddy", "/opt/homebrew/bin/caddy"],
    in_package: "usr/bin/caddy",
};

/// nginx; fetched once where the system has none.
pub(crate) fn nginx(workspace: &Workspace) -> Result<PathBuf, Failure> {
    ensure(workspace, &NGINX)
}

/// Caddy, likewise.
pub(crate) fn caddy(workspace: &Workspace) -> Result<PathBuf, Failure> {
    ensure(workspace, &CADDY)
}

fn ensure(workspace: &Workspace, program: &Program) -> Result<PathBuf, Failure> {
    let named = std::env::var_os(program.variable).filter(|path| !path.is_empty()).map(PathBuf::from);
    let unpacked = workspace.target.join(program.package);
    let places = named
        .into_iter()
        .chain(program.usual_places.iter().map(PathBuf::from))
        .chain([unpacked.join(program.in_package)]);
    if let Some(found) = places.into_iter().find(|path| path.is_file()) {
        return Ok(found);
    }
    unpack(program, &unpacked).map_err(|failure| {
        Failure::new(format!(
            "{name} is missing and Debian's package cannot be unpacked ({failure}). Install {name}, or say by {variable} where it is.",
            name = program.package,
            variable = program.variable,
        ))
    })
}

fn unpack(program: &Program, folder: &Path) -> Result<PathBuf, Failure> {
    make_folder(folder)?;
    let download = || {
        child::run(Command::new("apt-get").current_dir(folder).args(["download", "--quiet", program.package]))
    };
    // A fresh machine has no lists yet.
    download().or_else(|_| {
        child::run(Command::new("apt-get").args(["update", "--quiet"]))?;
        download()
    })?;
    let entries = std::fs::read_dir(folder).map_err(|cause| Failure::of_path("read", folder, &cause))?;
    for entry in entries.flatten().filter(|entry| entry.path().extension().is_some_and(|end| end == "deb")) {
        child::run(Command::new("dpkg-deb").arg("--extract").arg(entry.path()).arg(folder))?;
    }
    let found = folder.join(program.in_package);
    if found.is_file() {
        Ok(found)
    } else {
        Err(Failure::new(format!("the package has no {}", program.in_package)))
    }
}
