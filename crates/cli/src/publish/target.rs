//! Which folders may be replaced: none that holds anything but a portal, and none that the project or its author lives in.

use std::fs;
use std::path::{Path, PathBuf};

use super::marker::MARKER;
use crate::failure::Failure;
use crate::read;

/// A folder may be replaced when it is not there, has nothing but hidden files, which are carried over, or is a portal. Never replaced is one that
/// has one of `kept` in it, the folder of the command or the author's home, nor one inside of `kept`.
pub(crate) fn check(folder: &Path, kept: &[PathBuf]) -> Result<(), Failure> {
    check_place(folder, kept)?;
    let foreign = || Failure::ForeignFolder { path: folder.to_owned() };
    match fs::symlink_metadata(folder) {
        Err(_) => return Ok(()),
        Ok(metadata) if metadata.is_symlink() => {
            return Err(Failure::SymbolicLink { path: folder.to_owned() });
        }
        Ok(metadata) if !metadata.is_dir() => return Err(foreign()),
        Ok(_) => {}
    }
    if read::has_visible_entries(folder)? && !folder.join(MARKER).is_file() {
        return Err(foreign());
    }
    match hidden(folder, Path::is_dir)?.into_iter().next() {
        Some(path) => Err(Failure::WouldBeLost { path }),
        None => Ok(()),
    }
}

fn check_place(folder: &Path, kept: &[PathBuf]) -> Result<(), Failure> {
    let place = resolved(folder);
    let refused =
        |holds: &Path| Err(Failure::ProtectedFolder { path: folder.to_owned(), holds: holds.to_owned() });
    let around = [std::env::current_dir().ok(), std::env::home_dir().filter(|home| home.is_absolute())];
    for one in around.iter().flatten() {
        if resolved(one).starts_with(&place) {
            return refused(one);
        }
    }
    for one in kept {
        let there = resolved(one);
        if there.starts_with(&place) || place.starts_with(&there) {
            return refused(one);
        }
    }
    Ok(())
}

/// The hidden files at the top of a folder, such as `.gitignore` or `.htaccess`: somebody put them there for the portal, and
/// they are carried over.
pub(crate) fn carried_over(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    if folder.is_dir() { hidden(folder, Path::is_file) } else { Ok(Vec::new()) }
}

/// Hidden entries at the top of a folder. A hidden folder, such as `.git`, is not carried over, and so in the way.
fn hidden(folder: &Path, of_kind: fn(&Path) -> bool) -> Result<Vec<PathBuf>, Failure> {
    let entries = fs::read_dir(folder).map_err(|source| Failure::Read { path: folder.to_owned(), source })?;
    let mut found: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .filter(|entry| read::is_hidden(&entry.file_name()))
        .map(|entry| entry.path())
        .filter(|path| of_kind(path))
        .collect();
    found.sort();
    Ok(found)
}

/// The place a path leads to, links followed as far as it is there.
fn resolved(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for there in absolute.ancestors() {
        if let Ok(real) = there.canonicalize() {
            let rest = absolute.strip_prefix(there).unwrap_or(Path::new(""));
            return rest.components().fold(real, |mut path, part| {
                match part {
                    std::path::Component::ParentDir => drop(path.pop()),
                    part => path.push(part),
                }
                path
            });
        }
    }
    absolute
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r16_what_the_author_lives_in_is_never_replaced() {
        let folder = tempfile::tempdir().expect("a folder");
        let project = folder.path().join("project");
        let content = project.join("content");
        fs::create_dir_all(content.join("policies")).expect("folders");
        // Even a marker does not make a folder of the author one of ours.
        for marked in [&project, &content, folder.path()] {
            fs::write(marked.join(MARKER), "{}").expect("written");
        }
        let kept = [content.clone()];
        let refused = |path: &Path| matches!(check(path, &kept), Err(Failure::ProtectedFolder { .. }));
        assert!(refused(&content), "the content itself");
        assert!(refused(&project), "the project, which has the content in it");
        assert!(refused(folder.path()), "a folder above the project");
        assert!(refused(&content.join("site")), "a folder that would be read as content");
        assert!(refused(&content.join("policies/../../content")), "the same by another name");
        assert!(refused(Path::new("/")), "the root");
        assert!(refused(&std::env::home_dir().expect("there is one")), "the home");
        assert!(refused(&std::env::current_dir().expect("there is one")), "where the command runs");
        assert!(check(&project.join("site"), &kept).is_ok());
        assert!(check(&folder.path().join("content-site"), &kept).is_ok());
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(&project, folder.path().join("link")).expect("a link");
            assert!(refused(&folder.path().join("link/content")), "by a link");
            assert!(matches!(check(&folder.path().join("link"), &[]), Err(Failure::SymbolicLink { .. })));
        }
    }

    #[test]
    fn r16_what_somebody_put_there_is_not_lost() {
        let folder = tempfile::tempdir().expect("a folder");
        let site = folder.path().join("site");
        fs::create_dir_all(&site).expect("a folder");
        fs::write(site.join(".gitignore"), "*").expect("written");
        assert!(check(&site, &[]).is_ok(), "a folder kept out of a repository");
        fs::write(site.join("letter.doc"), "mine").expect("written");
        assert!(matches!(check(&site, &[]), Err(Failure::ForeignFolder { .. })));
        fs::write(site.join(MARKER), "{}").expect("written");
        assert!(check(&site, &[]).is_ok(), "a portal");
        assert_eq!(carried_over(&site).expect("it is there"), [site.join(".gitignore")]);
        fs::create_dir(site.join(".git")).expect("a folder");
        assert!(matches!(check(&site, &[]), Err(Failure::WouldBeLost { path }) if path.ends_with(".git")));
        fs::remove_file(site.join(MARKER)).expect("removed");
        fs::remove_file(site.join("letter.doc")).expect("removed");
        assert!(matches!(check(&site, &[]), Err(Failure::WouldBeLost { .. })), "a repository alone");
    }
}
