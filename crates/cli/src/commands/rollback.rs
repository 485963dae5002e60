//! `zhinan rollback`: the tree before the last build is published again.

use content::Language;

use crate::arguments::{Arguments, Rollback};
use crate::failure::Failure;
use crate::{publish, report};

/// Exchanges the published tree and the one before, and says what that changes.
pub(crate) fn run(options: &Rollback, arguments: &Arguments) -> Result<(), Failure> {
    let folder = &options.folder;
    let difference = publish::roll_back(folder)?;
    let publish::RolledBack { pages_added, pages_changed, pages_removed, files_changed } = difference;
    let out = folder.display();
    report::progress(&match arguments.language() {
        Language::Chinese => format!(
            "{out} 现在是上一版：恢复 {pages_added} 页，改回 {pages_changed} 页，去掉 {pages_removed} 页，不同的文件共 {files_changed} 个；再运行一次 zhinan rollback 回到刚才那一版"
        ),
        Language::English => format!(
            "{out} is the tree before: {pages_added} pages are back, {pages_changed} as they were, {pages_removed} gone, {files_changed} files differ; `zhinan rollback` once more brings the other one again"
        ),
    });
    Ok(())
}
