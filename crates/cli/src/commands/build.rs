//! `zhinan build`: content and templates become a portal in a folder, with `--watch` again after every change.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use content::{Language, Portal};
use render::Flavour;

use crate::arguments::{Arguments, Build, BuildOnce};
use crate::failure::Failure;
use crate::pipeline::Known;
use crate::publish::{Publication, Published, Publishing, faults, prepare_next};
use crate::stamps::Stamps;
use crate::watch::Watch;
use crate::{modules, pipeline, report};

/// How often a portal is made anew because somebody writes while it is made.
const MOST_TRIES: usize = 3;
/// Most pages that are named as gone.
const MOST_NAMED: usize = 20;

/// Builds and publishes; nothing is written when the content has errors.
pub(crate) fn run(options: &BuildOnce, arguments: &Arguments) -> Result<(), Failure> {
    warn_of_missing_modules(&options.build, arguments);
    if options.watch {
        publish_on_every_change(options, arguments)
    } else {
        publish(options, arguments, &mut Known::default())
    }
}

/// Builds and publishes until it is interrupted. A mistake made while it runs leaves the last good portal in place.
fn publish_on_every_change(options: &BuildOnce, arguments: &Arguments) -> Result<(), Failure> {
    let language = arguments.language();
    let mut watch = Watch::new(&options.build, arguments)?;
    let mut known = Known::growing();
    publish(options, arguments, &mut known)?;
    report::progress(match language {
        Language::Chinese => "内容或模板一有改动就重新生成，过了零点也重新生成（按 Ctrl+C 结束）",
        Language::English => {
            "every change of content or templates is built again, and so is every new day (Ctrl+C ends it)"
        }
    });
    let folder = options.out(options.flavour());
    loop {
        prepare_next(&folder);
        if !watch.wait() {
            return Ok(());
        }
        if let Err(failure) = publish(options, arguments, &mut known) {
            report::failure(&failure, language);
            report::progress(match language {
                Language::Chinese => "已发布的门户没有动；改好后会自动重新生成",
                Language::English => "what is published stands; mended, it is built again",
            });
        }
    }
}

fn publish(options: &BuildOnce, arguments: &Arguments, known: &mut Known) -> Result<(), Failure> {
    let started = Instant::now();
    let flavour = options.flavour();
    let folder = options.out(flavour);
    let (publishing, indexing) = of_one_state(options, flavour, &folder, arguments, known)?;
    let published = publishing.finish()?;
    tell(&published, &folder, (started.elapsed(), indexing), arguments.language());
    Ok(())
}

/// The folders a portal is made of.
fn inputs(options: &Build, arguments: &Arguments) -> Vec<PathBuf> {
    let content = [arguments.content.clone()].into_iter();
    content.chain(options.own_templates(&arguments.content)).chain(options.web.clone()).collect()
}

/// Makes all files of a content that nobody changed meanwhile, and how long the search index took: a tree of two states at once
/// never was.
fn of_one_state<'a>(
    options: &BuildOnce,
    flavour: Flavour,
    folder: &'a Path,
    arguments: &Arguments,
    known: &mut Known,
) -> Result<(Publishing<'a>, Duration), Failure> {
    let folders = inputs(&options.build, arguments);
    let mut tries = 0;
    loop {
        let before = Stamps::of(&folders);
        let (mut portal, _) = known.audited_portal(arguments)?;
        set_address(&mut portal, &options.build);
        let base_url = portal.settings.base_url.clone();
        let wanted = Publication { folder, kept: folders.clone(), packed: options.gzip, base_url };
        let mut publishing = Publishing::new(wanted)?;
        let indexing = pipeline::make(&portal, &options.build, flavour, arguments, known, &mut publishing)?;
        pipeline::free(portal);
        faults::point("rendered");
        let now = Stamps::of(&folders);
        let Some(changed) = before.first_change(&now) else { return Ok((publishing, indexing)) };
        tries += 1;
        if tries == MOST_TRIES {
            return Err(Failure::InputChanging { path: changed.to_owned() });
        }
        let changed = changed.display();
        report::progress(&match arguments.language() {
            Language::Chinese => format!("生成期间 {changed} 有改动，重新生成"),
            Language::English => format!("{changed} was changed meanwhile: building once more"),
        });
    }
}

