//! `zhinan serve`: build, serve on this machine, rebuild on every change.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use content::{Compiled, Language, Portal};
use notify::{RecursiveMode, Watcher};
use render::Flavour;

use crate::arguments::{Arguments, Serve};
use crate::commands::build;
use crate::failure::Failure;
use crate::look::Look;
use crate::pipeline::{Before, ShareImages};
use crate::serve::{IndexBefore, LiveSite, Overlay, Preview, listen};
use crate::{look, pipeline, report};

/// Time to wait for further changes before building: editors write in several steps.
const QUIET: Duration = Duration::from_millis(25);

/// Time that the page which its author looks at has before all others are made once.
const FIRST: Duration = Duration::from_millis(250);

/// How often it is looked whether a folder has come that is to be watched as well.
const NEW_FOLDERS: Duration = Duration::from_secs(1);

/// What is known of the last state.
#[derive(Default)]
struct Known {
    content: Before,
    look: look::Before,
    index: IndexBefore,
}

/// Serves until it is interrupted. A mistake made while it runs leaves the last good portal in place.
pub(crate) fn run(options: &Serve, arguments: &Arguments) -> Result<(), Failure> {
    let mut before = Known::default();
    let portal = pipeline::reported(arguments, &mut before.content)?.portal.ok_or(Failure::Content)?;
    let preview = preview(portal, options, arguments, &mut before)?;
    build::warn_of_missing_modules(&options.build, arguments);
    let site = LiveSite::new(Arc::clone(&preview));
    complete(preview, None, &site, arguments.language());
    let address = listen(options.port, site.clone())?;
    report::progress(&match arguments.language() {
        Language::Chinese => format!("门户已打开：http://{address}/ （按 Ctrl+C 结束）"),
        Language::English => format!("the portal is at http://{address}/ (Ctrl+C ends it)"),
    });

    let (sender, changes) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // Reading a file is an event as well, and the build reads them all.
        if event.is_ok_and(|event| !event.kind.is_access()) {
            // The receiver lives as long as the process.
            let _ = sender.send(());
        }
    })
    .map_err(|error| Failure::Watch(error.to_string()))?;
    let mut watched = Vec::new();
    watch(&mut watcher, &mut watched, options, arguments)?;
    let mut is_told = false;
    loop {
        match changes.recv_timeout(NEW_FOLDERS) {
            Ok(()) => {
                while changes.recv_timeout(QUIET).is_ok() {}
                rebuild(options, arguments, &mut before, &site);
            }
            // A folder of templates may be made while the portal is served.
            Err(RecvTimeoutError::Timeout) => {
                match watch(&mut watcher, &mut watched, options, arguments) {
                    Ok(true) => rebuild(options, arguments, &mut before, &site),
                    Ok(false) => {}
                    // What is served goes on; the same sentence every second would help nobody.
                    Err(failure) if !is_told => {
                        report::failure(&failure, arguments.language());
                        is_told = true;
                    }
                    Err(_) => {}
                }
            }
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        }
    }
}

/// Begins to watch the folders that are there and not watched yet; whether there were any.
fn watch(
    watcher: &mut impl Watcher,
    watched: &mut Vec<PathBuf>,
    options: &Serve,
    arguments: &Arguments,
) -> Result<bool, Failure> {
    let templates = options.build.templates(&arguments.content);
    let folders = [Some(&arguments.content), Some(&templates), options.build.web.as_ref()];
    // One that is made anew is another folder to the system, though of the same name.
    watched.retain(|folder| folder.is_dir());
    let before = watched.len();
    for folder in folders.into_iter().flatten().filter(|folder| folder.is_dir()) {
        if !watched.contains(folder) {
            watcher
                .watch(folder, RecursiveMode::Recursive)
                .map_err(|error| Failure::Watch(error.to_string()))?;
            watched.push(folder.clone());
        }
    }
    Ok(watched.len() > before)
}

fn rebuild(options: &Serve, arguments: &Arguments, before: &mut Known, site: &LiveSite) {
    match remake(options, arguments, before) {
        Ok(preview) => {
            let last = site.replace(Arc::clone(&preview));
            complete(preview, Some(last), site, arguments.language());
            report::progress(match arguments.language() {
                Language::Chinese => "已更新",
                Language::English => "updated",
            });
        }
        Err(overlay) => site.show_problem(overlay),
    }
}

/// The portal as it is now, or what is shown over its last good pages; the terminal tells it as well.
fn remake(options: &Serve, arguments: &Arguments, before: &mut Known) -> Result<Arc<Preview>, Overlay> {
    let language = arguments.language();
    let failed = |failure: Failure| {
        report::failure(&failure, language);
        Overlay::of_failure(&failure.message(language), language)
    };
    let Compiled { portal, diagnostics, .. } =
        pipeline::reported(arguments, &mut before.content).map_err(failed)?;
    let portal = portal.ok_or_else(|| Overlay::of_content(&diagnostics, &arguments.content, language))?;
    preview(portal, options, arguments, before).map_err(failed)
}

fn preview(
    mut portal: Portal,
    options: &Serve,
    arguments: &Arguments,
    before: &mut Known,
) -> Result<Arc<Preview>, Failure> {
    let options = &options.build;
    build::set_address(&mut portal, options);
    let Look { templates, assets } =
        pipeline::look(&portal, options, ShareImages::LeftOut, arguments, &mut before.look)?;
    let rendering = pipeline::render_options(options, Flavour::Site);
    Ok(Arc::new(Preview::new(
        portal,
        templates,
        assets,
        rendering,
        options.index_files,
        arguments.language(),
        Arc::clone(&before.index),
    )))
}

/// Makes in the background what nobody has asked for yet, frees the portal before it, and shows what is wrong with any page; a
/// portal that is not the newest any more is of no interest.
fn complete(preview: Arc<Preview>, last: Option<Arc<Preview>>, site: &LiveSite, language: Language) {
    let site = site.clone();
    thread::spawn(move || {
        // After an edit the index is less work than the page's way to the screen, and who tries a query asks for it next.
        // What is wrong with it is told with all the rest.
        let _ = preview.make_index();
        drop(last);
        thread::sleep(FIRST);
        let wrong = if site.is_current(&preview) { preview.complete() } else { Ok(()) };
        if let Err(problem) = wrong
            && site.is_current(&preview)
        {
            let failure = Failure::Render(problem);
            report::failure(&failure, language);
            site.show_problem(Overlay::of_failure(&failure.message(language), language));
        }
    });
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use clap::Parser;
    use notify::NullWatcher;

    use super::*;
    use crate::arguments::Command;

    #[test]
    fn templates_are_watched_from_when_they_are_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let content = folder.path().join("content");
        fs::create_dir(&content).expect("a folder");
        let words = [Path::new("zhinan"), Path::new("serve"), Path::new("--content"), &content];
        let arguments = Arguments::try_parse_from(words).expect("they are right");
        let Command::Serve(options) = &arguments.command else { panic!("serve was asked for") };
        let (mut watcher, mut watched) = (NullWatcher, Vec::new());
        let mut look = || watch(&mut watcher, &mut watched, options, &arguments).expect("it can be watched");
        assert!(look());
        assert!(!look(), "nothing new");
        fs::create_dir(folder.path().join("templates")).expect("a folder");
        assert!(look());
        assert!(!look());
        assert_eq!(watched, [content, folder.path().join("templates")]);
    }
}
