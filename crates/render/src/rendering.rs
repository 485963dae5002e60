//! From a portal to its files: the whole of this crate in one function.

use std::collections::BTreeSet;

use content::{LARGEST_PAGE, LONGEST_ADDRESS, Language, Portal, ROOT_PLACEHOLDER};
use rayon::prelude::*;
use rules::Date;

use crate::artifact::Artifact;
use crate::assets::{Asset, Assets};
use crate::flavour::Flavour;
use crate::made::Made;
use crate::output_path::{InvalidOutputPath, OutputPath};
use crate::page::Page;
use crate::pages::Shared;
use crate::share_image::PORTAL_IMAGE;
use crate::templates::{TemplateError, Templates, Variables};
use crate::view::{Summary, structured_data};
use crate::{bounds, calendars, data, feed, indexes, portable, worker};

/// What is not in the portal but decides what comes out.
#[derive(Debug, Clone, Copy)]
pub struct RenderOptions {
    /// The day of the build: windows that closed before it are printed as closed.
    pub today: Date,
    /// From where it will be read.
    pub flavour: Flavour,
}

/// Why a portal cannot be rendered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RenderError {
    /// A template is missing or asks for something that is not there.
    #[error("{error} (while making {page})")]
    Template {
        /// Address of the page, relative to the root; empty for the home page.
        page: String,
        /// What is wrong with it.
        error: TemplateError,
    },
    /// A page or file would leave the output folder or could not be stored.
    #[error(transparent)]
    Path(#[from] InvalidOutputPath),
    /// Two pages or files would be written to the same place, or to places that some systems take for the same.
    #[error("{first} and {second} would be one file: give one of the two another id or name")]
    Twice {
        /// The first.
        first: OutputPath,
        /// The second.
        second: OutputPath,
    },
    /// A file would have an address that browsers and servers cut off.
    #[error(
        "the address of {path} would have {length} bytes, more than the limit of {LONGEST_ADDRESS}: shorten its name or the portal's own address"
    )]
    LongAddress {
        /// The file.
        path: OutputPath,
        /// Bytes of its whole address.
        length: usize,
    },
    /// A page is so large that browsers could hardly show it.
    #[error(
        "the page {path} would have {size} bytes, more than the limit of {LARGEST_PAGE}: divide what it is made of into several files"
    )]
    LargePage {
        /// The page.
        path: OutputPath,
        /// Its bytes.
        size: usize,
    },
}

impl RenderError {
    /// What is wrong, and where there is one the remedy. What the template engine says is English in both languages.
    pub fn message(&self, language: Language) -> String {
        match (language, self) {
            (Language::English, _) => self.to_string(),
            (_, Self::Template { page, error }) => format!("{error}（生成 {page} 时）"),
            (_, Self::Path(invalid)) => format!("“{}”不能作文件的路径：{}", invalid.path, invalid.reason),
            (_, Self::Twice { first, second }) => {
                format!("{first} 和 {second} 会是同一个文件：给其中一个换一个编号或名称")
            }
            (_, Self::LongAddress { path, length }) => format!(
                "{path} 的网址会有 {length} 字节，超过上限 {LONGEST_ADDRESS} 字节：缩短它的名称，或缩短网站自己的网址"
            ),
            (_, Self::LargePage { path, size }) => {
                format!("网页 {path} 会有 {size} 字节，超过上限 {LARGEST_PAGE} 字节：把它的内容拆成几个文件")
            }
        }
    }
}

