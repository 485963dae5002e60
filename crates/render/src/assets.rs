//! Files that pages load: the stylesheet, scripts, icons, browser modules.
//!
//! Each is written under a name that carries the hash of its content, so that a browser may keep it for ever.
//! Pages know them by their logical name (`site.js`). What changes with every word of the portal, the directory of the search index,
//! has a name without a hash: pages that name it stay as they are, and browsers ask whether it is the same.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::output_path::{InvalidOutputPath, OutputPath};

/// Logical name of the stylesheet that every page has.
pub const STYLESHEET: &str = "style.css";

/// All assets of a portal, by logical name.
#[derive(Debug, Clone, Default)]
pub struct Assets {
    named: BTreeMap<String, Asset>,
    /// Paths of those whose content is made later.
    promised: BTreeMap<String, OutputPath>,
    /// Sources of service workers, by name: a worker has one address for ever, so it is no asset.
    workers: BTreeMap<String, Vec<u8>>,
}

/// One asset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// `assets/<stem>.<first 10 hex digits of its SHA-256>.<extension>`
    pub path: OutputPath,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl Assets {
    /// Takes the files of `templates/static`, named relative to it with `/` between parts. The files of a
    /// folder whose name ends in `.css` or `.js` are parts of one asset of that name, joined in the order of their names;
    /// `worker/*` are the sources of service workers; every other file is an asset by its own name. Styles and scripts
    /// lose their comments.
    ///
    /// # Errors
    /// When a name cannot be an output path.
    pub fn new<I, N>(static_files: I) -> Result<Self, InvalidOutputPath>
    where
        I: IntoIterator<Item = (N, Vec<u8>)>,
        N: Into<String>,
    {
        let sorted: BTreeMap<String, Vec<u8>> =
            static_files.into_iter().map(|(name, bytes)| (name.into(), bytes)).collect();
        let mut assets = Self::default();
        let mut joined: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        for (name, bytes) in sorted {
            if let Some(whole) = joined_name(&name) {
                let parts = joined.entry(whole.to_owned()).or_default();
                parts.extend_from_slice(&bytes);
                parts.push(b'\n');
            } else if let Some(worker) = name.strip_prefix("worker/") {
                assets.workers.insert(worker.to_owned(), bytes);
            } else {
                let bytes = without_comments(&name, bytes);
                assets.insert(name, bytes)?;
            }
        }
        for (name, parts) in joined {
            let bytes = without_comments(&name, parts);
            assets.insert(name, bytes)?;
        }
        Ok(assets)
    }

    /// Adds an asset, or replaces the one of this name.
    ///
    /// # Errors
    /// When the name cannot be an output path.
    pub fn insert(&mut self, name: impl Into<String>, bytes: Vec<u8>) -> Result<(), InvalidOutputPath> {
        let name = name.into();
        let path = hashed_path(&name, &bytes)?;
        self.named.insert(name, Asset { path, bytes });
        Ok(())
    }

    /// Lets pages name an asset whose content is made later, by an address without a hash: pages do not wait for the search index.
    ///
    /// # Errors
    /// When the name cannot be an output path.
    pub fn promise(&mut self, name: impl Into<String>) -> Result<(), InvalidOutputPath> {
        let name = name.into();
        let path = format!("assets/{name}").parse()?;
        self.promised.insert(name, path);
        Ok(())
    }

    /// The asset with this logical name.
    pub fn get(&self, name: &str) -> Option<&Asset> {
        self.named.get(name)
    }

    /// The source of a service worker, by its name below `worker/`.
    pub(crate) fn worker(&self, name: &str) -> Option<&[u8]> {
        self.workers.get(name).map(Vec::as_slice)
    }

    /// Logical names and assets, sorted by name; without those that are promised.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Asset)> {
        self.named.iter().map(|(name, asset)| (name.as_str(), asset))
    }

    /// Paths by logical name, of those that are promised as well.
    pub(crate) fn paths(&self) -> impl Iterator<Item = (&str, &OutputPath)> {
        let named = self.named.iter().map(|(name, asset)| (name.as_str(), &asset.path));
        named.chain(self.promised.iter().map(|(name, path)| (name.as_str(), path)))
    }

    /// What is to be written, and what pages and workers name of it.
    pub(crate) fn part(mut self) -> (Vec<Asset>, Self) {
        let written = self
            .named
            .values_mut()
            .map(|asset| Asset { path: asset.path.clone(), bytes: std::mem::take(&mut asset.bytes) })
            .collect();
        (written, self)
    }

    /// The address of every asset, as a page with this root writes it.
    pub(crate) fn addresses(&self, root: &str) -> BTreeMap<&str, String> {
        self.paths().map(|(name, path)| (name, format!("{root}{path}"))).collect()
    }
}

