//! `zhinan import`: a notice of an office becomes the draft of a policy document.

use std::path::Path;

use content::{Language, id_problem};

use crate::arguments::{Arguments, Import};
use crate::failure::Failure;
use crate::import::{self, Draft, Refusal};
use crate::{new_files, pipeline, read, report};

/// Writes the draft and tells what to look at.
pub(crate) fn run(options: &Import, arguments: &Arguments) -> Result<(), Failure> {
    let (path, language) = (&options.file, arguments.language());
    let folder = &arguments.content;
    if !folder.is_dir() {
        return Err(Failure::NoFolder { path: folder.clone() });
    }
    let id = options.id.clone().unwrap_or_else(|| id_of(path));
    if let Some(problem) = id_problem(&id) {
        return Err(if options.id.is_some() {
            Failure::Id(problem)
        } else {
            Failure::IdWanted { path: path.clone() }
        });
    }
    let refused = |refusal| Failure::Import { path: path.clone(), refusal };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let extension = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    let make = match extension.as_str() {
        "txt" => import::from_text,
        "docx" => import::from_word,
        _ => return Err(refused(Refusal::Kind)),
    };
    let bytes = read::read(path)?;
    let today = pipeline::today().to_string();
    let provinces = content::provinces(&read::sources(folder)?.0);
    let Draft { markdown, remarks } = make(&bytes, &name, &today, &provinces).map_err(refused)?;
    let file = format!("policies/{id}.md");
    new_files::write(folder, &[(file.clone(), markdown.into_bytes())])?;
    let written = folder.join(&file);
    report::line(&match language {
        Language::Chinese => format!("已写好：{}", written.display()),
        Language::English => format!("Written: {}", written.display()),
    });
    for remark in remarks {
        report::progress(&match language {
            Language::Chinese => format!("提醒：{}", remark.message(language)),
            Language::English => format!("warning: {}", remark.message(language)),
        });
    }
    report::line(match language {
        Language::Chinese => "下一步：对照原件逐项核对，把开头空着的项填上；zhinan lint 会指出还缺什么。",
        Language::English => {
            "Next: compare it with the source and fill in what is empty at its head; `zhinan lint` names what is missing."
        }
    });
    Ok(())
}

/// The name of the file, where it can be an id.
fn id_of(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().to_ascii_lowercase().replace([' ', '.'], "-")
}
