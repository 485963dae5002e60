//! How a portal looks: the templates of the binary, with single files replaced by those of the project's own folder.
//!
//! A file of the folder takes the place of the shipped one with the same path; one that is called like a shipped folder (a
//! style or script that comes in parts) takes the place of all its parts. What is neither, and is named by no file of the
//! folder, has no effect, and that is told: most often its name is mistyped.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use content::Language;
use render::{Assets, Templates};

use crate::arguments::{Arguments, Build};
use crate::failure::Failure;
use crate::read::NamedBytes;
use crate::stamps::Stamps;
use crate::{modules, read, report, shipped};

/// Below this folder lies what pages load.
const STATIC: &str = "static/";

/// What pages are drawn by and what they load, whatever the content says; the directory of the search index is promised.
#[derive(Debug, Clone)]
pub(crate) struct Look {
    pub(crate) templates: Templates,
    pub(crate) assets: Assets,
}

impl Look {
    fn read(options: &Build, arguments: &Arguments) -> Result<Self, Failure> {
        let language = arguments.language();
        let files = Files::read(options.own_templates(&arguments.content).as_deref(), language)?;
        let mut assets = Assets::new(files.assets)?;
        assets.promise(search::DIRECTORY_NAME)?;
        for (name, bytes) in modules::all(options)? {
            assets.insert(name, bytes)?;
        }
        Ok(Self { templates: parsed(files.templates, language)?, assets })
    }
}

/// The look of the last time, for as long as its files are the same: unpacking and parsing it takes longer than a page.
#[derive(Default)]
pub(crate) struct Before(Option<(Stamps, Look)>);

impl Before {
    /// The look of now.
    pub(crate) fn again(&mut self, options: &Build, arguments: &Arguments) -> Result<Look, Failure> {
        let own = options.own_templates(&arguments.content);
        let folders: Vec<PathBuf> = own.into_iter().chain(options.web.clone()).collect();
        let now = Stamps::of(&folders);
        if let Some((_, look)) = self.0.as_ref().filter(|(before, _)| *before == now) {
            return Ok(look.clone());
        }
        let look = Look::read(options, arguments)?;
        self.0 = now.are_settled().then(|| (now, look.clone()));
        Ok(look)
    }
}

/// The files of a look.
#[derive(Debug, Default)]
struct Files {
    /// Templates, by their path.
    templates: Vec<NamedBytes>,
    /// Files that pages load, by their path below `static/`.
    assets: Vec<NamedBytes>,
}

impl Files {
    /// Those of the binary with those of this folder, where there is one.
    fn read(folder: Option<&Path>, language: Language) -> Result<Self, Failure> {
        let own = folder.map_or(Ok(Vec::new()), |folder| read::folder_files(folder, &|_| true))?;
        let shipped_names: BTreeSet<&str> = shipped::template_names().collect();
        for name in without_effect(&own, &shipped_names) {
            let folder = folder.unwrap_or(Path::new("")).display();
            report::progress(&match language {
                Language::Chinese => {
                    format!(
                        "提醒：{folder}/{name} 没有用处：程序自带的模板里没有这个文件，{folder} 里也没有文件提到它"
                    )
                }
                Language::English => format!(
                    "warning: {folder}/{name} has no effect: it replaces no template of the program, and no file in {folder} names it"
                ),
            });
        }
        let mut all = shipped::templates(&|name| !own.iter().any(|(own, _)| replaces(own, name)))
            .map_err(|error| Failure::Render(error.to_string()))?;
        all.extend(own.into_iter().map(|(name, bytes)| {
            let bytes = with_plain_lines(&name, bytes);
            (name, bytes)
        }));
        let mut files = Self::default();
        for (name, bytes) in all {
            match name.strip_prefix(STATIC) {
                Some(below) => files.assets.push((below.to_owned(), bytes)),
                None if name.ends_with(".html") || name == render::SHARE_IMAGE_TEMPLATE => {
                    files.templates.push((name, bytes));
                }
                None => {}
            }
        }
        Ok(files)
    }
}

