//! How pages are drawn: what they share, and what each adds.

use content::{Portal, ROOT_PLACEHOLDER};

use crate::artifact::Artifact;
use crate::assets::Assets;
use crate::flavour::Flavour;
use crate::page::Page;
use crate::pages::Shared;
use crate::render_error::RenderError;
use crate::rendering::RenderOptions;
use crate::share_image::PORTAL_IMAGE;
use crate::templates::{Templates, Variables};
use crate::view::{Summary, structured_data};
use crate::worker;

/// Templates that know what every page of one portal is told. Of a portal of thousands of documents that is more work than a page.
#[derive(Debug, Clone)]
pub struct Prepared {
    templates: Templates,
    /// Browsers may keep the portal.
    pub(crate) is_kept: bool,
}

impl Prepared {
    /// For the pages of this portal that load these assets and are drawn with these options.
    pub fn new(portal: &Portal, templates: &Templates, assets: &Assets, options: &RenderOptions) -> Self {
        let is_kept = options.flavour == Flavour::Site && worker::is_offered(portal, assets);
        let templates = templates
            .clone()
            .with_global("portal", &Summary::from(portal))
            .with_global("offline", &is_kept)
            .with_global("portable", &(options.flavour == Flavour::Portable).then_some(options.today));
        Self { templates, is_kept }
    }
}

/// The pages of a portal and what they are drawn by.
pub(crate) struct Drawn<'a> {
    portal: &'a Portal,
    assets: &'a Assets,
    flavour: Flavour,
    pub(crate) prepared: &'a Prepared,
    pub(crate) pages: Vec<Page<'a>>,
}

impl<'a> Drawn<'a> {
    pub(crate) fn new(
        portal: &'a Portal,
        shared: &'a Shared<'a>,
        prepared: &'a Prepared,
        assets: &'a Assets,
        flavour: Flavour,
    ) -> Self {
        let is_kept = prepared.is_kept;
        let pages = shared.pages().into_iter().filter(|page| page.belongs_to(flavour, is_kept)).collect();
        Self { portal, assets, flavour, prepared, pages }
    }

    /// One of the pages.
    pub(crate) fn page(&self, page: &Page<'_>) -> Result<Artifact, RenderError> {
        let base_url = &self.portal.settings.base_url;
        let root = page.root(base_url);
        let mut head = page.head.clone();
        if !base_url.is_empty() && page.listed && self.flavour == Flavour::Site {
            head.canonical = format!("{base_url}{}", head.path);
        }
        if !head.canonical.is_empty() {
            let own = page.subject.share_image().and_then(|name| self.assets.get(&name));
            let image = own.or_else(|| self.assets.get(PORTAL_IMAGE));
            head.share_image = image.map(|image| format!("{base_url}{}", image.path)).unwrap_or_default();
        }
        if head.description.is_empty() {
            head.description = format!("{}。{}", head.title, self.portal.settings.description);
        }
        let base = if base_url.is_empty() { &root } else { base_url };
        // Nobody searches the folder of a copy.
        let structured_data = match self.flavour {
            Flavour::Site => structured_data(self.portal, &head, base, page.subject),
            Flavour::Portable => String::new(),
        };
        let variables: Variables = page
            .variables()
            .with("structured_data", &structured_data)
            .with("page", &head)
            .with("listed", &page.listed)
            .with("assets", &self.assets.addresses(&root))
            .with("root", &root);
        let html = self
            .prepared
            .templates
            .render(page.template, &variables)
            .map_err(|error| RenderError::Template { page: head.path.clone(), error })?;
        Ok(Artifact { path: page.file()?, bytes: self.flavour.page(rooted(&html, &root)).into_bytes() })
    }
}

/// Texts name addresses of the portal without knowing the page they stand on; here they get the way to its root. The
/// quotation mark belongs to it: one that an author wrote is escaped, so that only real addresses are meant.
fn rooted(html: &str, root: &str) -> String {
    html.replace(&format!("\"{ROOT_PLACEHOLDER}"), &format!("\"{root}"))
}