/// The asset that a file is a part of: the folder it is in, where that is called like a style or a script.
fn joined_name(name: &str) -> Option<&str> {
    let (folder, _) = name.rsplit_once('/')?;
    [".css", ".js"].iter().any(|end| folder.ends_with(end)).then_some(folder)
}

/// Styles and scripts without comments and needless white space, which are a third of their bytes; anything else, and what
/// cannot be made smaller, as it is.
fn without_comments(name: &str, bytes: Vec<u8>) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(&bytes) else { return bytes };
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let smaller = match extension {
        "js" => Some(minifier::js::minify(text).to_string()),
        "css" => minifier::css::minify(text).ok().map(|sheet| sheet.to_string()),
        _ => None,
    };
    smaller.map_or(bytes, String::into_bytes)
}

pub(crate) fn hashed_path(name: &str, bytes: &[u8]) -> Result<OutputPath, InvalidOutputPath> {
    let digest = sha256_hex(bytes);
    let (folder, file) =
        name.rsplit_once('/').map_or((String::new(), name), |(folder, file)| (format!("{folder}/"), file));
    let hashed = match file.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{}.{extension}", &digest[..10]),
        None => format!("{file}.{}", &digest[..10]),
    };
    format!("assets/{folder}{hashed}").parse()
}

/// SHA-256 in lower-case hex.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assets(files: &[(&str, &str)]) -> Assets {
        Assets::new(files.iter().map(|(name, text)| (*name, text.as_bytes().to_vec())))
            .expect("names are paths")
    }

    #[test]
    fn a_name_carries_the_hash_of_the_content() {
        // SHA-256 of "abc" is the first example of FIPS 180-2.
        let all = assets(&[("data.txt", "abc")]);
        assert_eq!(all.get("data.txt").map(|asset| asset.path.as_str()), Some("assets/data.ba7816bf8f.txt"));
        assert_eq!(all.addresses("../")["data.txt"], "../assets/data.ba7816bf8f.txt");
    }

    #[test]
    fn stylesheets_are_joined_in_the_order_of_their_names() {
        let all = assets(&[
            ("style.css/90-print.css", "c { d: e }"),
            ("style.css/00-tokens.css", "/* first */ a { d: e; }"),
            ("style.css/10-base.css", "b { d: calc(1px - 2px) }"),
        ]);
        let text = all.get(STYLESHEET).map(|asset| String::from_utf8_lossy(&asset.bytes).into_owned());
        assert_eq!(text.as_deref(), Some(" a{d:e;}b{d:calc(1px - 2px)}c{d:e}"));
        assert_eq!(all.iter().count(), 1);
    }

    #[test]
    fn a_name_cannot_lead_out_of_the_folder() {
        assert!(Assets::new([("../x.js", Vec::new())]).is_err());
    }

    #[test]
    fn a_promised_asset_has_an_address() {
        let mut all = assets(&[]);
        all.promise("directory.bin").expect("a path");
        assert_eq!(all.addresses("./")["directory.bin"], "./assets/directory.bin");
        assert_eq!(all.iter().count(), 0, "there is nothing to be written yet");
    }

    #[test]
    fn folders_and_names_without_extension_are_kept() {
        let all = assets(&[("fonts/LICENSE", "abc")]);
        assert_eq!(
            all.get("fonts/LICENSE").map(|asset| asset.path.as_str()),
            Some("assets/fonts/LICENSE.ba7816bf8f")
        );
    }
}
