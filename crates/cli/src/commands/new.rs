//! `zhinan new`: a small portal to begin with, or the draft of one more document, guide or answer.
//!
//! The drafts stand in `crates/cli/drafts/`, a folder each. `ID` in a path and words in braces in a text are filled in. What
//! only the author can know is left empty there: lint names each such field. The first line of a YAML file names its schema, by
//! which editors complete and check it.

use std::path::Path;

use content::Language;
use content::format::{SCHEMA_FOLDER, SourceFile};

use crate::arguments::{Arguments, New};
use crate::failure::Failure;
use crate::read::NamedBytes;
use crate::{new_files, pipeline, read, report, schema, shipped};

/// Folder of the content in a new portal.
const CONTENT: &str = "content";

/// Writes the files and tells what to do next.
pub(crate) fn run(what: &New, arguments: &Arguments) -> Result<(), Failure> {
    let language = arguments.language();
    match what {
        New::Portal { folder } => {
            check_empty(folder)?;
            let files = draft("portal", "", "")?;
            new_files::write(folder, &files)?;
            new_files::write(&folder.join(CONTENT).join(SCHEMA_FOLDER), &schema::files())?;
            told(folder, &files, language);
            next_for_portal(folder, language);
        }
        New::Policy { id } => entry("policy", id, "", arguments)?,
        New::Province { id } => entry("province", id, "", arguments)?,
        New::Faq { id } => entry("faq", id, &topics(arguments)?, arguments)?,
    }
    Ok(())
}

/// A new portal takes a folder that is not there or has only hidden files.
fn check_empty(folder: &Path) -> Result<(), Failure> {
    if folder.symlink_metadata().is_err() {
        return Ok(());
    }
    if read::has_visible_entries(folder)? {
        Err(Failure::NotEmpty { path: folder.to_owned() })
    } else {
        Ok(())
    }
}

fn entry(name: &str, id: &str, topics: &str, arguments: &Arguments) -> Result<(), Failure> {
    if let Some(problem) = content::id_problem(id) {
        return Err(Failure::Id(problem));
    }
    let folder = &arguments.content;
    if !folder.is_dir() {
        return Err(Failure::NoFolder { path: folder.clone() });
    }
    let files = draft(name, id, topics)?;
    new_files::write(folder, &files)?;
    let schemas = folder.join(SCHEMA_FOLDER);
    // Files name their schema in their first line; one that is there may be of a newer version.
    if !schemas.is_dir() {
        new_files::write(&schemas, &schema::files())?;
    }
    told(folder, &files, arguments.language());
    report::line(match arguments.language() {
        Language::Chinese => {
            "下一步：打开这些文件，把空着的项填上（每项上面有说明）；zhinan lint 会指出还缺什么，zhinan serve 边改边看。"
        }
        Language::English => {
            "Next: open these files and fill in what is empty (each field is explained above it); `zhinan lint` names what is missing, `zhinan serve` shows the pages while you write."
        }
    });
    Ok(())
}

/// The files of a draft, filled in.
fn draft(name: &str, id: &str, topics: &str) -> Result<Vec<NamedBytes>, Failure> {
    let today = pipeline::today().to_string();
    let (year, upper) = (today[..4].to_owned(), id.to_ascii_uppercase());
    let words =
        [("{id}", id), ("{ID}", &upper), ("{today}", &today), ("{year}", &year), ("{topics}", topics)];
    let files = shipped::draft(name).map_err(|error| Failure::Render(error.to_string()))?;
    let filled = files.into_iter().map(|(path, bytes)| {
        let mut text = String::from_utf8_lossy(&bytes).into_owned();
        for (word, value) in words {
            text = text.replace(word, value);
        }
        let path = path.replace("ID", id);
        let below = path.strip_prefix(CONTENT).map_or(path.as_str(), |path| path.trim_start_matches('/'));
        if path.ends_with(".yaml")
            && let Some(line) = SourceFile::modeline(below)
        {
            text.insert_str(0, &format!("{line}\n"));
        }
        (path, text.into_bytes())
    });
    Ok(filled.collect())
}

/// The topics of the FAQ, for the comment that explains the field.
fn topics(arguments: &Arguments) -> Result<String, Failure> {
    let (sources, _) = read::sources(&arguments.content)?;
    let named: Vec<String> =
        content::topics(&sources).iter().map(|(id, title)| format!("{id}（{title}）")).collect();
    Ok(if named.is_empty() { String::new() } else { format!("：{}", named.join("、")) })
}

fn told(folder: &Path, files: &[NamedBytes], language: Language) {
    report::line(match language {
        Language::Chinese => "已写好：",
        Language::English => "Written:",
    });
    for (name, _) in files {
        report::line(&format!("  {}", folder.join(name).display()));
    }
}

fn next_for_portal(folder: &Path, language: Language) {
    let place = folder.display();
    report::line(&match language {
        Language::Chinese => format!(
            "下一步：在命令行进入文件夹“{place}”，运行 zhinan serve，用浏览器打开它给出的网址；里面都是示例，请逐个文件换成自己的，保存后网页自动更新。\nzhinan lint 列出全部问题，zhinan build 把门户生成到 site/；新增内容用 zhinan new policy、zhinan new province、zhinan new faq。"
        ),
        Language::English => format!(
            "Next: change into the folder `{place}`, run `zhinan serve` and open the address it prints; everything there is an example to be replaced, and pages follow when a file is saved.\n`zhinan lint` lists every problem, `zhinan build` makes the portal in site/; `zhinan new policy`, `new province` and `new faq` begin more."
        ),
    });
}
