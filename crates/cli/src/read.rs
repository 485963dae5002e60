//! Folders of the disk become lists of path and bytes, sorted by path.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use content::{Diagnostic, LARGEST_FILE, Source, Sources};
use rayon::iter::Either;
use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::failure::Failure;
use crate::stamps::Stamp;

/// How many folders deep a file may be: no file of a portal is more than three.
const DEEPEST_FOLDER: usize = 16;

/// A file's path relative to its folder, with `/`, and its bytes.
pub(crate) type NamedBytes = (String, Vec<u8>);

/// Texts as they were read the last time, each with what tells whether the file is still the same.
#[derive(Default)]
pub(crate) struct Known {
    texts: BTreeMap<String, (Stamp, Arc<Source>)>,
}

/// A text that is there.
struct Text {
    name: String,
    path: PathBuf,
    /// None where nothing can be told; such a file cannot be read either, and that is told then.
    stamp: Option<Stamp>,
}

impl Text {
    fn found((name, path): (String, PathBuf)) -> Self {
        let stamp = Stamp::of(&path);
        Self { name, path, stamp }
    }

    /// In bytes.
    fn size(&self) -> usize {
        self.stamp.map_or(0, |stamp| stamp.length())
    }
}

/// All texts of the content folder, with a warning of every other file: whoever put it there thinks that it counts.
pub(crate) fn sources(folder: &Path) -> Result<(Sources, Vec<Diagnostic>), Failure> {
    sources_again(folder, &mut Known::default())
}

/// The same; files that are known and unchanged are not read again.
pub(crate) fn sources_again(folder: &Path, known: &mut Known) -> Result<(Sources, Vec<Diagnostic>), Failure> {
    let others = RefCell::new(Vec::new());
    let found = files_of(folder, &|path| {
        let is_text = is_source(path);
        if !is_text && !is_left_by_a_program(path) {
            others.borrow_mut().push(Sources::not_read(path));
        }
        is_text
    })?;
    let before = std::mem::take(&mut known.texts);
    let unchanged = |text: &Text| {
        let (stamp, source) = before.get(&text.name)?;
        (Some(*stamp) == text.stamp).then(|| (text.name.clone(), (*stamp, Arc::clone(source))))
    };
    let (same, changed): (Vec<_>, Vec<_>) =
        found.into_par_iter().map(Text::found).partition_map(|text| match unchanged(&text) {
            Some(known) => Either::Left(known),
            None => Either::Right(text),
        });
    // Nobody wants gigabytes in memory to be told that they are too many.
    let (large, changed): (Vec<Text>, Vec<Text>) =
        changed.into_iter().partition(|text| text.size() > LARGEST_FILE);
    let stamps: BTreeMap<String, Stamp> =
        changed.iter().filter_map(|text| Some((text.name.clone(), text.stamp?))).collect();
    let changed = changed.into_iter().map(|text| (text.name, text.path)).collect();
    let as_before = same.iter().map(|(_, (_, source))| Arc::clone(source));
    let (mut sources, mut problems) = Sources::decode_again(read_all(changed)?, as_before);
    let read = sources.iter().filter_map(|source| {
        let stamp = stamps.get(&source.path)?;
        stamp.is_settled().then(|| (source.path.clone(), (*stamp, Arc::clone(source))))
    });
    known.texts = read.chain(same).collect();
    problems.extend(large.iter().map(|text| sources.too_large(&text.name, text.size())));
    problems.append(&mut others.into_inner());
    Ok((sources, problems))
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
    read_all(files_of(folder, wanted)?)
}

/// The same, where they are.
fn files_of(folder: &Path, wanted: &dyn Fn(&str) -> bool) -> Result<Vec<(String, PathBuf)>, Failure> {
    if !folder.is_dir() {
        return Err(Failure::NoFolder { path: folder.to_owned() });
    }
    let mut found = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(is_visible) {
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
    Ok(found)
}

fn read_all(files: Vec<(String, PathBuf)>) -> Result<Vec<NamedBytes>, Failure> {
    files.into_par_iter().map(|(name, path)| Ok((name, read(&path)?))).collect()
}

/// Whether a walk goes there: to the folder it begins with, whatever its name, and to all below it that is not hidden.
pub(crate) fn is_visible(entry: &DirEntry) -> bool {
    entry.depth() == 0 || !is_hidden(entry.file_name())
}

/// Whether a file or folder of this name is hidden.
pub(crate) fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// Whether a folder has anything that is not hidden.
pub(crate) fn has_visible_entries(folder: &Path) -> Result<bool, Failure> {
    let entries =
        std::fs::read_dir(folder).map_err(|source| Failure::Read { path: folder.to_owned(), source })?;
    Ok(entries.filter_map(Result::ok).any(|entry| !is_hidden(&entry.file_name())))
}

/// The bytes of a file.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|source| Failure::Read { path: path.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
    use std::time::{Duration, SystemTime};

    use super::*;

    #[test]
    fn a_text_is_read_again_when_it_has_changed() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.md");
        let long_ago = SystemTime::now() - Duration::from_secs(60);
        let write = |text: &str, when: SystemTime| {
            fs::write(&path, text).expect("it can be written");
            File::options().write(true).open(&path).and_then(|file| file.set_modified(when)).expect("a time");
        };
        let mut known = Known::default();
        let mut read = || {
            let (sources, problems) = sources_again(folder.path(), &mut known).expect("it can be read");
            assert!(problems.is_empty());
            Arc::clone(sources.iter().next().expect("one file"))
        };
        write("one", long_ago);
        let first = read();
        assert!(Arc::ptr_eq(&first, &read()), "unchanged");
        write("two", long_ago + Duration::from_secs(1));
        assert_eq!(read().text, "two");
        // Written in the very moment, and once more of the same length: the stamp may be the same.
        write("now", SystemTime::now());
        assert_eq!(read().text, "now");
        fs::write(&path, "two").expect("it can be written");
        assert_eq!(read().text, "two");
    }
}
