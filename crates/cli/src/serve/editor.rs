//! Opens a file at a line in the author's editor.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::serve::overlay::Line;

/// Names the editor, as in `gvim +{line} {file}`; `{file}`, `{line}` and `{column}` are filled in.
const SETTING: &str = "ZHINAN_EDITOR";
/// Editors that are told a line by `--goto`, where nothing is set.
const EDITORS: [&str; 2] = ["code", "codium"];
/// What opens a file with the program that the system has for it, at its beginning.
const OPENER: &str = if cfg!(target_os = "macos") {
    "open"
} else if cfg!(windows) {
    "explorer"
} else {
    "xdg-open"
};

/// Starts the editor; whether it could be started.
pub(crate) fn open(line: &Line) -> bool {
    let setting = std::env::var(SETTING).ok().filter(|setting| !setting.trim().is_empty());
    let words = command(line, setting.as_deref(), &is_on_path);
    let Some((program, arguments)) = words.split_first() else { return false };
    let quiet = |command: &mut Command| {
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()
    };
    match quiet(Command::new(program).args(arguments)) {
        Ok(mut editor) => {
            // It runs as long as the author wants it.
            std::thread::spawn(move || editor.wait());
            true
        }
        Err(_) => false,
    }
}

/// The words of the command; no shell reads them.
fn command(line: &Line, setting: Option<&str>, is_there: &dyn Fn(&str) -> bool) -> Vec<OsString> {
    let file = std::path::absolute(&line.file).unwrap_or_else(|_| line.file.clone());
    if let Some(setting) = setting {
        let (number, column) = (line.line.to_string(), line.column.to_string());
        let name = file.to_string_lossy();
        let filled = |word: &str| {
            word.replace("{line}", &number).replace("{column}", &column).replace("{file}", &name).into()
        };
        return setting.split_whitespace().map(filled).collect();
    }
    match EDITORS.into_iter().find(|editor| is_there(editor)) {
        Some(editor) => {
            let place = format!("{}:{}:{}", file.display(), line.line, line.column);
            vec![editor.into(), "--goto".into(), place.into()]
        }
        None => vec![OPENER.into(), file.into()],
    }
}

fn is_on_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| Path::new(&folder).join(program).is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_editor_is_told_the_line() {
        let line = Line { file: "/门户 一/portal.yaml".into(), line: 2, column: 5 };
        let words = |setting, is_there| command(&line, setting, &|_| is_there);
        assert_eq!(words(Some("gvim +{line} {file}"), true), ["gvim", "+2", "/门户 一/portal.yaml"]);
        assert_eq!(words(None, true), ["code", "--goto", "/门户 一/portal.yaml:2:5"]);
        assert_eq!(words(None, false), [OPENER, "/门户 一/portal.yaml"]);
    }
}
