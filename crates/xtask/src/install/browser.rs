//! What the browser tests need: Chromium, a font with Chinese characters, the test packages.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::child;
use crate::failure::Failure;
use crate::install::{debian, npm};
use crate::workspace::Workspace;

/// Installs what is missing, or names it.
pub(crate) fn install(workspace: &Workspace) -> Result<(), Failure> {
    ensure_chromium()?;
    if !has_chinese_font() {
        debian::install(&["fonts-noto-cjk"], "a font with Chinese characters")?;
    }
    npm::ensure_node()?;
    npm::install(&workspace.browser_tests(), &workspace.browser_tests())
}

/// Makes sure that there is a browser.
pub(crate) fn ensure_chromium() -> Result<(), Failure> {
    if chromium().exists() {
        return Ok(());
    }
    debian::install(&["chromium"], &format!("a browser at {}", chromium().display()))
}

/// The browser of the tests, as they look for it.
fn chromium() -> PathBuf {
    std::env::var_os("CHROMIUM")
        .filter(|path| !path.is_empty())
        .map_or_else(|| PathBuf::from("/usr/bin/chromium"), PathBuf::from)
}

/// Without fontconfig's own answer, Debian's file is looked for.
fn has_chinese_font() -> bool {
    Path::new("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc").exists()
        || child::capture(Command::new("fc-list").args([":lang=zh", "family"]))
            .is_ok_and(|families| !families.trim().is_empty())
}
