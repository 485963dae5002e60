//! `zhinan schema`: JSON Schemas of the source files, for editors.

use std::fs;

use content::Language;
use content::format::SCHEMA_FOLDER;

use crate::arguments::{Arguments, Schema};
use crate::failure::Failure;
use crate::{report, schema};

/// Writes a schema for every sort of file and says where.
pub(crate) fn run(options: &Schema, arguments: &Arguments) -> Result<(), Failure> {
    let folder = options.out.clone().unwrap_or_else(|| arguments.content.join(SCHEMA_FOLDER));
    fs::create_dir_all(&folder).map_err(Failure::write(&folder))?;
    let schemas = schema::files();
    for (name, bytes) in &schemas {
        let path = folder.join(name);
        fs::write(&path, bytes).map_err(Failure::write(&path))?;
        report::line(&path.display().to_string());
    }
    let (count, folder) = (schemas.len(), folder.display());
    report::progress(&match arguments.language() {
        Language::Chinese => format!("已写出 {count} 个文件，放在 {folder}"),
        Language::English => format!("{count} files in {folder}"),
    });
    Ok(())
}
