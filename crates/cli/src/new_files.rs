//! Writing files that are not there yet: all or none, and never over another.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

use crate::failure::Failure;
use crate::read::NamedBytes;

/// Writes files below a folder, with the folders they need.
pub(crate) fn write(folder: &Path, files: &[NamedBytes]) -> Result<(), Failure> {
    for (name, _) in files {
        let path = folder.join(name);
        if path.symlink_metadata().is_ok() {
            return Err(Failure::AlreadyThere { path });
        }
    }
    for (name, bytes) in files {
        let path = folder.join(name);
        let fail = |source| Failure::Write { path: path.clone(), source };
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(fail)?;
        }
        // Somebody else may have written it in between.
        let mut file = OpenOptions::new().write(true).create_new(true).open(&path).map_err(|source| {
            match source.kind() {
                ErrorKind::AlreadyExists => Failure::AlreadyThere { path: path.clone() },
                _ => fail(source),
            }
        })?;
        file.write_all(bytes).map_err(fail)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_written_where_one_file_is_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let files = [("a/b.md".to_owned(), b"1".to_vec()), ("c.md".to_owned(), b"2".to_vec())];
        fs::write(folder.path().join("c.md"), "mine").expect("written");
        assert!(matches!(write(folder.path(), &files), Err(Failure::AlreadyThere { .. })));
        assert!(!folder.path().join("a").exists());
        fs::remove_file(folder.path().join("c.md")).expect("removed");
        write(folder.path(), &files).expect("written");
        assert_eq!(fs::read_to_string(folder.path().join("a/b.md")).expect("is there"), "1");
    }
}
