//! One run at a time publishes to a folder.

use std::fs::{File, TryLockError};

use super::beside::Beside;
use crate::failure::Failure;

/// Held while publishing. The lock belongs to the open file, so that it ends with the process however that ends.
pub(crate) struct Lock(#[allow(dead_code, reason = "the open file is the lock")] File);

impl Lock {
    pub(crate) fn take(beside: &Beside) -> Result<Self, Failure> {
        let path = beside.lock();
        let options = File::options().write(true).create(true).truncate(false).open(&path);
        let file = options.map_err(Failure::write(&path))?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(Failure::Locked { path: beside.folder.clone(), lock: path }),
            Err(TryLockError::Error(source)) => Err(Failure::Write { path, source }),
        }
    }
}
