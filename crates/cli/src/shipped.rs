//! What the binary carries: the templates with their styles and scripts, and the browser modules.
//!
//! The modules are inside where they had been made when the binary was compiled, as `cargo xtask` does it.

use std::io;

use crate::packed;
use crate::read::NamedBytes;

static TEMPLATES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/templates.packed"));
static MODULES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/modules.packed"));

/// Names of the templates, relative to `templates/` and sorted.
pub(crate) fn template_names() -> impl Iterator<Item = &'static str> {
    packed::files(TEMPLATES).map(|(name, _)| name)
}

/// The templates whose name is wanted.
pub(crate) fn templates(wanted: &dyn Fn(&str) -> bool) -> io::Result<Vec<NamedBytes>> {
    unpacked(TEMPLATES, wanted)
}

/// Names of the browser modules.
pub(crate) fn module_names() -> impl Iterator<Item = &'static str> {
    packed::files(MODULES).map(|(name, _)| name)
}

/// All browser modules.
pub(crate) fn modules() -> io::Result<Vec<NamedBytes>> {
    unpacked(MODULES, &|_| true)
}

fn unpacked(all: &'static [u8], wanted: &dyn Fn(&str) -> bool) -> io::Result<Vec<NamedBytes>> {
    packed::files(all)
        .filter(|(name, _)| wanted(name))
        .map(|(name, bytes)| Ok((name.to_owned(), packed::unpack(bytes)?)))
        .collect()
}
