//! `zhinan serve`: build, serve on this machine, rebuild on every change.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use content::{Compiled, Language, Portal};
use render::Flavour;

use crate::arguments::{Arguments, Serve};
use crate::commands::build;
use crate::failure::Failure;
use crate::look::Look;
use crate::pipeline::Before;
use crate::serve::{IndexBefore, LiveSite, Overlay, Preview, listen};
use crate::watch::Watch;
use crate::{look, pipeline, report};

/// Time that the page which its author looks at has before all others are made once.
const FIRST: Duration = Duration::from_millis(250);

/// What is known of the last state.
#[derive(Default)]
struct Known {
    content: Before,
    look: look::Before,
    index: IndexBefore,
}

/// Serves until it is interrupted. A mistake made while it runs leaves the last good portal in place.
pub(crate) fn run(options: &Serve, arguments: &Arguments) -> Result<(), Failure> {
    let mut watch = Watch::new(&options.build, arguments)?;
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

    while watch.wait() {
        rebuild(options, arguments, &mut before, &site);
    }
    Ok(())
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
    let Look { templates, assets } = pipeline::look(&portal, options, arguments, &mut before.look)?;
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
