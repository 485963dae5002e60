//! From a portal to its files: the whole of this crate in one function.

use content::Portal;
use rayon::prelude::*;
use rules::Date;

use crate::artifact::Artifact;
use crate::assets::{Asset, Assets};
use crate::destination::{Destination, Kept, Unmade};
use crate::drawing::{Drawn, Prepared};
use crate::flavour::Flavour;
use crate::made::Made;
use crate::output_path::{InvalidOutputPath, OutputPath};
use crate::page::Page;
use crate::pages::Shared;
use crate::render_error::{RenderError, once_each};
use crate::templates::Templates;
use crate::{bounds, calendars, data, feed, indexes, portable, worker};

/// Most pages that one thread draws before others may take some of them over.
const PAGES_AT_ONCE: usize = 64;

/// What is not in the portal but decides what comes out.
#[derive(Debug, Clone, Copy)]
pub struct RenderOptions {
    /// The day of the build: windows that closed before it are printed as closed.
    pub today: Date,
    /// From where it will be read.
    pub flavour: Flavour,
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
    let mut all = Kept::new(|_: &Artifact| true);
    match render_each(portal, templates, assets.clone(), options, &mut all, || Ok(Vec::new())) {
        Ok(()) => Ok(all.sorted()),
        Err(Unmade::Rendering(errors)) => Err(errors),
        Err(Unmade::Destination(never)) => match never {},
    }
}

/// The same, one file at a time: each is given to its destination as soon as it is made, by several threads and in any order, so
/// that a large portal never is in memory as a whole. `late` makes assets while pages are drawn: those that were promised by
/// [`Assets::promise`] and whatever they name. Only files that tell of all others wait for it.
///
/// # Errors
/// As [`render`], or what the destination or `late` failed with. What the destination was given is of no use then.
pub fn render_each<D: Destination>(
    portal: &Portal,
    templates: &Templates,
    assets: Assets,
    options: &RenderOptions,
    destination: &mut D,
    late: impl FnOnce() -> Result<Vec<Asset>, D::Error> + Send,
) -> Result<(), Unmade<D::Error>> {
    let shared = Shared::new(portal, options.today);
    let (ready, assets) = assets.part();
    let prepared = Prepared::new(portal, templates, &assets, options);
    let drawn = Drawn::new(portal, &shared, &prepared, &assets, options.flavour);
    let nearest = worker::nearest(&drawn.pages);
    let work = Work { portal, shared: &shared, drawn: &drawn, assets: &assets, nearest: &nearest, options };
    let (made, late) = rayon::join(|| work.begin(ready, destination), late);
    work.end(made?, late.map_err(Unmade::Destination)?, destination)
}

/// Everything that files are made of.
struct Work<'a> {
    portal: &'a Portal,
    shared: &'a Shared<'a>,
    drawn: &'a Drawn<'a>,
    /// Without their content.
    assets: &'a Assets,
    /// Paths of the pages that browsers may keep beforehand.
    nearest: &'a [&'a str],
    options: &'a RenderOptions,
}

impl Work<'_> {
    /// Hands over whatever does not have to wait.
    fn begin<D: Destination>(
        &self,
        ready: Vec<Asset>,
        destination: &mut D,
    ) -> Result<Vec<Made>, Unmade<D::Error>> {
        let files = files(self.portal, self.shared, &self.drawn.pages, self.options)?;
        let paths = self.paths(&files)?;
        let faults = bounds::faults_of_paths(&paths, &self.portal.settings.base_url);
        if !faults.is_empty() {
            return Err(Unmade::Rendering(faults));
        }
        destination.begin(&paths).map_err(Unmade::Destination)?;
        let destination = &*destination;
        // Files first: there are few of them, and some are large.
        let results = files
            .into_par_iter()
            .map(|file| hand_over(file, destination).map(Ok))
            .chain(ready.into_par_iter().map(|asset| self.asset(asset, destination)))
            .chain(
                self.drawn
                    .pages
                    .par_iter()
                    .with_max_len(PAGES_AT_ONCE)
                    .map(|page| self.page(page, destination)),
            )
            .collect();
        all_of(results)
    }

    /// Hands over late assets, and the files that tell of all that were made before them.
    fn end<D: Destination>(
        &self,
        mut made: Vec<Made>,
        late: Vec<Asset>,
        destination: &D,
    ) -> Result<(), Unmade<D::Error>> {
        let mut assets: Vec<OutputPath> = self.assets.iter().map(|(_, asset)| asset.path.clone()).collect();
        assets.extend(late.iter().map(|asset| asset.path.clone()));
        made.extend(all_of(late.into_par_iter().map(|asset| self.asset(asset, destination)).collect())?);
        made.sort_by(|left, right| left.path.cmp(&right.path));
        if self.options.flavour == Flavour::Site {
            let worker = worker::artifacts(self.portal, self.assets, &assets, self.nearest, &made)?;
            for file in worker {
                made.push(hand_over(file, destination).map_err(Unmade::Destination)?);
            }
        }
        destination.take(indexes::manifest(&made)?).map_err(Unmade::Destination)
    }

    /// The paths that a destination is told, sorted.
    fn paths(&self, files: &[Artifact]) -> Result<Vec<OutputPath>, InvalidOutputPath> {
        let of_pages = self.drawn.pages.iter().map(Page::file);
        let of_assets = self.assets.paths().map(|(_, path)| self.options.flavour.asset_path(path));
        let of_files = files.iter().map(|file| Ok(file.path.clone()));
        let manifest = [indexes::MANIFEST.parse()];
        let mut paths: Vec<OutputPath> =
            of_pages.chain(of_assets).chain(of_files).chain(manifest).collect::<Result<_, _>>()?;
        paths.sort();
        Ok(paths)
    }

    fn page<D: Destination>(
        &self,
        page: &Page<'_>,
        destination: &D,
    ) -> Result<Result<Made, RenderError>, D::Error> {
        let artifact = match self.drawn.page(page).and_then(bounds::within) {
            Ok(artifact) => artifact,
            Err(error) => return Ok(Err(error)),
        };
        let is_near = self.drawn.prepared.is_kept && self.nearest.contains(&page.head.path.as_str());
        let loads = if is_near { worker::loaded_by(&artifact.bytes) } else { Vec::new() };
        hand_over(artifact, destination).map(|made| Ok(Made { loads, ..made }))
    }

    fn asset<D: Destination>(
        &self,
        asset: Asset,
        destination: &D,
    ) -> Result<Result<Made, RenderError>, D::Error> {
        match self.options.flavour.asset(asset) {
            Ok(artifact) => hand_over(artifact, destination).map(Ok),
            Err(error) => Ok(Err(error.into())),
        }
    }
}

