//! Where things stand: the workspace and the folders that the build makes.

use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// The paths every command needs.
pub(crate) struct Workspace {
    /// The folder with the workspace's `Cargo.toml`.
    pub(crate) root: PathBuf,
    /// Cargo's target folder, `CARGO_TARGET_DIR` where that is set.
    pub(crate) target: PathBuf,
}

impl Workspace {
    /// The workspace this tool was started from; cargo says where by `CARGO_MANIFEST_DIR`.
    pub(crate) fn find() -> Self {
        let here = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = here.ancestors().nth(2).unwrap_or(&here).to_path_buf();
        let target = std::env::var_os("CARGO_TARGET_DIR")
            .filter(|folder| !folder.is_empty())
            .map_or_else(|| root.join("target"), |folder| absolute(Path::new(&folder)));
        Self { root, target }
    }

    /// Finished browser modules, ready for `zhinan build --web`.
    pub(crate) fn web(&self) -> PathBuf {
        self.target.join("web")
    }

    /// Target folder of the browser modules alone: their flags must not invalidate native builds.
    pub(crate) fn wasm_build(&self) -> PathBuf {
        self.target.join("wasm-build")
    }

    /// The release build of the command.
    pub(crate) fn zhinan(&self) -> PathBuf {
        self.target.join("release").join(format!("zhinan{}", std::env::consts::EXE_SUFFIX))
    }

    /// The built portal.
    pub(crate) fn site(&self) -> PathBuf {
        self.root.join("site")
    }

    /// The browser tests.
    pub(crate) fn browser_tests(&self) -> PathBuf {
        self.root.join("tests").join("browser")
    }
}

/// A relative target folder counts from where the command was started, as cargo has it.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf())
}

/// Makes the folder and those above it.
pub(crate) fn make_folder(folder: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(folder).map_err(|cause| Failure::of_path("create", folder, &cause))
}

/// Reads a file whole.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|cause| Failure::of_path("read", path, &cause))
}

/// Writes a file whole.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    std::fs::write(path, bytes).map_err(|cause| Failure::of_path("write", path, &cause))
}

/// Writes a file whole unless it is the same already: its time stays, and what is made of it need not be made again.
pub(crate) fn update(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    if std::fs::read(path).is_ok_and(|found| found == bytes) { Ok(()) } else { write(path, bytes) }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::*;

    #[test]
    fn a_file_that_is_the_same_keeps_its_time() {
        let path = std::env::temp_dir().join(format!("zhinan-update-{}.js", std::process::id()));
        let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1);
        let time_after = |bytes: &[u8]| {
            write(&path, b"one").expect("written");
            std::fs::File::options()
                .write(true)
                .open(&path)
                .and_then(|file| file.set_modified(long_ago))
                .expect("a time");
            update(&path, bytes).expect("written");
            assert_eq!(read(&path).ok().as_deref(), Some(bytes));
            std::fs::metadata(&path).and_then(|file| file.modified()).expect("a time")
        };
        assert_eq!(time_after(b"one"), long_ago);
        assert_ne!(time_after(b"two"), long_ago);
        std::fs::remove_file(&path).expect("it was made");
    }
}
