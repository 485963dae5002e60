//! Waiting for a change: an author's, of content, templates or modules, or that of the day, with which windows open and close.

use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use content::Language;
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use rules::Date;

use crate::arguments::{Arguments, Build};
use crate::failure::Failure;
use crate::{pipeline, report};

/// Time to wait for further changes: editors write in several steps. Where more come later, as with many files, it is built once more.
const QUIET: Duration = Duration::from_millis(10);

/// How often it is looked at what nobody tells of: whether a folder has come that is to be watched as well, and what day it is.
const LOOK: Duration = Duration::from_secs(1);

/// The folders that a portal is made of, from when it began to be looked at on.
pub(crate) struct Watch<W = RecommendedWatcher> {
    watcher: W,
    changes: Receiver<()>,
    /// Folders that are watched as soon as they are there.
    folders: Vec<PathBuf>,
    watched: Vec<PathBuf>,
    /// The day of the last change.
    day: Date,
    language: Language,
    /// Whether it was told that a folder cannot be watched: the same sentence every second would help nobody.
    is_told: bool,
}

impl Watch {
    /// Begins to watch: what is changed after that, while a portal is made for instance, is not lost.
    pub(crate) fn new(options: &Build, arguments: &Arguments) -> Result<Self, Failure> {
        let (sender, changes) = mpsc::channel();
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            // Reading a file is an event as well, and the build reads them all.
            if event.is_ok_and(|event| !event.kind.is_access()) {
                // The receiver lives as long as the watcher.
                let _ = sender.send(());
            }
        })
        .map_err(|error| Failure::Watch(error.to_string()))?;
        let mut watch = Self::by(watcher, changes, options, arguments);
        watch.look_for_folders()?;
        Ok(watch)
    }
}

impl<W: Watcher> Watch<W> {
    fn by(watcher: W, changes: Receiver<()>, options: &Build, arguments: &Arguments) -> Self {
        let templates = options.templates(&arguments.content);
        let folders = [arguments.content.clone(), templates].into_iter().chain(options.web.clone()).collect();
        let language = arguments.language();
        let day = pipeline::today();
        Self { watcher, changes, folders, watched: Vec::new(), day, language, is_told: false }
    }

    /// Waits until something has been changed and nothing more is for a moment; false when there is nothing to wait for any more.
    pub(crate) fn wait(&mut self) -> bool {
        loop {
            let told = self.changes.recv_timeout(LOOK);
            let before = std::mem::replace(&mut self.day, pipeline::today());
            match told {
                Ok(()) => {
                    while self.changes.recv_timeout(QUIET).is_ok() {}
                    return true;
                }
                Err(RecvTimeoutError::Timeout) if before != self.day => return true,
                // A folder of templates may be made meanwhile.
                Err(RecvTimeoutError::Timeout) => match self.look_for_folders() {
                    Ok(true) => return true,
                    Ok(false) => {}
                    Err(failure) if !self.is_told => {
                        report::failure(&failure, self.language);
                        self.is_told = true;
                    }
                    Err(_) => {}
                },
                Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
    }

    /// Begins to watch the folders that are there and not watched yet; whether there were any.
    fn look_for_folders(&mut self) -> Result<bool, Failure> {
        // One that is made anew is another folder to the system, though of the same name.
        self.watched.retain(|folder| folder.is_dir());
        let before = self.watched.len();
        for folder in self.folders.iter().filter(|folder| folder.is_dir()) {
            if !self.watched.contains(folder) {
                self.watcher
                    .watch(folder, RecursiveMode::Recursive)
                    .map_err(|error| Failure::Watch(error.to_string()))?;
                self.watched.push(folder.clone());
            }
        }
        Ok(self.watched.len() > before)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use clap::Parser;
    use notify::NullWatcher;

    use super::*;
    use crate::arguments::Command;

    fn watch(content: &Path, changes: Receiver<()>) -> Watch<NullWatcher> {
        let words = [Path::new("zhinan"), Path::new("serve"), Path::new("--content"), content];
        let arguments = Arguments::try_parse_from(words).expect("they are right");
        let Command::Serve(options) = &arguments.command else { panic!("serve was asked for") };
        Watch::by(NullWatcher, changes, &options.build, &arguments)
    }

    #[test]
    fn a_new_day_is_a_change() {
        let (_sender, changes) = mpsc::channel();
        let mut watch = watch(Path::new("content"), changes);
        watch.day = Date::from_days(20_000);
        assert!(watch.wait());
        assert_eq!(watch.day, pipeline::today());
    }

    #[test]
    fn templates_are_watched_from_when_they_are_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let content = folder.path().join("content");
        fs::create_dir(&content).expect("a folder");
        let mut watch = watch(&content, mpsc::channel().1);
        let mut look = || watch.look_for_folders().expect("it can be watched");
        assert!(look());
        assert!(!look(), "nothing new");
        fs::create_dir(folder.path().join("templates")).expect("a folder");
        assert!(look());
        assert!(!look());
        assert_eq!(watch.watched, [content, folder.path().join("templates")]);
        assert!(!watch.wait(), "nobody can tell of a change any more");
    }
}
