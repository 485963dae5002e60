//! Folders of the disk become lists of path and bytes, sorted by path.

use std::path::Path;

use content::{Diagnostic, Sources};
use walkdir::{DirEntry, WalkDir};

use crate::failure::Failure;

/// A file's path relative to its folder, with `/`, and its bytes.
pub(crate) type NamedBytes = (String, Vec<u8>);

/// All texts of the content folder.
pub(crate) fn sources(folder: &Path) -> Result<(Sources, Vec<Diagnostic>), Failure> {
    Ok(Sources::decode(folder_files(folder, &is_source)?))
}

/// Whether a file of the content folder is one of its texts.
pub(crate) fn is_source(path: &str) -> bool {
    path.ends_with(".md") || path.ends_with(".yaml") || path.ends_with(".yml")
}

/// All files of a folder that are wanted, hidden ones left out. Symbolic links are refused: what they point at may lie
/// outside the folder or change under the build.
pub(crate) fn folder_files(folder: &Path, wanted: &dyn Fn(&str) -> bool) -> Result<Vec<NamedBytes>, Failure> {
    if !folder.is_dir() {
        return Err(Failure::NoFolder { path: folder.to_owned() });
    }
    let visible =
        |entry: &DirEntry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.');
    let mut files = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(visible) {
        let entry = entry.map_err(|error| Failure::Read {
            path: error.path().unwrap_or(folder).to_owned(),
            source: error.into(),
        })?;
        if entry.path_is_symlink() && entry.depth() > 0 {
            return Err(Failure::SymbolicLink { path: entry.path().to_owned() });
        }
        let relative = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let name = relative
            .components()
            .map(|part| part.as_os_str().to_string_lossy())
            .collect::<Vec<_>>()
            .join("/");
        if entry.file_type().is_file() && wanted(&name) {
            let bytes = read(entry.path())?;
            files.push((name, bytes));
        }
    }
    Ok(files)
}

/// The bytes of a file.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|source| Failure::Read { path: path.to_owned(), source })
}
