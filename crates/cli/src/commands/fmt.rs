//! `zhinan fmt`: content files in one form, with the same meaning.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use content::{Language, Sources};

use crate::arguments::{Arguments, Fmt};
use crate::failure::Failure;
use crate::{read, report};

/// Writes the files that change, or with `--check` lists them and ends with 1.
pub(crate) fn run(options: &Fmt, arguments: &Arguments) -> Result<(), Failure> {
    let (folder, language) = (&arguments.content, arguments.language());
    let files = read::folder_files(folder, &read::is_source)?;
    let count = files.len();
    let (mut changed, mut unreadable) = (0_usize, false);
    for (name, bytes) in files {
        let (sources, problems) = Sources::decode([(name.clone(), bytes.clone())]);
        report::diagnostics(&problems, &folder.display().to_string(), arguments.format, language);
        unreadable |= !problems.is_empty();
        let Some(tidied) = sources.iter().next().map(|source| content::tidy(source)) else {
            continue;
        };
        if tidied.as_bytes() == bytes {
            continue;
        }
        changed += 1;
        let path = folder.join(&name);
        report::line(&path.display().to_string());
        if !options.check {
            replace(&path, tidied.as_bytes())?;
        }
    }
    report::progress(&match (language, options.check) {
        (Language::Chinese, false) => format!("共 {count} 个文件，整理了 {changed} 个"),
        (Language::Chinese, true) => format!("共 {count} 个文件，{changed} 个需要整理"),
        (Language::English, false) => format!("{count} files, {changed} of them changed"),
        (Language::English, true) => format!("{count} files, {changed} of them would change"),
    });
    if unreadable {
        Err(Failure::Content)
    } else if options.check && changed > 0 {
        Err(Failure::Untidy)
    } else {
        Ok(())
    }
}

/// Writes a file beside the old one and puts it in its place at once.
fn replace(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let fail = |source| Failure::Write { path: path.to_owned(), source };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.zhinan-fmt"));
    let written = fs::metadata(path).and_then(|old| {
        fs::write(&beside, bytes)?;
        fs::set_permissions(&beside, old.permissions())?;
        fs::rename(&beside, path)
    });
    written.map_err(|error| match fs::remove_file(&beside) {
        Err(left) if left.kind() != ErrorKind::NotFound => fail(left),
        _ => fail(error),
    })
}
