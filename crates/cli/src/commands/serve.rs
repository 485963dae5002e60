//! `zhinan serve`: build, serve on this machine, rebuild on every change.

use std::path::PathBuf;
use std::sync::mpsc;
use std::time::Duration;

use content::Language;
use notify::{RecursiveMode, Watcher};
use render::Flavour;

use crate::arguments::{Arguments, Serve};
use crate::commands::build;
use crate::failure::Failure;
use crate::pipeline::ShareImages;
use crate::serve::{LiveSite, listen};
use crate::{publish, report};

/// Time to wait for further changes before building: editors write in several steps.
const QUIET: Duration = Duration::from_millis(80);

/// Serves until it is interrupted. A mistake made while it runs leaves the last good portal in place.
pub(crate) fn run(options: &Serve, arguments: &Arguments) -> Result<(), Failure> {
    let (artifacts, _) = build::make(&options.build, Flavour::Site, ShareImages::LeftOut, arguments)?;
    publish::publish(&artifacts, &options.build.out(Flavour::Site))?;
    let site = LiveSite::new(artifacts);
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
    for folder in watched(options, arguments) {
        watcher
            .watch(&folder, RecursiveMode::Recursive)
            .map_err(|error| Failure::Watch(error.to_string()))?;
    }
    while changes.recv().is_ok() {
        while changes.recv_timeout(QUIET).is_ok() {}
        rebuild(options, arguments, &site);
    }
    Ok(())
}

fn watched(options: &Serve, arguments: &Arguments) -> Vec<PathBuf> {
    let folders = [&arguments.content, &options.build.templates, &options.build.web];
    folders.into_iter().filter(|folder| folder.is_dir()).cloned().collect()
}

fn rebuild(options: &Serve, arguments: &Arguments, site: &LiveSite) {
    let language = arguments.language();
    let built = build::make(&options.build, Flavour::Site, ShareImages::LeftOut, arguments).and_then(
        |(artifacts, _)| publish::publish(&artifacts, &options.build.out(Flavour::Site)).map(|()| artifacts),
    );
    match built {
        Ok(artifacts) => {
            site.replace(artifacts);
            report::progress(match language {
                Language::Chinese => "已更新",
                Language::English => "updated",
            });
        }
        Err(failure) => {
            if !matches!(failure, Failure::Content) {
                report::failure(&failure, language);
            }
            site.show_problem(match language {
                Language::Chinese => "内容有错误，页面停留在上一次的样子；请看命令行里的提示。".to_owned(),
                Language::English => {
                    "The content has errors; this is the last good page. See the terminal.".to_owned()
                }
            });
        }
    }
}
