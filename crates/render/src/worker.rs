//! The service worker: what browsers keep of a portal for reading without a connection.
//!
//! A worker has one address for ever, [`WORKER`], and tells by its bytes that there is another version: the version is
//! a hash of everything the portal has. It names a list of what is kept: pages and what they load at once, and all
//! assets, so that those of another version can be told from them. A portal that does not want to be kept gets a worker
//! that removes itself and everything that was kept; the address stays, so that every visitor's browser gets it.

use std::collections::BTreeSet;

use content::Portal;
use serde_json::json;

use crate::artifact::Artifact;
use crate::assets::{Assets, hashed_path, sha256_hex};
use crate::made::Made;
use crate::output_path::{InvalidOutputPath, OutputPath};
use crate::page::Page;
use crate::tags::attributes;

/// Address of the worker, below the root.
const WORKER: &str = "service-worker.js";
/// The page that is shown in place of one that is not kept.
pub(crate) const OFFLINE_PAGE: &str = "offline.html";
/// Source of the worker that keeps, and of the one that removes what was kept.
const SOURCES: [&str; 2] = ["kept.js", "removed.js"];

/// At most so many pages are kept before they were read, …
const MOST_PAGES: usize = 48;
/// … out of so many that are nearest to the root, …
const NEAREST_PAGES: usize = 4 * MOST_PAGES;
/// … of together at most so many bytes.
const MOST_BYTES: usize = 2_000_000;

/// Attributes with addresses of small scripts that a page fetches when somebody turns to a part of it.
const ON_DEMAND: [&str; 4] = ["data-search-box", "data-beside", "data-cite", "data-terms"];

/// Whether browsers are asked to keep this portal.
pub(crate) fn is_offered(portal: &Portal, assets: &Assets) -> bool {
    portal.settings.offline && assets.worker(SOURCES[0]).is_some()
}

/// Paths of the pages that may be kept before anybody has read them, those nearest to the root first, and of the page
/// that is shown in place of one that is not kept: what they load has to be known.
pub(crate) fn nearest<'a>(pages: &'a [Page<'_>]) -> Vec<&'a str> {
    let mut nearest: Vec<&str> = pages
        .iter()
        .filter(|page| !page.is_for_authors())
        .map(|page| page.head.path.as_str())
        .filter(|path| path.is_empty() || path.ends_with('/'))
        .collect();
    nearest.sort_by_key(|path| path.matches('/').count());
    nearest.truncate(NEAREST_PAGES);
    nearest.extend(pages.iter().map(|page| page.head.path.as_str()).filter(|path| *path == OFFLINE_PAGE));
    nearest
}

/// The worker, and its list where it keeps anything; nothing where the templates come without workers. `made` is
/// everything else, sorted by path; `nearest` comes from [`nearest`].
///
/// # Errors
/// Never for the names that are used; they are checked like all others.
pub(crate) fn artifacts(
    portal: &Portal,
    assets: &Assets,
    all_assets: &[OutputPath],
    nearest: &[&str],
    made: &[Made],
) -> Result<Vec<Artifact>, InvalidOutputPath> {
    let path = WORKER.parse()?;
    if !is_offered(portal, assets) {
        let source = assets.worker(SOURCES[1]);
        return Ok(source.map(|source| Artifact { path, bytes: source.to_vec() }).into_iter().collect());
    }
    let list = list(all_assets, nearest, made);
    let list_path = hashed_path("offline.json", &list)?;
    let head = format!("const PORTAL = {};\n", json!({ "version": version(made), "list": list_path }));
    let source = assets.worker(SOURCES[0]).unwrap_or_default();
    Ok(vec![
        Artifact { path, bytes: [head.as_bytes(), source].concat() },
        Artifact { path: list_path, bytes: list },
    ])
}

/// A hash of all paths and contents.
fn version(made: &[Made]) -> String {
    let lines: String = made.iter().map(|file| format!("{} {}\n", file.sha256, file.path)).collect();
    sha256_hex(lines.as_bytes())[..16].to_owned()
}

fn list(assets: &[OutputPath], nearest: &[&str], made: &[Made]) -> Vec<u8> {
    let find = |page: &str| {
        let path = file_of(page);
        made.binary_search_by(|file| file.path.as_str().cmp(&path)).ok().and_then(|place| made.get(place))
    };
    let kept = kept_pages(nearest, |page| find(page).map_or(0, |file| file.bytes));
    let loaded: BTreeSet<&str> = std::iter::once(&OFFLINE_PAGE)
        .chain(&kept)
        .filter_map(|page| find(page))
        .flat_map(|file| file.loads.iter().map(String::as_str))
        .collect();
    let all: BTreeSet<&str> = assets.iter().map(OutputPath::as_str).collect();
    let text = json!({ "page": OFFLINE_PAGE, "pages": kept, "loaded": loaded, "assets": all }).to_string();
    text.into_bytes()
}

/// Pages to be kept before anybody has read them: of the nearest ones as many as fit.
fn kept_pages<'a>(nearest: &[&'a str], size: impl Fn(&str) -> usize) -> Vec<&'a str> {
    let mut bytes = 0;
    nearest
        .iter()
        .filter(|path| **path != OFFLINE_PAGE)
        .filter(|path| {
            let more = size(path);
            let fits = bytes + more <= MOST_BYTES;
            if fits {
                bytes += more;
            }
            fits
        })
        .copied()
        .take(MOST_PAGES)
        .collect()
}

