//! JavaScript bindings by `wasm-bindgen`, as a classic script that works from `file://` as well.

use wasm_bindgen_cli_support::Bindgen;

use crate::failure::Failure;
use crate::wasm::compile::module_path;
use crate::wasm::{Module, glue};
use crate::workspace::Workspace;

/// A module with its script, not yet made small.
pub(crate) struct Bound {
    /// Which module.
    pub(crate) module: &'static Module,
    /// The script that defines its global variable and lacks only the module's own functions.
    pub(crate) script: String,
    /// The module itself.
    pub(crate) bytes: Vec<u8>,
}

/// Binds the modules.
pub(crate) fn bind(workspace: &Workspace, modules: &'static [Module]) -> Result<Vec<Bound>, Failure> {
    modules.iter().map(|module| bind_one(workspace, module)).collect()
}

fn bind_one(workspace: &Workspace, module: &'static Module) -> Result<Bound, Failure> {
    let failure = |cause: &dyn std::fmt::Display| {
        Failure::new(format!("wasm-bindgen on {}: {cause:#}", module.package))
    };
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(module_path(workspace, module.stem))
        .out_name(module.stem)
        .no_modules(true)
        .and_then(|bindgen| bindgen.no_modules_global(module.global))
        .map_err(|cause| failure(&cause))?
        // The page passes the address of the module, whose name holds its hash.
        .omit_default_module_path(true)
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true);
    let mut output = bindgen.generate_output().map_err(|cause| failure(&cause))?;
    if output.snippets().values().any(|inline| !inline.is_empty()) || !output.local_modules().is_empty() {
        return Err(failure(&"it names JavaScript files of its own, which a classic script cannot load"));
    }
    let script = glue::refit(output.js(), module.global)
        .map_err(|part| failure(&format!("its script is of a new form, without {part}")))?;
    Ok(Bound { module, script, bytes: output.wasm_mut().emit_wasm() })
}
