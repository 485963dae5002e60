//! The way from folders to artifacts, shared by the commands.

use std::time::{Duration, Instant};

use content::{Audit, Compiled, Language, Portal, Severity};
use render::{Asset, Assets, Destination, Flavour, Painter, RenderError, RenderOptions, Unmade};
use rules::{Date, Program};
use search::{BuildError, BuildOptions, Entry, IndexFile, Synonyms};

use crate::arguments::{Arguments, Build};
use crate::failure::Failure;
use crate::look::Look;
use crate::{earlier, font, look, read, report, search_entries};

/// Folder of the index files: the directory names them and the reader looks for them beside it. Their names carry a hash, but for
/// that of the directory.
pub(crate) const INDEX_FOLDER: &str = "assets/";

/// The content folder as it was read the last time.
#[derive(Default)]
pub(crate) struct Before {
    texts: read::Known,
    files: content::Cache,
}

/// Compiles the content; there is a portal only where nothing is wrong with the files themselves either. What is unchanged
/// since before is not read again.
pub(crate) fn compiled(arguments: &Arguments, before: &mut Before) -> Result<Compiled, Failure> {
    let (sources, mut diagnostics) = read::sources_again(&arguments.content, &mut before.texts)?;
    let failed = diagnostics.iter().any(|problem| problem.severity() == Severity::Error);
    let Compiled { portal, diagnostics: found, audit } = content::compile_again(&sources, &mut before.files);
    diagnostics.extend(found);
    Ok(Compiled { portal: portal.filter(|_| !failed), diagnostics, audit })
}

/// Compiles the content and prints its problems.
pub(crate) fn reported(arguments: &Arguments, before: &mut Before) -> Result<Compiled, Failure> {
    let compiled = compiled(arguments, before)?;
    let folder = arguments.content.display().to_string();
    report::diagnostics(&compiled.diagnostics, &folder, arguments.format, arguments.language());
    Ok(compiled)
}

/// The portal alone, where there is one.
pub(crate) fn portal(arguments: &Arguments) -> Result<Portal, Failure> {
    audited_portal(arguments).map(|(portal, _)| portal)
}

/// The same, with what was counted of it.
pub(crate) fn audited_portal(arguments: &Arguments) -> Result<(Portal, Audit), Failure> {
    Known::default().audited_portal(arguments)
}

/// Frees what is many small texts beside whatever follows.
pub(crate) fn free<T: Send + 'static>(texts: T) {
    rayon::spawn(move || drop(texts));
}

/// The conditions of a portal, compiled.
pub(crate) fn program(portal: &Portal) -> Result<Program, Failure> {
    Program::new(&portal.ruleset).map_err(|error| Failure::Rules(error.to_string()))
}

/// The search index of a portal, its directory first, in at most so many files.
pub(crate) fn index(portal: &Portal, most_files: usize) -> Result<Vec<IndexFile>, Failure> {
    index_by(portal, most_files, search::build)
}

/// The same; what is unchanged since before is not made anew.
pub(crate) fn index_again(
    portal: &Portal,
    most_files: usize,
    before: &mut search::Cache,
) -> Result<Vec<IndexFile>, Failure> {
    index_by(portal, most_files, |entries, synonyms, options| {
        search::build_again(entries, synonyms, options, before)
    })
}

