//! From where a portal is read: a web server, or a folder of files that is opened by a double click.
//!
//! The two differ here and in `portable.rs` alone. Links to pages name their files in a portable copy, and what scripts
//! fetch from a server comes as a script there. Addresses in `data-*` attributes belong to scripts, which ask
//! `zhinan.page` and `zhinan.bytes` (templates/static/load.js, modules.js), so that they are left as they are.

use crate::artifact::Artifact;
use crate::assets::Asset;
use crate::output_path::{InvalidOutputPath, OutputPath};
use crate::portable;
use crate::tags::attributes;

/// Attributes whose value is an address that the browser itself follows.
const ADDRESSES: [&str; 4] = ["href", "src", "action", "formaction"];

/// From where a portal is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    /// A web server, which gives `faq/index.html` for `faq/`.
    Site,
    /// A folder, by `file://`: browsers fetch nothing there and show lists of files for folders.
    Portable,
}

impl Flavour {
    /// A page as it is written.
    pub(crate) fn page(self, html: String) -> String {
        match self {
            Self::Site => html,
            Self::Portable => with_files_for_folders(&html),
        }
    }

    /// An asset as it is written.
    ///
    /// # Errors
    /// When its name cannot be an output path.
    pub(crate) fn asset(self, asset: Asset) -> Result<Artifact, InvalidOutputPath> {
        let path = self.asset_path(&asset.path)?;
        let bytes = if path == asset.path { asset.bytes } else { portable::packed(&asset) };
        Ok(Artifact { path, bytes })
    }

    /// The path of the file that [`Flavour::asset`] makes of the asset at this path.
    ///
    /// # Errors
    /// When it cannot be an output path.
    pub(crate) fn asset_path(self, path: &OutputPath) -> Result<OutputPath, InvalidOutputPath> {
        match self {
            Self::Portable if portable::is_packed(path) => portable::packed_path(path),
            _ => Ok(path.clone()),
        }
    }
}

fn with_files_for_folders(html: &str) -> String {
    let mut page = String::with_capacity(html.len() + html.len() / 16);
    let mut copied = 0;
    for attribute in attributes(html).iter().filter(|one| ADDRESSES.contains(&one.name)) {
        if let Some(end) = end_of_folder(attribute.value) {
            let place = attribute.place.start + end;
            page.push_str(&html[copied..place]);
            page.push_str("index.html");
            copied = place;
        }
    }
    page.push_str(&html[copied..]);
    page
}

/// Where the name of the file is missing, if the address is a folder of this portal: `../faq/#login` gives 7.
fn end_of_folder(address: &str) -> Option<usize> {
    let end = address.find(['?', '#']).unwrap_or(address.len());
    let path = &address[..end];
    let is_elsewhere = path.starts_with('/') || path.contains(':');
    (path.ends_with('/') && !is_elsewhere).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &str) {
        assert_eq!(Flavour::Portable.page(html.to_owned()), expected);
        assert_eq!(Flavour::Site.page(html.to_owned()), html);
    }

    #[test]
    fn a_link_to_a_folder_names_its_page() {
        check("<a href=\"./\">", "<a href=\"./index.html\">");
        check("<a href=\"../faq/\">", "<a href=\"../faq/index.html\">");
        check("<a href=\"../faq/#login\">", "<a href=\"../faq/index.html#login\">");
        check(
            "<a href=\"./search/?q=1+X&amp;year=2024#a/\">",
            "<a href=\"./search/index.html?q=1+X&amp;year=2024#a/\">",
        );
        check("<form action='../search/'>", "<form action='../search/index.html'>");
    }

    #[test]
    fn other_addresses_stay() {
        for same in [
            "<a href=\"https://a.cn/b/\"><a href=\"//a.cn/\"><a href=\"tel:1\"><a href=\"mailto:a@b.cn\">",
            "<a href=\"#s1/\"><a href=\"?q=/\"><form action=\"\"><a href=\"../data/faq.json\">",
            "<link href=\"./assets/style.0123456789.css\"><script src=\"./assets/a.js\"></script>",
            "<div data-root=\"../\">",
        ] {
            check(same, same);
        }
    }

    #[test]
    fn what_an_author_wrote_is_no_link() {
        let text = "<p>href=&quot;../faq/&quot; href=\"../faq/\" &lt;a href=\"x/\"&gt;</p>";
        check(text, text);
    }
}