/// Makes every page, asset and data file of a portal, sorted by path.
///
/// # Errors
/// Every page that cannot be made; a template that fails on several pages at one position is reported once.
///
/// # Example
/// ```
/// # fn portal() -> content::Portal {
/// #     content::Portal {
/// #         settings: content::Settings {
/// #             title: "指南".into(), short_title: "指南".into(), description: String::new(),
/// #             base_url: String::new(), checked: rules::Date::from_days(0), disclaimer: String::new(),
/// #             check_disclaimer: String::new(), maintainer: String::new(), offline: true, authoring_guide: true, about_html: String::new(),
/// #         },
/// #         policies: vec![], guides: vec![], faq: vec![], link_groups: vec![],
/// #         certificates: content::CertificateCatalogue {
/// #             as_of: None, total: 0, note: String::new(), certificates: vec![],
/// #         },
/// #         glossary: vec![], updates: vec![], synonyms: vec![], ruleset: rules::Ruleset::default(), statements: vec![], scenarios: vec![], windows: vec![],
/// #     }
/// # }
/// use render::{Assets, Flavour, RenderOptions, Templates, render};
///
/// let names = ["home", "policies", "provinces", "faq", "links", "certificates", "calendar", "check", "batch", "conditions",
///     "facts", "interpretations", "coverage", "search", "glossary", "about", "authoring", "authoring_page", "compare", "updates", "site_map",
///     "style", "accessibility", "404"];
/// let texts = names.map(|name| (format!("{name}.html"), "<title>{{ page.title }}</title>"));
/// let templates = Templates::new(texts).expect("the templates parse");
/// let options = RenderOptions { today: rules::Date::from_days(20_000), flavour: Flavour::Site };
/// let artifacts = render(&portal(), &templates, &Assets::default(), &options).expect("every page can be made");
/// let home = artifacts.iter().find(|artifact| artifact.path.as_str() == "index.html");
/// assert_eq!(home.map(|artifact| artifact.bytes.as_slice()), Some("<title>指南</title>".as_bytes()));
/// ```
pub fn render(
    portal: &Portal,
    templates: &Templates,
    assets: &Assets,
    options: &RenderOptions,
) -> Result<Vec<Artifact>, Vec<RenderError>> {
    render_each(portal, templates, assets.clone(), options, |artifact| artifact)
}

/// The same, one file at a time: each is given to `keep` as soon as it is made, by several threads and in any order, so that
/// a large portal never is in memory as a whole. What `keep` makes of them comes back sorted by path; where there is an error, what
/// it was given is of no use.
///
/// # Errors
/// As [`render`].
pub fn render_each<T: Send>(
    portal: &Portal,
    templates: &Templates,
    assets: Assets,
    options: &RenderOptions,
    keep: impl Fn(Artifact) -> T + Sync,
) -> Result<Vec<T>, Vec<RenderError>> {
    let flavour = options.flavour;
    let shared = Shared::new(portal, options.today);
    let (written, assets) = assets.part();
    let Drawn { pages, templates, is_kept } = Drawn::new(portal, &shared, templates, &assets, flavour);
    let nearest = worker::nearest(&pages);
    let hand_over = |artifact: Artifact| (Made::of(&artifact), keep(artifact));
    let made_page = |page: &Page<'_>| {
        let artifact = page_artifact(portal, &templates, &assets, flavour, page)?;
        let is_near = is_kept && nearest.contains(&page.head.path.as_str());
        let loads = if is_near { worker::loaded_by(&artifact.bytes) } else { Vec::new() };
        let (made, kept) = hand_over(artifact);
        Ok((Made { loads, ..made }, kept))
    };
    let made_asset = |asset: Asset| Ok(hand_over(flavour.asset(asset)?));
    let (other_files, mut results): (_, Vec<Result<(Made, T), RenderError>>) = rayon::join(
        || files(portal, &shared, &pages, options),
        || pages.par_iter().map(made_page).chain(written.into_par_iter().map(made_asset)).collect(),
    );
    match other_files {
        Ok(files) => results.par_extend(files.into_par_iter().map(|file| Ok(hand_over(file)))),
        Err(error) => results.push(Err(error.into())),
    }
    let (mut all, mut errors) = (Vec::with_capacity(results.len()), Vec::new());
    for result in results {
        match result {
            Ok(made) => all.push(made),
            Err(error) => errors.push(error),
        }
    }
    sort(&mut all);
    errors.extend(bounds::faults(&summaries(&all), &portal.settings.base_url));
    if !errors.is_empty() {
        return Err(once_each(errors));
    }
    // Each of these tells of all that were made before it.
    if flavour == Flavour::Site {
        let worker = worker::artifacts(portal, &assets, &nearest, &summaries(&all));
        all.extend(worker.map_err(|error| vec![error.into()])?.into_iter().map(hand_over));
        sort(&mut all);
    }
    let manifest = indexes::manifest(&summaries(&all)).map_err(|error| vec![error.into()])?;
    all.push(hand_over(manifest));
    sort(&mut all);
    Ok(all.into_iter().map(|(_, kept)| kept).collect())
}