/// Tells what was published, and what is gone.
fn tell(published: &Published, folder: &Path, times: (Duration, Duration), language: Language) {
    let tally = &published.tally;
    let (pages, files, kilobytes) = (tally.pages(), tally.files, tally.bytes / 1024);
    let (seconds, indexing) = (times.0.as_secs_f64(), times.1.as_secs_f64());
    let out = folder.display();
    if published.healed {
        report::progress(match language {
            Language::Chinese => "提醒：上一次发布中途停了，留下的已经清理",
            Language::English => {
                "warning: publishing was interrupted the last time; what it left has been put in order"
            }
        });
    }
    report::progress(&match language {
        Language::Chinese => format!(
            "已生成 {pages} 个页面、共 {files} 个文件（{kilobytes} KB），放在 {out}，用时 {seconds:.2} 秒（检索索引 {indexing:.2} 秒）"
        ),
        Language::English => format!(
            "{pages} pages, {files} files ({kilobytes} KB) in {out}, {seconds:.2} s (search index {indexing:.2} s)"
        ),
    });
    let Some(before) = published.pages_before else { return };
    let (added, changed, same) = (tally.pages_added, tally.pages_changed, tally.pages_same);
    let removed = published.removed.len();
    let rollback = match folder == Path::new("site") {
        true => "zhinan rollback".to_owned(),
        false => format!("zhinan rollback --out {out}"),
    };
    report::progress(&match language {
        Language::Chinese => format!(
            "与上一版相比：新增 {added} 页，改动 {changed} 页，删去 {removed} 页，{same} 页未变；{rollback} 可退回上一版"
        ),
        Language::English => format!(
            "since the last time: {added} pages added, {changed} changed, {removed} removed, {same} the same; `{rollback}` goes back"
        ),
    });
    for page in published.removed.iter().take(MOST_NAMED) {
        report::progress(&match language {
            Language::Chinese => format!("  删去：{page}"),
            Language::English => format!("  removed: {page}"),
        });
    }
    match (removed.saturating_sub(MOST_NAMED), language) {
        (0, _) => {}
        (more, Language::Chinese) => report::progress(&format!("  还有 {more} 页")),
        (more, Language::English) => report::progress(&format!("  and {more} more")),
    }
    if published.has_far_fewer_pages() {
        report::progress(&match language {
            Language::Chinese => {
                format!("提醒：页面从 {before} 个减到 {pages} 个；如果不是有意的，请运行 {rollback}")
            }
            Language::English => format!(
                "warning: {pages} pages where there were {before}; run `{rollback}` if that is not meant"
            ),
        });
    }
}

/// The address the portal is published at may be given with the command.
pub(crate) fn set_address(portal: &mut Portal, options: &Build) {
    if let Some(address) = &options.base_url {
        portal.settings.base_url.clone_from(address);
    }
}

/// Says what of a portal will not work in the browser.
pub(crate) fn warn_of_missing_modules(options: &Build, arguments: &Arguments) {
    let missing = modules::missing(options);
    if !missing.is_empty() {
        let (names, folder) = (missing.join(", "), options.web.as_ref().map(|folder| folder.display()));
        report::progress(&match (arguments.language(), folder) {
            (Language::Chinese, Some(folder)) => format!(
                "提醒：{folder} 里没有 {names}，网页上的检索或自查用不了；cargo xtask modules 会生成它们"
            ),
            (Language::Chinese, None) => format!(
                "提醒：这个程序里没有 {names}，网页上的检索或自查用不了；cargo xtask build 编译的程序带有它们"
            ),
            (Language::English, Some(folder)) => format!(
                "warning: {names} not found in {folder}: search or check will not work in the browser; `cargo xtask modules` makes them"
            ),
            (Language::English, None) => format!(
                "warning: {names} not inside this program: search or check will not work in the browser; `cargo xtask build` compiles one that has them"
            ),
        });
    }
}
