//! The same module once more, in plain JavaScript, for browsers that refuse WebAssembly.
//!
//! Chromium 86 to 96 refuse it wherever a page forbids `eval`, as every page of the portal does. binaryen's `wasm2js`
//! turns the finished module into a script module; here it becomes a classic script that evaluates nothing and only
//! puts a function beside those of `modules.js`: `zhinan.fallbacks.<global>(imports)` gives what the module exports.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::child;
use crate::failure::Failure;
use crate::wasm::Module;
use crate::wasm::binaryen::Binaryen;
use crate::workspace::{Workspace, make_folder, read, update};

/// `wasm2js` cannot turn a float into a 64-bit integer without a trap; this pass writes a comparison with the bounds instead.
const WITHOUT_SATURATION: &str = "--llvm-nontrapping-fptoint-lowering";

/// Texts that a page's rules forbid or that a classic script cannot hold.
const FORBIDDEN: [&str; 5] = ["import ", "export ", "eval(", "Function(", "WebAssembly"];

/// Writes `<stem>_fallback.js` beside the finished module and gives its path.
pub(crate) fn make(
    workspace: &Workspace,
    binaryen: &Binaryen,
    module: &Module,
    finished: &Path,
) -> Result<PathBuf, Failure> {
    let bytes = read(finished)?;
    let folder = workspace.wasm_build().join("fallback");
    make_folder(&folder)?;
    let lowered = folder.join(format!("{}_lowered.wasm", module.stem));
    binaryen.make("wasm-opt", &[WITHOUT_SATURATION], &bytes, &lowered)?;
    let plain = folder.join(format!("{}.mjs", module.stem));
    binaryen.make("wasm2js", &["-Oz"], &read(&lowered)?, &plain)?;
    let plain = String::from_utf8_lossy(&read(&plain)?).into_owned();
    let script = classic(&plain, module.global).map_err(|what| {
        Failure::new(format!("wasm2js made of {} something else than expected: {what}", module.package))
    })?;
    let fallback = finished.with_file_name(format!("{}_fallback.js", module.stem));
    update(&fallback, script.as_bytes())?;
    require_syntax(&fallback)?;
    Ok(fallback)
}

fn require_syntax(script: &Path) -> Result<(), Failure> {
    child::run(Command::new("node").arg("--check").arg(script))
}

/// The script module as a classic script: the imports at its head and the exports at its foot fall away, what is
/// between is wrapped. Indentation, which is a third of it, goes as well.
fn classic(module: &str, global: &str) -> Result<String, String> {
    let (body, _) = module.split_once("\nvar retasmFunc = ").ok_or("no `retasmFunc` at its foot")?;
    // A module that needs nothing of its script has no imports.
    let body = body.lines().skip_while(|line| line.starts_with("import "));
    let lines: Vec<&str> = body.map(str::trim).filter(|line| !line.is_empty()).collect();
    if let Some((line, word)) = lines
        .iter()
        .find_map(|line| FORBIDDEN.iter().find(|word| line.contains(**word)).map(|word| (line, word)))
    {
        return Err(format!("`{}` in `{}`", word.trim(), &line.chars().take(80).collect::<String>()));
    }
    Ok(format!(
        "zhinan.fallbacks.{global} = (function () {{\n\"use strict\";\n{}\nreturn asmFunc;\n}}());\n",
        lines.join("\n")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODULE: &str = "import * as $tool from './tool_bg.js';\n\n  var bufferView;\nfunction asmFunc(imports) {\n return {\n  \"show\": $1\n };\n}\n\n\
                          var retasmFunc = asmFunc({\n  './tool_bg.js': $tool,\n});\nexport var show = retasmFunc.show;\n";

    #[test]
    fn a_script_module_becomes_a_classic_script() {
        assert_eq!(
            classic(MODULE, "tool").as_deref(),
            Ok(
                "zhinan.fallbacks.tool = (function () {\n\"use strict\";\nvar bufferView;\nfunction asmFunc(imports) {\n\
                return {\n\"show\": $1\n};\n}\nreturn asmFunc;\n}());\n"
            )
        );
    }

    #[test]
    fn what_a_page_would_refuse_is_refused_here() {
        for word in ["eval(x)", "new Function('')", "export var x;"] {
            assert!(classic(&MODULE.replace("var bufferView;", word), "tool").is_err(), "{word}");
        }
        assert!(classic("var x;", "tool").is_err());
    }

    #[test]
    fn nothing_but_imports_falls_away_at_the_head() {
        let (import, rest) = MODULE.split_once('\n').expect("two lines");
        assert!(import.starts_with("import "));
        assert_eq!(classic(rest, "tool"), classic(MODULE, "tool"));
    }
}
