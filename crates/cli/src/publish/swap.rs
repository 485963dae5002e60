//! One tree takes the place of another: at once where the system can exchange two folders, else by two renames, between which an
//! interruption is healed by the next run ([`Beside::heal`]).

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::beside::Beside;
use super::faults;

/// Makes the staged tree the published one, and keeps the one before. What it says is on the disk before and after.
pub(crate) fn publish(beside: &Beside) -> io::Result<()> {
    sync_tree(&beside.staging())?;
    faults::point("synced");
    let ready = beside.ready(&beside.staging())?;
    fs::rename(beside.staging(), &ready)?;
    faults::point("ready");
    let folder = &beside.folder;
    if !folder.exists() {
        fs::rename(&ready, folder)?;
    } else if exchange(&ready, folder) {
        faults::point("exchanged");
        beside.keep(&ready)?;
    } else {
        let aside = put_in_place_of(&ready, beside)?;
        beside.keep(&aside)?;
    }
    sync_folder(beside.parent())
}

/// Makes the tree before the published one, and the other way round. Doing it twice changes nothing.
pub(crate) fn roll_back(beside: &Beside) -> io::Result<()> {
    let (folder, previous) = (&beside.folder, beside.previous());
    if !folder.exists() {
        fs::rename(&previous, folder)?;
    } else if !exchange(&previous, folder) {
        let aside = put_in_place_of(&previous, beside)?;
        fs::rename(&aside, &previous)?;
    }
    sync_folder(beside.parent())
}

/// Puts a tree where the published one stands, which is put aside: by two renames, the first of which is taken back where the second fails.
/// Where the old tree is now.
fn put_in_place_of(tree: &Path, beside: &Beside) -> io::Result<PathBuf> {
    let (folder, aside) = (&beside.folder, beside.aside());
    fs::rename(folder, &aside)?;
    faults::point("aside");
    if let Err(error) = fs::rename(tree, folder) {
        fs::rename(&aside, folder)?;
        return Err(error);
    }
    faults::point("in-place");
    Ok(aside)
}

/// Whether two folders could be exchanged.
fn exchange(one: &Path, other: &Path) -> bool {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        if !faults::refuses("exchange") {
            return renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).is_ok();
        }
    }
    let _ = (one, other);
    false
}

/// Waits until the whole tree is on the disk. One call for its file system: 20,000 files one by one take far longer.
pub(crate) fn sync_tree(folder: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        rustix::fs::syncfs(File::open(folder)?)?;
    }
    #[cfg(not(target_os = "linux"))]
    for entry in walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok) {
        if entry.file_type().is_file() {
            File::open(entry.path())?.sync_all()?;
        }
    }
    Ok(())
}

/// Waits until the names in a folder are on the disk.
fn sync_folder(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        File::open(folder)?.sync_all()?;
    }
    let _ = folder;
    Ok(())
}