fn index_by(
    portal: &Portal,
    most_files: usize,
    build: impl FnOnce(&[Entry<'_>], &[Synonyms], &BuildOptions) -> Result<Vec<IndexFile>, BuildError>,
) -> Result<Vec<IndexFile>, Failure> {
    let entries = search_entries::entries(portal);
    let synonyms = search_entries::synonyms(portal);
    build(&entries, &synonyms, &BuildOptions { most_files })
        .map_err(|error| Failure::Search(error.to_string()))
}

/// What the pages of a portal are drawn by and what they load, with what its content adds but for the pictures that pages are shared
/// with.
pub(crate) fn look(
    portal: &Portal,
    options: &Build,
    arguments: &Arguments,
    before: &mut look::Before,
) -> Result<Look, Failure> {
    let mut look = before.again(options, arguments)?;
    insert_conditions(&mut look.assets, portal, options)?;
    Ok(look)
}

/// What is known of the last portal when one is made again.
#[derive(Default)]
pub(crate) struct Known {
    content: Before,
    look: look::Before,
    painter: Option<Painter>,
    /// None where there is no next time: what is kept for it takes time and memory.
    index: Option<search::Cache>,
}

impl Known {
    /// Nothing yet, but there will be a next time.
    pub(crate) fn growing() -> Self {
        Self { index: Some(search::Cache::default()), ..Self::default() }
    }

    /// The portal as it is now with what was counted of it; problems are printed.
    pub(crate) fn audited_portal(&mut self, arguments: &Arguments) -> Result<(Portal, Audit), Failure> {
        let Compiled { portal, audit, .. } = reported(arguments, &mut self.content)?;
        if !self.is_growing() {
            free(std::mem::take(&mut self.content));
        }
        portal.map(|portal| (portal, audit)).ok_or(Failure::Content)
    }

    /// Adds the pictures that pages are shared with.
    fn paint(
        &mut self,
        look: &mut Look,
        portal: &Portal,
        options: &Build,
        language: Language,
    ) -> Result<(), Failure> {
        let painter = match &mut self.painter {
            Some(painter) => painter,
            none => none.insert(Painter::new(font::find(options.font.as_deref(), language)?)),
        };
        let images = painter.paint(portal, &look.templates);
        for (name, bytes) in images.map_err(|error| Failure::Render(error.message(language)))? {
            look.assets.insert(name, bytes)?;
        }
        if !self.is_growing() {
            // A font is 20 MB.
            self.painter = None;
        }
        Ok(())
    }

    fn is_growing(&self) -> bool {
        self.index.is_some()
    }
}

/// Gives every file of the portal to its destination; how long the search index took, which is made beside the pages.
pub(crate) fn make<D: Destination<Error = Failure>>(
    portal: &Portal,
    options: &Build,
    flavour: Flavour,
    arguments: &Arguments,
    known: &mut Known,
    destination: &mut D,
) -> Result<Duration, Failure> {
    let mut look = look(portal, options, arguments, &mut known.look)?;
    // Pages name them by the portal's address; nobody shares a copy that is read as files.
    if flavour == Flavour::Site && !portal.settings.base_url.is_empty() {
        known.paint(&mut look, portal, options, arguments.language())?;
    }
    let Look { templates, assets } = look;
    let mut indexing = Duration::ZERO;
    let late = || {
        let started = Instant::now();
        let files = match &mut known.index {
            Some(before) => index_again(portal, options.index_files, before)?,
            None => index(portal, options.index_files)?,
        };
        indexing = started.elapsed();
        files.into_iter().map(index_asset).collect()
    };
    let options = render_options(options, flavour);
    render::render_each(portal, &templates, assets, &options, destination, late).map_err(|unmade| {
        match unmade {
            Unmade::Rendering(errors) => Failure::Render(messages(&errors, arguments.language())),
            Unmade::Destination(failure) => failure,
        }
    })?;
    Ok(indexing)
}

/// A file of the search index as pages load it.
fn index_asset(file: IndexFile) -> Result<Asset, Failure> {
    Ok(Asset { path: format!("{INDEX_FOLDER}{}", file.name).parse()?, bytes: file.bytes })
}

/// What is wrong with pages and files, a line each.
pub(crate) fn messages(errors: &[RenderError], language: Language) -> String {
    errors.iter().map(|error| error.message(language)).collect::<Vec<_>>().join("\n")
}

/// A portal of today, or of the day that is given, for those who read it there.
pub(crate) fn render_options(options: &Build, flavour: Flavour) -> RenderOptions {
    RenderOptions { today: options.today.unwrap_or_else(today), flavour }
}

/// The conditions that pages check by, and those of an earlier portal to compare them with.
fn insert_conditions(assets: &mut Assets, portal: &Portal, options: &Build) -> Result<(), Failure> {
    let conditions = rules::encode(&portal.ruleset);
    if let Some(site) = &options.earlier {
        let earlier = earlier::conditions(site)?;
        // Where they ask the same there is nothing to compare.
        if rules::conditions_hash(&earlier) != rules::conditions_hash(&conditions) {
            assets.insert("check-earlier.bin", earlier)?;
        }
    }
    Ok(assets.insert("check.bin", conditions)?)
}

/// The day it is, in China's time zone (UTC+8, no summer time).
pub(crate) fn today() -> Date {
    let seconds =
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let days = (seconds + 8 * 3600) / 86_400;
    Date::from_days(i32::try_from(days).unwrap_or(0))
}
