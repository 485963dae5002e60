//! `cargo xtask dist`: one archive with the command and what its users need, the same bytes from the same sources.
//!
//! The binary is compiled in a target folder of its own, where every path of this machine is rewritten.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::child;
use crate::commands::{build, licences, sbom};
use crate::failure::Failure;
use crate::progress::Progress;
use crate::wasm::{cargo_home, require_no_private_path};
use crate::workspace::{Workspace, make_folder, read, write};

/// The files of the repository that the archive has.
const FILES: [&str; 5] = ["README.md", "CHANGELOG.md", "SECURITY.md", "LICENSE-APACHE", "LICENSE-MIT"];

const USAGE: &str = include_str!("../../dist/使用说明.txt");

/// The time of every file in the archive: 2020-01-01, UTC.
const TIME: &str = "@1577836800";

/// Builds everything and packs it.
pub(crate) fn run(workspace: &Workspace) -> Result<(), Failure> {
    let mut progress = Progress::new(build::MODULE_STEPS + 2);
    build::modules_with(workspace, &mut progress)?;
    let binary = progress.step("release binary without paths of this machine", || compile(workspace))?;
    let archive = progress.step("archive", || pack(workspace, &binary))?;
    println!("built {} in {}", archive.display(), progress.elapsed());
    Ok(())
}

fn compile(workspace: &Workspace) -> Result<PathBuf, Failure> {
    let target = workspace.target.join("dist-build");
    let mut private = vec![(workspace.root.clone(), "/zhinan")];
    private.extend(cargo_home().map(|home| (home, "/cargo")));
    private.extend(sysroot()?.map(|sysroot| (sysroot, "/rust")));
    let flags: Vec<String> =
        private.iter().map(|(path, name)| format!("--remap-path-prefix={}={name}", path.display())).collect();
    let mut command = child::cargo(workspace);
    command
        .args(["build", "--release", "--locked", "--package", "zhinan"])
        .env_remove("RUSTFLAGS")
        .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"))
        .env("CARGO_PROFILE_RELEASE_STRIP", "symbols")
        .env("CARGO_TARGET_DIR", &target)
        .env("ZHINAN_WEB", workspace.web());
    child::run(&mut command)?;
    let binary = target.join("release").join(format!("zhinan{}", std::env::consts::EXE_SUFFIX));
    let private: Vec<PathBuf> = private.into_iter().map(|(path, _)| path).collect();
    require_no_private_path(&binary, &private)?;
    Ok(binary)
}

/// Where the compiler and the sources of its standard library lie.
fn sysroot() -> Result<Option<PathBuf>, Failure> {
    let printed = child::capture(rustc().args(["--print", "sysroot"]))?;
    Ok(Some(PathBuf::from(printed.trim())).filter(|path| path.components().count() > 2))
}

fn rustc() -> Command {
    Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
}

/// The triple that binaries are made for.
fn target() -> Result<String, Failure> {
    let printed = child::capture(rustc().arg("-vV"))?;
    let host = printed.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| Failure::new("`rustc -vV` names no host"))
}

fn pack(workspace: &Workspace, binary: &Path) -> Result<PathBuf, Failure> {
    let folder = workspace.target.join("dist");
    let name = format!("zhinan-{}-{}", env!("CARGO_PKG_VERSION"), target()?);
    let staged = folder.join(&name);
    // What an interrupted run left behind.
    let _ = std::fs::remove_dir_all(&staged);
    make_folder(&staged)?;
    let program = staged.join(binary.file_name().unwrap_or_default());
    std::fs::copy(binary, &program).map_err(|cause| Failure::of_path("copy to", &program, &cause))?;
    for file in FILES {
        write(&staged.join(file), &read(&workspace.root.join(file))?)?;
    }
    write(&staged.join("使用说明.txt"), USAGE.as_bytes())?;
    write(&staged.join("LICENSES-THIRD-PARTY.txt"), licences::text(workspace)?.as_bytes())?;
    write(&staged.join("SBOM.cdx.json"), sbom::text(workspace)?.as_bytes())?;
    let archive = archive(&folder, &name)?;
    std::fs::remove_dir_all(&staged).map_err(|cause| Failure::of_path("remove", &staged, &cause))?;
    let file = archive.file_name().unwrap_or_default();
    let sums = child::capture(Command::new("sha256sum").current_dir(&folder).arg(file))?;
    write(&folder.join("SHA256SUMS"), sums.as_bytes())?;
    print!("      {sums}");
    Ok(archive)
}

/// Packs a folder below another: entries sorted, owners and times fixed.
fn archive(folder: &Path, name: &str) -> Result<PathBuf, Failure> {
    let archive = folder.join(format!("{name}.tar.gz"));
    let mut command = Command::new("tar");
    command.current_dir(folder).env("LC_ALL", "C").args([
        "--create",
        "--format=ustar",
        "--sort=name",
        "--owner=0",
        "--group=0",
        "--numeric-owner",
        "--mode=u=rwX,go=rX",
        "--use-compress-program=gzip --no-name -9",
    ]);
    child::run(command.arg(format!("--mtime={TIME}")).arg("--file").arg(&archive).arg(name))?;
    Ok(archive)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_files_make_the_same_archive() {
        let folder = std::env::temp_dir().join(format!("zhinan-dist-{}", std::process::id()));
        let mut archives = Vec::new();
        for (place, order) in [("a", ["一.txt", "b.txt"]), ("b", ["b.txt", "一.txt"])] {
            let staged = folder.join(place).join("zhinan");
            make_folder(&staged).expect("a folder");
            for name in order {
                write(&staged.join(name), name.as_bytes()).expect("written");
                std::thread::sleep(std::time::Duration::from_millis(20));
            }
            let archive = archive(&folder.join(place), "zhinan").expect("packed");
            archives.push(read(&archive).expect("read"));
        }
        std::fs::remove_dir_all(&folder).expect("removed");
        assert!(!archives[0].is_empty() && archives[0] == archives[1]);
    }
}
