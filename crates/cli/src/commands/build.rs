//! `zhinan build`: content and templates become a portal in a folder.

use std::time::{Duration, Instant};

use content::{Language, Portal};
use render::{Artifact, Flavour};

use crate::arguments::{Arguments, Build, BuildOnce};
use crate::failure::Failure;
use crate::pipeline::ShareImages;
use crate::{compressed, pipeline, publish, report};

/// Builds and publishes; nothing is written when the content has errors.
pub(crate) fn run(options: &BuildOnce, arguments: &Arguments) -> Result<(), Failure> {
    let started = Instant::now();
    let language = arguments.language();
    let flavour = options.flavour();
    let folder = options.out(flavour);
    // A copy that is read as files is shown nowhere.
    let share_images = match flavour {
        Flavour::Site => ShareImages::Drawn,
        Flavour::Portable => ShareImages::LeftOut,
    };
    let (mut artifacts, indexing) = make(&options.build, flavour, share_images, arguments)?;
    if options.gzip {
        let packed = compressed::gzipped(&artifacts);
        artifacts.extend(packed);
    }
    publish::publish(&artifacts, &folder)?;
    let pages = artifacts.iter().filter(|artifact| artifact.path.as_str().ends_with(".html")).count();
    let (files, bytes) =
        (artifacts.len(), artifacts.iter().map(|artifact| artifact.bytes.len()).sum::<usize>());
    let (seconds, indexing) = (started.elapsed().as_secs_f64(), indexing.as_secs_f64());
    let out = folder.display();
    report::progress(&match language {
        Language::Chinese => format!(
            "已生成 {pages} 个页面、共 {files} 个文件（{} KB），放在 {out}，用时 {seconds:.2} 秒（检索索引 {indexing:.2} 秒）",
            bytes / 1024
        ),
        Language::English => {
            format!(
                "{pages} pages, {files} files ({} KB) in {out}, {seconds:.2} s (search index {indexing:.2} s)",
                bytes / 1024
            )
        }
    });
    Ok(())
}

/// Everything but writing: compile, report, render; and how long the search index took.
pub(crate) fn make(
    options: &Build,
    flavour: Flavour,
    share_images: ShareImages,
    arguments: &Arguments,
) -> Result<(Vec<Artifact>, Duration), Failure> {
    let portal = pipeline::portal(arguments)?;
    make_of(portal, options, flavour, share_images, arguments)
}

/// The same of a portal that is compiled already.
pub(crate) fn make_of(
    mut portal: Portal,
    options: &Build,
    flavour: Flavour,
    share_images: ShareImages,
    arguments: &Arguments,
) -> Result<(Vec<Artifact>, Duration), Failure> {
    set_address(&mut portal, options);
    warn_of_missing_modules(options, arguments);
    pipeline::artifacts(&portal, options, flavour, share_images, arguments)
}

/// The address the portal is published at may be given with the command.
pub(crate) fn set_address(portal: &mut Portal, options: &Build) {
    if let Some(address) = &options.base_url {
        portal.settings.base_url.clone_from(address);
    }
}

/// Says what of a portal will not work in the browser.
pub(crate) fn warn_of_missing_modules(options: &Build, arguments: &Arguments) {
    let missing = pipeline::missing_modules(options);
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