fn parsed(files: Vec<NamedBytes>, language: Language) -> Result<Templates, Failure> {
    let mut texts = Vec::with_capacity(files.len());
    for (name, bytes) in files {
        let text = String::from_utf8(bytes).map_err(|error| {
            let offset = error.utf8_error().valid_up_to();
            let problem = content::not_utf8(error.as_bytes(), offset);
            Failure::Render(format!("{name}: {}; {}", problem.message(language), problem.help(language)))
        })?;
        texts.push((name, text));
    }
    Templates::new(texts).map_err(|errors| {
        Failure::Render(errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    })
}

/// A text without byte order mark and with `\n` at the end of its lines, whatever editor saved it; other files as they are.
fn with_plain_lines(name: &str, bytes: Vec<u8>) -> Vec<u8> {
    let is_text = [".html", ".css", ".js", ".svg"].iter().any(|end| name.ends_with(end));
    match String::from_utf8(bytes) {
        Ok(text) if is_text => text.trim_start_matches('\u{feff}').replace("\r\n", "\n").into_bytes(),
        Ok(text) => text.into_bytes(),
        Err(error) => error.into_bytes(),
    }
}

/// Whether a file of the project takes the place of a shipped one.
fn replaces(own: &str, shipped: &str) -> bool {
    shipped.strip_prefix(own).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Names of files that change nothing.
fn without_effect<'a>(own: &'a [NamedBytes], shipped: &BTreeSet<&str>) -> Vec<&'a str> {
    let known = |name: &str| {
        let one_more_part = name.rsplit_once('/').is_some_and(|(folder, _)| {
            [".css", ".js"].iter().any(|end| folder.ends_with(end))
                && shipped.iter().any(|shipped| replaces(folder, shipped))
        });
        one_more_part || shipped.iter().any(|shipped| replaces(name, shipped))
    };
    let named = |name: &str| {
        let bare = name.strip_prefix(STATIC).unwrap_or(name).as_bytes();
        own.iter().any(|(other, bytes)| {
            other != name && bytes.windows(bare.len().max(1)).any(|window| window == bare)
        })
    };
    own.iter().map(|(name, _)| name.as_str()).filter(|name| !known(name) && !named(name)).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::{Duration, SystemTime};

    use clap::Parser;

    use super::*;
    use crate::arguments::Command;

    #[test]
    fn a_look_is_kept_until_one_of_its_files_changes() {
        let folder = tempfile::tempdir().expect("a folder");
        let content = folder.path().join("content");
        let sheet = folder.path().join("templates/static/style.css/95-school.css");
        fs::create_dir_all(sheet.parent().expect("a folder")).expect("it is made");
        let write = |text: &str, age: u64| {
            let when = SystemTime::now() - Duration::from_secs(age);
            fs::write(&sheet, text).expect("it can be written");
            fs::File::options()
                .append(true)
                .open(&sheet)
                .and_then(|file| file.set_modified(when))
                .expect("a time");
        };
        let words = [Path::new("zhinan"), Path::new("serve"), Path::new("--content"), &content];
        let arguments = Arguments::try_parse_from(words).expect("they are right");
        let Command::Serve(options) = &arguments.command else { panic!("serve was asked for") };
        let mut before = Before::default();
        let mut sheet_and_kept = || {
            let look = before.again(&options.build, &arguments).expect("it can be read");
            let sheet = look.assets.get("style.css").map(|asset| asset.path.clone()).expect("it is shipped");
            (sheet, before.0.is_some())
        };
        write("p { color: red }", 60);
        let red = sheet_and_kept();
        assert!(red.1);
        assert_eq!(sheet_and_kept(), red);
        // What was written in this moment may be written once more without a sign.
        write("p { color: tan }", 0);
        let tan = sheet_and_kept();
        assert!(tan.0 != red.0 && !tan.1);
        write("p { color: red }", 0);
        assert_eq!(sheet_and_kept().0, red.0);
    }

    #[test]
    fn a_file_replaces_the_one_of_its_name_or_all_parts_of_it() {
        assert!(replaces("home.html", "home.html"));
        assert!(replaces("static/style.css", "static/style.css/10-base.css"));
        assert!(!replaces("static/style.css/10-base.css", "static/style.css/20-components.css"));
        assert!(!replaces("home", "home.html"));
    }

    #[test]
    fn what_replaces_nothing_and_is_named_nowhere_has_no_effect() {
        let own = [
            ("home.html", "{% include \"partials/motto.html\" %}<img src=\"{{ assets['logo.png'] }}\">"),
            ("hmoe.html", ""),
            ("partials/motto.html", ""),
            ("static/logo.png", ""),
            ("static/lgoo.png", ""),
            ("static/style.css/95-school.css", ""),
        ]
        .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
        let shipped = BTreeSet::from(["home.html", "static/style.css/10-base.css"]);
        assert_eq!(without_effect(&own, &shipped), ["hmoe.html", "static/lgoo.png"]);
    }

    #[test]
    fn r04_an_editor_leaves_no_mark() {
        let plain = |name, text: &str| with_plain_lines(name, text.as_bytes().to_vec());
        assert_eq!(plain("a.html", "\u{feff}甲\r\n乙\r\n"), "甲\n乙\n".as_bytes());
        assert_eq!(plain("static/a.bin", "a\r\n"), b"a\r\n");
        assert_eq!(with_plain_lines("a.css", vec![0xff, b'\r']), [0xff, b'\r']);
    }

    #[test]
    fn without_a_folder_the_look_is_that_of_the_binary() {
        let files = Files::read(None, Language::English).expect("it is inside");
        assert!(files.templates.iter().any(|(name, _)| name == "partials/components.html"));
        assert!(files.assets.iter().any(|(name, _)| name == "style.css/00-tokens.css"));
        assert!(files.assets.iter().all(|(name, _)| !name.starts_with(STATIC)));
    }
}