/// One page of the portal alone, by the path of its file: for a preview, where most pages are never looked at. None where there
/// is no such page.
///
/// # Errors
/// As [`render`], of this page.
pub fn render_page(
    portal: &Portal,
    templates: &Templates,
    assets: &Assets,
    options: &RenderOptions,
    path: &str,
) -> Option<Result<Artifact, RenderError>> {
    let flavour = options.flavour;
    let shared = Shared::new(portal, options.today);
    let Drawn { pages, templates, .. } = Drawn::new(portal, &shared, templates, assets, flavour);
    let page = pages.iter().find(|page| page.file().is_ok_and(|file| file.as_str() == path))?;
    Some(page_artifact(portal, &templates, assets, flavour, page))
}

/// The pages of a portal and what they are drawn by.
struct Drawn<'a> {
    pages: Vec<Page<'a>>,
    templates: Templates,
    /// Browsers may keep the portal.
    is_kept: bool,
}

impl<'a> Drawn<'a> {
    fn new(
        portal: &Portal,
        shared: &'a Shared<'a>,
        templates: &Templates,
        assets: &Assets,
        flavour: Flavour,
    ) -> Self {
        let is_kept = flavour == Flavour::Site && worker::is_offered(portal, assets);
        let templates = templates
            .clone()
            .with_global("portal", &Summary::from(portal))
            .with_global("offline", &is_kept)
            .with_global("portable", &(flavour == Flavour::Portable).then_some(shared.today));
        let pages = shared.pages().into_iter().filter(|page| page.belongs_to(flavour, is_kept)).collect();
        Self { pages, templates, is_kept }
    }
}

fn sort<T>(all: &mut [(Made, T)]) {
    all.sort_by(|left, right| left.0.path.cmp(&right.0.path));
}

fn summaries<T>(all: &[(Made, T)]) -> Vec<&Made> {
    all.iter().map(|(made, _)| made).collect()
}

fn page_artifact(
    portal: &Portal,
    templates: &Templates,
    assets: &Assets,
    flavour: Flavour,
    page: &Page<'_>,
) -> Result<Artifact, RenderError> {
    let base_url = &portal.settings.base_url;
    let root = page.root(base_url);
    let mut head = page.head.clone();
    if !base_url.is_empty() && page.listed && flavour == Flavour::Site {
        head.canonical = format!("{base_url}{}", head.path);
    }
    if !head.canonical.is_empty() {
        let own = page.subject.share_image().and_then(|name| assets.get(&name));
        let image = own.or_else(|| assets.get(PORTAL_IMAGE));
        head.share_image = image.map(|image| format!("{base_url}{}", image.path)).unwrap_or_default();
    }
    if head.description.is_empty() {
        head.description = format!("{}。{}", head.title, portal.settings.description);
    }
    let base = if base_url.is_empty() { &root } else { base_url };
    // Nobody searches the folder of a copy.
    let structured_data = match flavour {
        Flavour::Site => structured_data(portal, &head, base, page.subject),
        Flavour::Portable => String::new(),
    };
    let variables: Variables = page
        .variables()
        .with("structured_data", &structured_data)
        .with("page", &head)
        .with("listed", &page.listed)
        .with("assets", &assets.addresses(&root))
        .with("root", &root);
    let html = templates
        .render(page.template, &variables)
        .map_err(|error| RenderError::Template { page: head.path.clone(), error })?;
    Ok(Artifact { path: page.file()?, bytes: flavour.page(rooted(&html, &root)).into_bytes() })
}

