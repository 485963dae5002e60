//! What has to be sent to a server when a portal has changed, and in which order.
//!
//! Pages name assets by the hash of their content, and an asset never changes under its name. Hence assets go first: whatever
//! page is served meanwhile, old or new, finds what it names. The service worker goes after the pages, since it fetches them;
//! what is gone is removed last, and assets stay for a while: somebody may have a page open that has not loaded them yet.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::failure::Failure;
use crate::publish::{self, live};

/// For how many days assets stay that no page names any more.
pub(crate) const GRACE_DAYS: u32 = 7;

/// The folder of what is named by its hash.
const ASSETS: &str = "assets/";

/// What is sent together; in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    /// Styles, scripts, modules, index files: named by their hash.
    Assets,
    /// Data files, calendars, whatever is no page.
    Data,
    /// Pages that are new: nothing leads to them yet.
    NewPages,
    /// Pages that were there.
    ChangedPages,
    /// The directory of the search, the feed, the site map, the service worker and the marker, which tell of all that.
    Last,
}

/// All there is to do.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// Files to send with their lengths, in order.
    pub(crate) send: Vec<(Step, String, u64)>,
    /// Files to remove after that.
    pub(crate) remove: Vec<String>,
    /// Assets to remove after [`GRACE_DAYS`].
    pub(crate) remove_later: Vec<String>,
    /// How many files are the same.
    pub(crate) same: usize,
}

/// Compares two trees.
pub(crate) fn plan(old: &Path, new: &Path) -> Result<Plan, Failure> {
    let (before, now) = (files(old)?, files(new)?);
    let mut plan = Plan::default();
    for (path, file) in &now {
        let read = |source| Failure::Read { path: file.clone(), source };
        let earlier = before.get(path);
        let length = fs::metadata(file).map_err(read)?.len();
        if let Some(earlier) = earlier
            && fs::metadata(earlier).is_ok_and(|metadata| metadata.len() == length)
            && crate::read::read(earlier)? == crate::read::read(file)?
        {
            plan.same += 1;
        } else {
            plan.send.push((step(path, earlier.is_some()), path.clone(), length));
        }
    }
    plan.send.sort();
    let gone = before.into_keys().filter(|path| !now.contains_key(path));
    (plan.remove_later, plan.remove) = gone.partition(|path| path.starts_with(ASSETS));
    Ok(plan)
}

/// Files of a portal by their paths.
fn files(folder: &Path) -> Result<BTreeMap<String, PathBuf>, Failure> {
    if !folder.is_dir() {
        return Err(Failure::NoFolder { path: folder.to_owned() });
    }
    if !folder.join(publish::MARKER).is_file() {
        return Err(Failure::NoPortal { path: folder.to_owned() });
    }
    let found = live::files_of(folder).map(|path| (path.to_string(), folder.join(&*path)));
    let marker = (publish::MARKER.to_owned(), folder.join(publish::MARKER));
    Ok(found.chain([marker]).collect())
}

fn step(path: &str, was_there: bool) -> Step {
    // A packed form goes with its file.
    let file = path.strip_suffix(".gz").unwrap_or(path);
    let is_first_level = !file.contains('/');
    // The directory of the search names parts of the index and leads to pages, and the manifest lists the assets.
    if file.starts_with(ASSETS) && !is_hashed(file) {
        return Step::Last;
    }
    match file.rsplit_once('.').map_or("", |(_, extension)| extension) {
        _ if file.starts_with(ASSETS) => Step::Assets,
        "html" if was_there => Step::ChangedPages,
        "html" => Step::NewPages,
        "js" | "xml" | "txt" | "webmanifest" if is_first_level => Step::Last,
        "atom" => Step::Last,
        _ if file == publish::MARKER => Step::Last,
        _ => Step::Data,
    }
}

/// Whether a name carries a hash, as `site.42312463aa.js` does: ten hexadecimal digits between dots.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split('.').any(|part| part.len() == 10 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

impl Step {
    /// Its name in JSON.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::Assets => "assets",
            Self::Data => "data",
            Self::NewPages => "new-pages",
            Self::ChangedPages => "changed-pages",
            Self::Last => "last",
        }
    }
}

impl Plan {
    /// How many bytes are sent.
    pub(crate) fn bytes(&self) -> u64 {
        self.send.iter().map(|(_, _, length)| length).sum()
    }

    /// The plan for a program: what is done, in order.
    pub(crate) fn as_json(&self, old: &Path, new: &Path) -> Value {
        let send = |(step, path, length): &(Step, String, u64)| json!({ "step": step.id(), "path": path, "bytes": length });
        json!({
            "from": old.display().to_string(),
            "to": new.display().to_string(),
            "send": self.send.iter().map(send).collect::<Vec<_>>(),
            "remove": self.remove,
            "remove_later": { "days": GRACE_DAYS, "paths": self.remove_later },
            "bytes": self.bytes(),
            "same": self.same,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_file_has_its_turn() {
        let check = |path: &str, expected: Step| assert_eq!(step(path, false), expected, "{path}");
        check("assets/site.42312463aa.js", Step::Assets);
        check("assets/pages/check.c1a4321587.css.gz", Step::Assets);
        check("assets/search-terms.3020106a4a.bin", Step::Assets);
        check("assets/manifest.json", Step::Last);
        check("assets/manifest.json.gz", Step::Last);
        check("data/conditions.json", Step::Data);
        check("calendar/sx.ics", Step::Data);
        check("使用说明.txt.gz", Step::Last);
        check("faq/index.html", Step::NewPages);
        check("faq/index.html.gz", Step::NewPages);
        check("service-worker.js", Step::Last);
        check("sitemap.xml", Step::Last);
        check("updates/feed.atom", Step::Last);
        check(publish::MARKER, Step::Last);
        assert_eq!(step("faq/index.html", true), Step::ChangedPages);
    }
}
