//! The browser modules of a portal: those of the folder that is named, or those of the binary.

use crate::arguments::Build;
use crate::failure::Failure;
use crate::read::NamedBytes;
use crate::{read, shipped};

/// The browser modules with their glue, as `cargo xtask build` leaves them.
const MODULES: [&str; 8] = [
    "web_batch.js",
    "web_batch.wasm",
    "web_check.js",
    "web_check.wasm",
    "web_search.js",
    "web_search.wasm",
    "web_xlsx.js",
    "web_xlsx.wasm",
];

/// The same modules for browsers that refuse WebAssembly; a portal without them asks for a newer browser there.
const FALLBACKS: [&str; 4] =
    ["web_batch_fallback.js", "web_check_fallback.js", "web_search_fallback.js", "web_xlsx_fallback.js"];

/// All that are there.
pub(crate) fn all(options: &Build) -> Result<Vec<NamedBytes>, Failure> {
    let Some(folder) = &options.web else {
        return shipped::modules().map_err(|error| Failure::Render(error.to_string()));
    };
    let names = MODULES.into_iter().chain(FALLBACKS);
    names
        .filter(|name| folder.join(name).is_file())
        .map(|name| Ok((name.to_owned(), read::read(&folder.join(name))?)))
        .collect()
}

/// Names of those that are not there.
pub(crate) fn missing(options: &Build) -> Vec<&'static str> {
    let there = |module: &str| match &options.web {
        Some(folder) => folder.join(module).is_file(),
        None => shipped::module_names().any(|name| name == module),
    };
    MODULES.into_iter().filter(|module| !there(module)).collect()
}
