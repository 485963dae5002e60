//! Folders of the disk become lists of path and bytes, sorted by path.

use std::cell::RefCell;
use std::path::Path;

use content::{Diagnostic, LARGEST_FILE, Sources};
use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::failure::Failure;

/// How many folders deep a file may be: no file of a portal is more than three.
const DEEPEST_FOLDER: usize = 16;

/// A file's path relative to its folder, with `/`, and its bytes.
pub(crate) type NamedBytes = (String, Vec<u8>);

/// All texts of the content folder, with a warning of every other file: whoever put it there thinks that it counts.
pub(crate) fn sources(folder: &Path) -> Result<(Sources, Vec<Diagnostic>), Failure> {
    let others = RefCell::new(Vec::new());
    let large = RefCell::new(Vec::new());
    let files = folder_files(folder, &|path| {
        let is_text = is_source(path);
        if !is_text && !is_left_by_a_program(path) {
            others.borrow_mut().push(Sources::not_read(path));
        }
        // Nobody wants gigabytes in memory to be told that they are too many.
        let size = if is_text { size_of(&folder.join(path)) } else { 0 };
        if size > LARGEST_FILE {
            large.borrow_mut().push((path.to_owned(), size));
        }
        is_text && size <= LARGEST_FILE
    })?;
    let (mut sources, mut problems) = Sources::decode(files);
    problems.extend(large.into_inner().into_iter().map(|(path, size)| sources.too_large(&path, size)));
    problems.append(&mut others.into_inner());
    Ok((sources, problems))
}

/// Bytes of a file; what cannot be asked will not be read either, and is told then.
fn size_of(path: &Path) -> usize {
    std::fs::metadata(path).map_or(0, |file| usize::try_from(file.len()).unwrap_or(usize::MAX))
}

/// Whether editors and desktops leave a file of this name by themselves.
fn is_left_by_a_program(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.starts_with('~') || name.ends_with('~') || ["Thumbs.db", "desktop.ini"].contains(&name)
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
    let mut found = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(visible) {
        let entry = entry.map_err(|error| Failure::Read {
            path: error.path().unwrap_or(folder).to_owned(),
            source: error.into(),
        })?;
        if entry.path_is_symlink() && entry.depth() > 0 {
            return Err(Failure::SymbolicLink { path: entry.path().to_owned() });
        }
        if entry.depth() > DEEPEST_FOLDER {
            return Err(Failure::DeepFolder { path: entry.path().to_owned(), limit: DEEPEST_FOLDER });
        }
        let relative = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let name = relative
            .components()
            .map(|part| part.as_os_str().to_string_lossy())
            .collect::<Vec<_>>()
            .join("/");
        if entry.file_type().is_file() && wanted(&name) {
            found.push((name, entry.into_path()));
        }
    }
    found.into_par_iter().map(|(name, path)| Ok((name, read(&path)?))).collect()
}

/// Whether a folder has anything that is not hidden.
pub(crate) fn has_visible_entries(folder: &Path) -> Result<bool, Failure> {
    let entries =
        std::fs::read_dir(folder).map_err(|source| Failure::Read { path: folder.to_owned(), source })?;
    Ok(entries.filter_map(Result::ok).any(|entry| !entry.file_name().to_string_lossy().starts_with('.')))
}

/// The bytes of a file.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|source| Failure::Read { path: path.to_owned(), source })
}