/// What was made, or every reason why something was not; what the destination failed with where it did.
fn all_of<E>(results: Result<Vec<Result<Made, RenderError>>, E>) -> Result<Vec<Made>, Unmade<E>> {
    let (mut made, mut errors) = (Vec::new(), Vec::new());
    for result in results.map_err(Unmade::Destination)? {
        match result {
            Ok(one) => made.push(one),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(made) } else { Err(Unmade::Rendering(once_each(errors))) }
}

fn hand_over<D: Destination>(file: Artifact, destination: &D) -> Result<Made, D::Error> {
    let made = Made::of(&file);
    destination.take(file).map(|()| made)
}

/// One page of the portal alone, by the path of its file: for a preview, where most pages are never looked at. None where there
/// is no such page. `prepared` is of the same portal, assets and options.
///
/// # Errors
/// As [`render`], of this page.
pub fn render_page(
    portal: &Portal,
    prepared: &Prepared,
    assets: &Assets,
    options: &RenderOptions,
    path: &str,
) -> Option<Result<Artifact, RenderError>> {
    let shared = Shared::new(portal, options.today);
    let drawn = Drawn::new(portal, &shared, prepared, assets, options.flavour);
    let page = drawn.pages.iter().find(|page| page.file().is_ok_and(|file| file.as_str() == path))?;
    Some(drawn.page(page))
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

#[cfg(test)]
mod tests {
    use content::ROOT_PLACEHOLDER;

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

    /// Remembers what it was told before the first file, and the paths of the files.
    #[derive(Default)]
    struct Told {
        begun: Vec<String>,
        taken: std::sync::Mutex<Vec<String>>,
        refuses: &'static str,
    }

    impl Destination for Told {
        type Error = String;

        fn begin(&mut self, paths: &[OutputPath]) -> Result<(), String> {
            self.begun = paths.iter().map(ToString::to_string).collect();
            Ok(())
        }

        fn take(&self, file: Artifact) -> Result<(), String> {
            let path = file.path.to_string();
            if path == self.refuses {
                return Err(path);
            }
            self.taken.lock().expect("nobody panics").push(path);
            Ok(())
        }
    }

    #[test]
    fn pages_name_late_assets_and_every_file_comes_once() {
        let templates = with_every_template("{{ assets['directory.bin'] }}");
        let mut assets =
            Assets::new([("worker/kept.js", Vec::new()), ("a.js", b"abc".to_vec())]).expect("names");
        assets.promise("directory.bin").expect("a name");
        let late = |path: &str| Asset { path: path.parse().expect("a path"), bytes: b"late".to_vec() };
        let made = |told: &mut Told, late: Result<Vec<Asset>, String>| {
            render_each(&sample::portal(), &templates, assets.clone(), &OPTIONS, told, || late)
        };
        let mut told = Told::default();
        let files = vec![late("assets/directory.bin"), late("assets/part.0123456789.bin")];
        made(&mut told, Ok(files)).expect("it is made");
        let mut taken = told.taken.into_inner().expect("nobody panics");
        taken.sort();
        let all = taken.len();
        taken.dedup();
        assert_eq!(taken.len(), all, "once each");
        let untold: Vec<&String> = taken.iter().filter(|path| !told.begun.contains(path)).collect();
        assert_eq!(untold.len(), 3, "the part, the worker and its list: {untold:?}");
        assert!(told.begun.iter().all(|path| taken.contains(path)), "nothing is told that does not come");

        let refusing = |path| Told { refuses: path, ..Told::default() };
        for path in ["index.html", "data/faq.json", "assets/directory.bin", "assets/manifest.json"] {
            let failed = made(&mut refusing(path), Ok(vec![late("assets/directory.bin")]));
            assert!(matches!(failed, Err(Unmade::Destination(failure)) if failure == path), "{path}");
        }
        let failed = made(&mut Told::default(), Err("no index".to_owned()));
        assert!(matches!(failed, Err(Unmade::Destination(failure)) if failure == "no index"));
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
