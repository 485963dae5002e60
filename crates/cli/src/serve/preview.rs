//! A portal as it is previewed: a page is made when it is asked for, the search index when somebody searches.
//!
//! After an edit of a large portal its author looks at one page. What no page needs (the index, data files, feeds) is made in the
//! background, and whoever asks for it earlier waits for it; nobody gets anything of an earlier state.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use content::{Language, Portal};
use render::{Artifact, Assets, Kept, Prepared, RenderOptions, Templates, Unmade};

use crate::pipeline;

/// Files by path, or why there are none.
type Files = Result<BTreeMap<String, Vec<u8>>, String>;

/// The index of the last state of which one was made, for that of the next.
pub(crate) type IndexBefore = Arc<Mutex<search::Cache>>;

/// One state of a portal.
pub(crate) struct Preview {
    portal: Portal,
    templates: Templates,
    assets: Assets,
    options: RenderOptions,
    most_index_files: usize,
    language: Language,
    before: IndexBefore,
    prepared: OnceLock<Prepared>,
    index: OnceLock<Files>,
    others: OnceLock<Files>,
}

impl Preview {
    /// `assets` are all but the search index, whose directory they promise.
    pub(crate) fn new(
        portal: Portal,
        templates: Templates,
        assets: Assets,
        options: RenderOptions,
        most_index_files: usize,
        language: Language,
        before: IndexBefore,
    ) -> Self {
        let (prepared, index, others) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
        Self {
            portal,
            templates,
            assets,
            options,
            most_index_files,
            language,
            before,
            prepared,
            index,
            others,
        }
    }

    /// The page or asset at this path, which nobody has to wait for: none where there is none, or why it cannot be made.
    pub(crate) fn file(&self, path: &str) -> Result<Option<Cow<'_, [u8]>>, String> {
        if path.ends_with(".html") {
            let prepared = self
                .prepared
                .get_or_init(|| Prepared::new(&self.portal, &self.templates, &self.assets, &self.options));
            let page = render::render_page(&self.portal, prepared, &self.assets, &self.options, path);
            let page = page.transpose().map_err(|error| error.message(self.language))?;
            return Ok(page.map(|page| page.bytes.into()));
        }
        let asset = self.assets.iter().find(|(_, asset)| asset.path.as_str() == path);
        Ok(asset.map(|(_, asset)| asset.bytes.as_slice().into()))
    }

    /// The file at this path that is made in the background.
    pub(crate) fn later_file(&self, path: &str) -> Result<Option<&[u8]>, String> {
        let is_of_index = path.starts_with(pipeline::INDEX_FOLDER) && path.ends_with(".bin");
        let files = if is_of_index { self.index()? } else { self.others()? };
        Ok(files.get(path).map(Vec::as_slice))
    }

    /// Makes whatever is not made yet; what is wrong with any page or file.
    pub(crate) fn complete(&self) -> Result<(), String> {
        self.make_index()?;
        self.others()?;
        Ok(())
    }

    /// Makes the index, unless it is made; what is wrong with it.
    pub(crate) fn make_index(&self) -> Result<(), String> {
        self.index().map(|_| ())
    }

    fn index(&self) -> Result<&BTreeMap<String, Vec<u8>>, String> {
        let index = self.index.get_or_init(|| {
            let mut before = self.before.lock().unwrap_or_else(PoisonError::into_inner);
            let files = pipeline::index_again(&self.portal, self.most_index_files, &mut before)
                .map_err(|failure| failure.message(self.language))?;
            let at = |name: String| format!("{}{name}", pipeline::INDEX_FOLDER);
            Ok(files.into_iter().map(|file| (at(file.name), file.bytes)).collect())
        });
        index.as_ref().map_err(Clone::clone)
    }

    /// Whatever is neither a page nor an asset; every page is made once on the way.
    fn others(&self) -> Result<&BTreeMap<String, Vec<u8>>, String> {
        let others = self.others.get_or_init(|| {
            let is_asset = |path: &str| self.assets.iter().any(|(_, asset)| asset.path.as_str() == path);
            let mut others = Kept::new(|file: &Artifact| {
                let path = file.path.as_str();
                !path.ends_with(".html") && !is_asset(path)
            });
            let no_index = || Ok(Vec::new());
            render::render_each(
                &self.portal,
                &self.templates,
                self.assets.clone(),
                &self.options,
                &mut others,
                no_index,
            )
            .map_err(|unmade| match unmade {
                Unmade::Rendering(errors) => pipeline::messages(&errors, self.language),
                Unmade::Destination(never) => match never {},
            })?;
            Ok(others.sorted().into_iter().map(|file| (file.path.to_string(), file.bytes)).collect())
        });
        others.as_ref().map_err(Clone::clone)
    }
}