/// Whatever is neither a page nor an asset.
fn files(
    portal: &Portal,
    shared: &Shared<'_>,
    pages: &[Page<'_>],
    options: &RenderOptions,
) -> Result<Vec<Artifact>, InvalidOutputPath> {
    let mut files = data::data_files(portal)?;
    files.extend(calendars::calendars(portal, &shared.calendar)?);
    files.push(feed::feed(portal)?);
    match options.flavour {
        Flavour::Site => {
            files.extend(indexes::sitemap(portal, pages)?);
            files.push(indexes::robots(portal)?);
        }
        Flavour::Portable => files.push(portable::notes(portal, options.today)?),
    }
    Ok(files)
}

/// Texts name addresses of the portal without knowing the page they stand on; here they get the way to its root. The
/// quotation mark belongs to it: one that an author wrote is escaped, so that only real addresses are meant.
fn rooted(html: &str, root: &str) -> String {
    html.replace(&format!("\"{ROOT_PLACEHOLDER}"), &format!("\"{root}"))
}

/// One template draws many pages: the same fault at the same place is told once.
fn once_each(errors: Vec<RenderError>) -> Vec<RenderError> {
    let mut seen = BTreeSet::new();
    errors
        .into_iter()
        .filter(|error| match error {
            RenderError::Template { error, .. } => seen.insert(error.clone()),
            _ => true,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    const OPTIONS: RenderOptions = RenderOptions { today: Date::from_days(20_000), flavour: Flavour::Site };

    fn with_every_template(text: &str) -> Templates {
        Templates::new(sample::TEMPLATES.iter().map(|name| (*name, text))).expect("it parses")
    }

    fn text_of<'a>(artifacts: &'a [Artifact], path: &str) -> &'a str {
        let artifact = artifacts.iter().find(|artifact| artifact.path.as_str() == path).expect("it is made");
        std::str::from_utf8(&artifact.bytes).expect("it is text")
    }

    #[test]
    fn every_page_knows_its_root_and_its_assets() {
        let templates = with_every_template("{{ page.path }}|{{ root }}|{{ assets[\"site.js\"] }}");
        let assets = Assets::new([("site.js", b"abc".to_vec())]).expect("a name");
        let artifacts = render(&sample::portal(), &templates, &assets, &OPTIONS).expect("it renders");
        assert_eq!(text_of(&artifacts, "index.html"), "|./|./assets/site.ba7816bf8f.js");
        assert_eq!(
            text_of(&artifacts, "policies/sx-2024/index.html"),
            "policies/sx-2024/|../../|../../assets/site.ba7816bf8f.js"
        );
        assert_eq!(text_of(&artifacts, "404.html"), "404.html|/guide/|/guide/assets/site.ba7816bf8f.js");
        assert_eq!(text_of(&artifacts, "assets/site.ba7816bf8f.js"), "abc");
        assert!(text_of(&artifacts, "sitemap.xml").contains("<loc>https://example.cn/guide/faq/</loc>"));
        assert!(text_of(&artifacts, "assets/manifest.json").contains("\"policies/sx-2024/index.html\": \""));
    }

    #[test]
    fn r18_the_same_input_gives_the_same_bytes() {
        let templates = with_every_template("{{ portal.settings.title }}");
        let first = render(&sample::portal(), &templates, &Assets::default(), &OPTIONS);
        assert_eq!(first, render(&sample::portal(), &templates, &Assets::default(), &OPTIONS));
        let paths: Vec<OutputPath> =
            first.expect("it renders").into_iter().map(|artifact| artifact.path).collect();
        assert!(paths.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn r10_a_missing_template_is_told_with_its_name() {
        let names = sample::TEMPLATES.iter().filter(|name| **name != "faq.html");
        let templates = Templates::new(names.map(|name| (*name, ""))).expect("they parse");
        let errors =
            render(&sample::portal(), &templates, &Assets::default(), &OPTIONS).expect_err("it fails");
        let [error] = errors.as_slice() else { panic!("{errors:?}") };
        assert!(error.to_string().contains("faq.html"), "{error}");
    }

    #[test]
    fn one_fault_of_a_template_is_told_once() {
        let templates = with_every_template("{{ nothing }}");
        let mut portal = sample::portal();
        // Only where there are two is there something to compare.
        let mut other = portal.guides[0].clone();
        (other.id, other.code, other.url) = ("ah".into(), "AH".into(), "provinces/ah/".into());
        portal.guides.push(other);
        let assets = Assets::new([("worker/kept.js", Vec::new())]).expect("a name");
        let errors = render(&portal, &templates, &assets, &OPTIONS).expect_err("it fails");
        assert_eq!(errors.len(), sample::TEMPLATES.len(), "{errors:?}");
    }

    #[test]
    fn addresses_in_texts_lead_to_the_root() {
        let mut portal = sample::portal();
        portal.settings.about_html = format!("<a href=\"{ROOT_PLACEHOLDER}faq/\">{ROOT_PLACEHOLDER}</a>");
        let templates = with_every_template("{{ portal.settings.about_html | safe }}");
        let artifacts = render(&portal, &templates, &Assets::default(), &OPTIONS).expect("it renders");
        let expected = format!("<a href=\"../../faq/\">{ROOT_PLACEHOLDER}</a>");
        assert_eq!(text_of(&artifacts, "policies/sx-2024/index.html"), expected);
    }

    #[test]
    fn a_portable_copy_has_files_for_folders_and_nothing_for_servers() {
        let mut portal = sample::portal();
        portal.settings.about_html = format!("<a href=\"{ROOT_PLACEHOLDER}faq/#a\">1</a> href=\"faq/\"");
        let templates = with_every_template(
            "{{ portal.settings.about_html | safe }}<i data-wasm=\"{{ assets['a.wasm'] }}\">{{ page.canonical }}{{ portable }}",
        );
        let assets =
            Assets::new([("a.wasm", b"abc".to_vec()), ("worker/kept.js", Vec::new())]).expect("names");
        let options = RenderOptions { flavour: Flavour::Portable, ..OPTIONS };
        let artifacts = render(&portal, &templates, &assets, &options).expect("it renders");
        assert_eq!(
            text_of(&artifacts, "policies/sx-2024/index.html"),
            "<a href=\"../../faq/index.html#a\">1</a> href=\"faq/\"<i data-wasm=\"../../assets/a.ba7816bf8f.wasm\">2024-10-04"
        );
        assert_eq!(
            text_of(&artifacts, "assets/a.ba7816bf8f.wasm.js"),
            "zhinanPacked(\"a.ba7816bf8f.wasm\", \"YWJj\");\n"
        );
        let is_made = |path: &str| artifacts.iter().any(|artifact| artifact.path.as_str() == path);
        for file in ["404.html", "offline.html", "service-worker.js", "sitemap.xml", "robots.txt"] {
            assert!(!is_made(file), "{file}");
        }
        assert!(is_made("calendar/windows.ics") && is_made("data/faq.json"));
    }

    #[test]
    fn r07_two_pages_at_one_place_are_refused() {
        let mut portal = sample::portal();
        portal.faq.push(portal.faq[0].clone());
        let errors =
            render(&portal, &with_every_template(""), &Assets::default(), &OPTIONS).expect_err("it fails");
        assert!(matches!(errors.as_slice(), [RenderError::Twice { .. }]), "{errors:?}");
    }
}
