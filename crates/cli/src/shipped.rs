//! What the binary carries: the templates with their styles and scripts, the drafts of `zhinan new`, and the browser modules.
//!
//! The modules are inside where they had been made when the binary was compiled, as `cargo xtask` does it.

use std::io;

use crate::packed;
use crate::read::NamedBytes;

static TEMPLATES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/templates.packed"));
static DRAFTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/drafts.packed"));
static MODULES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/modules.packed"));

/// Names of the templates, relative to `templates/` and sorted.
pub(crate) fn template_names() -> impl Iterator<Item = &'static str> {
    packed::files(TEMPLATES).map(|(name, _)| name)
}

/// The templates whose name is wanted.
pub(crate) fn templates(wanted: &dyn Fn(&str) -> bool) -> io::Result<Vec<NamedBytes>> {
    unpacked(TEMPLATES, wanted)
}

/// The files of a draft, relative to its folder below `drafts/`.
pub(crate) fn draft(name: &str) -> io::Result<Vec<NamedBytes>> {
    let below =
        |path: &str| path.strip_prefix(name).and_then(|rest| rest.strip_prefix('/')).map(str::to_owned);
    let files = unpacked(DRAFTS, &|path| below(path).is_some())?;
    Ok(files.into_iter().filter_map(|(path, bytes)| Some((below(&path)?, bytes))).collect())
}

/// Names of the browser modules.
pub(crate) fn module_names() -> impl Iterator<Item = &'static str> {
    packed::files(MODULES).map(|(name, _)| name)
}

/// All browser modules.
pub(crate) fn modules() -> io::Result<Vec<NamedBytes>> {
    unpacked(MODULES, &|_| true)
}

/// The packed forms of the browser modules, for those who need not unpack them.
pub(crate) fn packed_modules() -> impl Iterator<Item = &'static [u8]> {
    packed::files(MODULES).map(|(_, packed)| packed)
}

fn unpacked(all: &'static [u8], wanted: &dyn Fn(&str) -> bool) -> io::Result<Vec<NamedBytes>> {
    packed::files(all)
        .filter(|(name, _)| wanted(name))
        .map(|(name, bytes)| Ok((name.to_owned(), packed::unpack(bytes)?)))
        .collect()
}
