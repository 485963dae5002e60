//! Running other programs: their output goes straight to the terminal, their environment is cleaned of what
//! `cargo run` and the developer's shell left in it.

use std::ffi::OsStr;
use std::process::{Command, Stdio};

use crate::failure::Failure;
use crate::workspace::Workspace;

/// Settings of cargo that a build for the browser may inherit: where things are fetched from and how it talks.
const KEPT_FOR_WASM: [&str; 8] = [
    "CARGO_HOME",
    "CARGO_HTTP_",
    "CARGO_NET_",
    "CARGO_REGISTRIES_",
    "CARGO_REGISTRY_",
    "CARGO_SOURCE_",
    "CARGO_TERM_",
    "CARGO_BUILD_JOBS",
];

/// Variables that `cargo run` sets for the program it starts and that no other cargo should see.
const LEFT_BY_CARGO_RUN: [&str; 5] =
    ["CARGO_BIN_NAME", "CARGO_CRATE_NAME", "CARGO_MANIFEST_", "CARGO_PKG_", "CARGO_PRIMARY_PACKAGE"];

/// Runs a program with its output shown live; anything but success is a failure naming the command.
pub(crate) fn run(command: &mut Command) -> Result<(), Failure> {
    let status = command
        .stdin(Stdio::null())
        .status()
        .map_err(|cause| Failure::new(format!("cannot start `{}`: {cause}", shown(command))))?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::new(format!("`{}` failed ({status})", shown(command))))
    }
}

/// Runs a program and gives what it printed on standard output.
pub(crate) fn capture(command: &mut Command) -> Result<String, Failure> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|cause| Failure::new(format!("cannot start `{}`: {cause}", shown(command))))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(Failure::new(format!(
            "`{}` failed ({})\n{}",
            shown(command),
            output.status,
            said.trim_end()
        )));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a program starts and answers `--version`.
pub(crate) fn answers(program: impl AsRef<OsStr>) -> bool {
    ends_well(Command::new(program).arg("--version"))
}

/// Whether a program starts and ends well with these arguments.
pub(crate) fn answers_all(program: impl AsRef<OsStr>, arguments: &[&str]) -> bool {
    let mut command = Command::new(program);
    clean_of_cargo(&mut command);
    ends_well(command.args(arguments))
}

/// Whether a program starts and ends well, without a word.
fn ends_well(command: &mut Command) -> bool {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}

/// Takes away what the cargo that started this tool has set, for a cargo of another toolchain.
pub(crate) fn clean_of_cargo(command: &mut Command) {
    remove_variables(command, |name| {
        starts_with_any(name, &LEFT_BY_CARGO_RUN) || matches!(name, "CARGO" | "RUSTC" | "RUSTUP_TOOLCHAIN")
    });
}

/// The cargo that runs this tool, for native builds in the workspace.
pub(crate) fn cargo(workspace: &Workspace) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(&workspace.root);
    remove_variables(&mut command, |name| starts_with_any(name, &LEFT_BY_CARGO_RUN));
    command
}

/// Takes away everything in the environment that could change how the browser modules are compiled.
pub(crate) fn clean_for_wasm(command: &mut Command) {
    remove_variables(command, |name| {
        (name.starts_with("CARGO_") && !starts_with_any(name, &KEPT_FOR_WASM))
            || name.starts_with("RUSTDOC")
            || name.starts_with("WASM_BINDGEN_")
            || matches!(name, "CARGO" | "RUSTC" | "RUSTC_BOOTSTRAP" | "RUSTFLAGS" | "TARGET" | "HOST")
    });
    // Empty means "no wrapper", also over one named in a configuration file.
    command.env("RUSTC_WRAPPER", "").env("RUSTC_WORKSPACE_WRAPPER", "");
}

fn remove_variables(command: &mut Command, unwanted: impl Fn(&str) -> bool) {
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(&unwanted) {
            command.env_remove(name);
        }
    }
}

fn starts_with_any(name: &str, prefixes: &[&str]) -> bool {
    prefixes.iter().any(|prefix| name.starts_with(prefix))
}

/// The command as a person would type it, without its environment.
fn shown(command: &Command) -> String {
    let words: Vec<_> = std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_the_command_and_its_status() {
        let message = run(Command::new("sh").args(["-c", "exit 3"])).map_err(|failure| failure.to_string());
        assert!(message.is_err_and(|text| text.contains("sh -c exit 3") && text.contains('3')));
        let missing = capture(&mut Command::new("/no/such/program")).map_err(|failure| failure.to_string());
        assert!(missing.is_err_and(|text| text.contains("cannot start")));
    }

    #[test]
    fn a_wasm_build_keeps_only_where_things_are_fetched_from() {
        for kept in ["CARGO_HOME", "CARGO_TERM_COLOR", "CARGO_REGISTRIES_INTERNAL_INDEX"] {
            assert!(starts_with_any(kept, &KEPT_FOR_WASM), "{kept}");
        }
        for removed in
            ["CARGO_PKG_NAME", "CARGO_ENCODED_RUSTFLAGS", "CARGO_PROFILE_WASM_LTO", "CARGO_TARGET_DIR"]
        {
            assert!(!starts_with_any(removed, &KEPT_FOR_WASM), "{removed}");
        }
    }
}
