//! Which compiler and which source of the standard library make the browser modules.
//!
//! The standard library is built from source, so no prebuilt target is needed, only `rust-src` of the very compiler
//! in use. Three routes, tried in this order: it is installed; rustup adds it; Debian's `rustc-web`, `rust-web-src`
//! and `cargo-web` bring a compiler and the source that matches it (these link by the `rust-lld` of the installed
//! toolchain, which Debian does not package). `ZHINAN_WASM_ROUTE` forces one.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::child;
use crate::failure::Failure;
use crate::install::debian;
use crate::workspace::Workspace;

const FORCE: &str = "ZHINAN_WASM_ROUTE";
const DEBIAN_PACKAGES: [&str; 3] = ["rustc-web", "rust-web-src", "cargo-web"];
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";

/// Where the compiler comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Route {
    /// The toolchain in use has the source of its standard library.
    Installed,
    /// rustup added that source.
    Rustup,
    /// Debian's compiler for the web.
    Debian,
}

/// A compiler with the source of its standard library.
pub(crate) struct Toolchain {
    /// Where it comes from.
    pub(crate) route: Route,
    /// Its cargo.
    pub(crate) cargo: PathBuf,
    /// Its compiler.
    pub(crate) rustc: PathBuf,
    /// Linker to name to it, where it has none of its own.
    pub(crate) linker: Option<PathBuf>,
    /// Folder of its libraries.
    pub(crate) sysroot: PathBuf,
    version: String,
}

impl Toolchain {
    /// The first route that works, or a message that names them all.
    pub(crate) fn find(workspace: &Workspace) -> Result<Self, Failure> {
        let forced = std::env::var(FORCE).ok().filter(|value| !value.is_empty());
        let native = Native::find(workspace)?;
        match forced.as_deref() {
            None => Self::first_that_works(&native),
            Some("installed") => native.toolchain(Route::Installed),
            Some("rustup") => rustup(&native),
            Some("debian") => from_debian(&native),
            Some(other) => {
                Err(Failure::new(format!("{FORCE}={other}: expected `installed`, `rustup` or `debian`")))
            }
        }
    }

    fn first_that_works(native: &Native) -> Result<Self, Failure> {
        if native.has_source() {
            return native.toolchain(Route::Installed);
        }
        let by_rustup = match rustup(native) {
            Ok(toolchain) => return Ok(toolchain),
            Err(failure) => failure,
        };
        println!("      not by rustup: {by_rustup}");
        from_debian(native).map_err(|by_debian| {
            Failure::new(format!(
                "no way to compile for the browser: the source of the standard library is missing.\n\
                 Either `rustup component add rust-src` ({by_rustup})\n\
                 or, on Debian, `apt-get install {}` ({by_debian}).",
                DEBIAN_PACKAGES.join(" ")
            ))
        })
    }

    /// One line that says which compiler it is and how it was come by.
    pub(crate) fn describe(&self) -> String {
        let how = match self.route {
            Route::Installed => "the installed toolchain and its rust-src",
            Route::Rustup => "the installed toolchain with rust-src added by rustup",
            Route::Debian => "Debian's rustc-web, rust-web-src and cargo-web",
        };
        format!("{how}: {}", self.version)
    }
}

/// The toolchain that compiles everything else.
struct Native {
    cargo: PathBuf,
    sysroot: PathBuf,
}

impl Native {
    fn find(workspace: &Workspace) -> Result<Self, Failure> {
        let mut command = Command::new("rustc");
        child::clean_for_wasm(&mut command);
        let sysroot = child::capture(command.current_dir(&workspace.root).args(["--print", "sysroot"]))?;
        let sysroot = PathBuf::from(sysroot.trim());
        // rustup's proxy stands in for the toolchain's own cargo; name the latter, so that both belong together.
        let own = sysroot.join("bin").join(format!("cargo{}", std::env::consts::EXE_SUFFIX));
        let cargo = if own.exists() { own } else { PathBuf::from("cargo") };
        Ok(Self { cargo, sysroot })
    }

    fn has_source(&self) -> bool {
        library(&self.sysroot).join("std").join("Cargo.toml").exists()
    }

    fn toolchain(&self, route: Route) -> Result<Toolchain, Failure> {
        if !self.has_source() {
            return Err(Failure::new(format!(
                "the toolchain in {} has no rust-src component",
                self.sysroot.display()
            )));
        }
        let rustc = self.sysroot.join("bin").join(format!("rustc{}", std::env::consts::EXE_SUFFIX));
        let version = version(&rustc)?;
        Ok(Toolchain {
            route,
            cargo: self.cargo.clone(),
            rustc,
            linker: None,
            sysroot: self.sysroot.clone(),
            version,
        })
    }

    /// `rust-lld` links WebAssembly; it lies beside the host's libraries.
    fn rust_lld(&self) -> Option<PathBuf> {
        let hosts = std::fs::read_dir(self.sysroot.join("lib").join("rustlib")).ok()?;
        let mut found: Vec<PathBuf> = hosts
            .flatten()
            .map(|host| host.path().join("bin").join("rust-lld"))
            .filter(|path| path.exists())
            .collect();
        found.sort();
        found.into_iter().next()
    }
}

fn rustup(native: &Native) -> Result<Toolchain, Failure> {
    if !child::answers("rustup") {
        return Err(Failure::new("rustup is not installed"));
    }
    child::run(Command::new("rustup").args(["component", "add", "rust-src"]))?;
    native.toolchain(Route::Rustup)
}

fn from_debian(native: &Native) -> Result<Toolchain, Failure> {
    let sysroot = PathBuf::from("/usr");
    let is_there =
        || debian::has(&DEBIAN_PACKAGES) && library(&sysroot).join("std").join("Cargo.toml").exists();
    if !is_there() {
        debian::install(&DEBIAN_PACKAGES, "a compiler for the browser modules")?;
    }
    if !is_there() {
        return Err(Failure::new(
            "Debian's packages are installed but bring no source of the standard library",
        ));
    }
    let Some(linker) = native.rust_lld() else {
        return Err(Failure::new(format!("no rust-lld in the toolchain {}", native.sysroot.display())));
    };
    let rustc = PathBuf::from(DEBIAN_RUSTC);
    let version = version(&rustc)?;
    Ok(Toolchain {
        route: Route::Debian,
        cargo: PathBuf::from(DEBIAN_CARGO),
        rustc,
        linker: Some(linker),
        sysroot,
        version,
    })
}

/// The source of the standard library in a sysroot.
pub(crate) fn library(sysroot: &Path) -> PathBuf {
    sysroot.join("lib/rustlib/src/rust/library")
}

fn version(rustc: &Path) -> Result<String, Failure> {
    Ok(child::capture(Command::new(rustc).arg("--version"))?.trim().to_owned())
}