/// The file of a page; none of those that are made for an address that cannot be a file.
fn file_of(page: &str) -> String {
    OutputPath::of_page(page).map(|path| path.to_string()).unwrap_or_default()
}

/// Assets that a page loads with itself, or as soon as somebody turns to a part of it.
pub(crate) fn loaded_by(html: &[u8]) -> Vec<String> {
    let Ok(html) = std::str::from_utf8(html) else { return Vec::new() };
    attributes(html)
        .into_iter()
        .filter(|one| one.name == "href" || one.name == "src" || ON_DEMAND.contains(&one.name))
        .filter_map(|one| {
            let address = one.value.trim_start_matches("./").trim_start_matches("../");
            // The manifest is a download; everything that is loaded has a hash in its name. Modules and index are kept
            // once they were used.
            let is_left_out = [".json", ".wasm", ".bin"].iter().any(|end| address.ends_with(end));
            (address.starts_with("assets/") && !is_left_out).then(|| address.to_owned())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::{Flavour, RenderOptions, Templates, render, sample};

    const OPTIONS: RenderOptions =
        RenderOptions { today: rules::Date::from_days(20_000), flavour: Flavour::Site };

    fn assets(script: &str) -> Assets {
        let files = [
            ("a.js", script),
            ("b.js", "unused"),
            ("worker/kept.js", "keep();"),
            ("worker/removed.js", "remove();"),
        ];
        Assets::new(files.map(|(name, text)| (name, text.as_bytes().to_vec()))).expect("names are paths")
    }

    fn made(change: impl Fn(&mut Portal), script: &str) -> BTreeMap<String, String> {
        let mut portal = sample::portal();
        change(&mut portal);
        let text = "{{ page.title }}<script src=\"{{ assets[\"a.js\"] }}\"></script>";
        let names = sample::TEMPLATES.iter().chain(&["policy_list.html"]);
        let templates = Templates::new(names.map(|name| (*name, text))).expect("it parses");
        let all = render(&portal, &templates, &assets(script), &OPTIONS).expect("it renders");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
        all.into_iter().map(|artifact| (artifact.path.to_string(), text(artifact.bytes))).collect()
    }

    fn list_of(files: &BTreeMap<String, String>) -> serde_json::Value {
        let (_, list) = files.iter().find(|(path, _)| path.starts_with("assets/offline.")).expect("a list");
        serde_json::from_str(list).expect("JSON")
    }

    #[test]
    fn the_version_follows_the_content_and_nothing_else() {
        let worker = |change: &dyn Fn(&mut Portal), script: &str| made(change, script)[WORKER].clone();
        let first = worker(&|_| {}, "1");
        assert!(first.starts_with("const PORTAL = {") && first.ends_with("keep();"), "{first}");
        assert_eq!(first, worker(&|_| {}, "1"));
        let other_page = worker(&|portal| portal.policies[0].short_title.push('改'), "1");
        let other_asset = worker(&|_| {}, "2");
        assert!(first != other_page && first != other_asset && other_page != other_asset);
    }

    #[test]
    fn the_list_has_pages_and_what_they_load() {
        let list = list_of(&made(|_| {}, "1"));
        let pages = list["pages"].as_array().expect("a list");
        assert_eq!(pages[0], "");
        assert!(
            pages.contains(&json!("policies/sx-2024/")) && pages.contains(&json!("search/")),
            "{pages:?}"
        );
        assert!(!pages.contains(&json!("authoring/")) && !pages.contains(&json!("style/")), "for authors");
        assert!(!pages.contains(&json!("404.html")) && list["page"] == "offline.html");
        assert_eq!(list["loaded"].as_array().map(Vec::len), Some(1));
        assert_eq!(list["assets"].as_array().map(Vec::len), Some(2));
    }

    #[test]
    fn a_large_portal_is_not_kept_whole() {
        let files = made(
            |portal| {
                for number in 0..500 {
                    let mut policy = portal.policies[0].clone();
                    policy.id = format!("p{number}");
                    policy.url = format!("policies/p{number}/");
                    portal.policies.push(policy);
                }
            },
            "1",
        );
        let list = list_of(&files);
        assert_eq!(list["pages"].as_array().map(Vec::len), Some(MOST_PAGES));
        assert!(list["pages"].as_array().is_some_and(|pages| pages.contains(&json!("about/"))));
    }

    #[test]
    fn a_portal_that_is_not_to_be_kept_gets_the_worker_that_removes() {
        let files = made(|portal| portal.settings.offline = false, "1");
        assert_eq!(files[WORKER], "remove();");
        assert!(!files.contains_key(OFFLINE_PAGE));
        assert!(!files.keys().any(|path| path.starts_with("assets/offline.")));
    }
}
