//! `cargo xtask test`: every check there is, in one run and on a fresh machine.
//!
//! A failure does not stop the checks that do not need what failed, so that one run shows all of them.

use std::path::Path;
use std::process::{Command, ExitCode};

use crate::checklist::{Checklist, Outcome};
use crate::child;
use crate::failure::Failure;
use crate::install::{browser, old_browsers, servers};
use crate::wasm::{self, Route, TARGET, Toolchain};
use crate::workspace::Workspace;

/// The files of `tests/browser` that are a check of their own.
const OTHER_TESTS: [&str; 2] = ["verdicts.test.mjs", "deploy.test.mjs"];

/// Those that need the old browsers.
const OLD_BROWSER_TESTS: [&str; 3] = ["old.test.mjs", "offline.test.mjs", "portable.test.mjs"];

/// The files of `tests/browser` that are one check together.
const BROWSER_TESTS: [&str; 31] = [
    "floor.test.mjs",
    "pages.test.mjs",
    "rules.test.mjs",
    "hostile.test.mjs",
    "files.test.mjs",
    "schema.test.mjs",
    "smaller.test.mjs",
    "home.test.mjs",
    "lists.test.mjs",
    "reading.test.mjs",
    "compare.test.mjs",
    "search.test.mjs",
    "search-box.test.mjs",
    "search-failures.test.mjs",
    "search-layout.test.mjs",
    "search-ranges.test.mjs",
    "search-recent.test.mjs",
    "search-results.test.mjs",
    "check.test.mjs",
    "batch.test.mjs",
    "check-earlier.test.mjs",
    "check-form.test.mjs",
    "check-keep.test.mjs",
    "noscript.test.mjs",
    "ie.test.mjs",
    "print.test.mjs",
    "serve.test.mjs",
    "bytes.test.mjs",
    "loading.test.mjs",
    "accessibility.test.mjs",
    "axe.test.mjs",
];

/// The files of `tests/browser` that run on each old kernel as well: what a visitor does, and one page of each kind. What asks
/// only about the files themselves (bytes, floor) or for an engine of today (axe, contrast, layout shifts) does not.
const OLD_KERNEL_TESTS: [&str; 16] = [
    "pages.test.mjs",
    "home.test.mjs",
    "reading.test.mjs",
    "compare.test.mjs",
    "noscript.test.mjs",
    "search.test.mjs",
    "search-box.test.mjs",
    "search-layout.test.mjs",
    "search-recent.test.mjs",
    "search-results.test.mjs",
    "search-failures.test.mjs",
    "check.test.mjs",
    "check-earlier.test.mjs",
    "check-form.test.mjs",
    "check-keep.test.mjs",
    "batch.test.mjs",
];

/// What they are called, in the order of `old_browsers::VERSIONS`.
const OLD_KERNEL_CHECKS: [&str; old_browsers::VERSIONS.len()] =
    ["behaviour in Chromium 86", "behaviour in Chromium 92", "behaviour in Chromium 109"];

/// Runs all checks; the last line printed is `N passed, N failed`.
pub(crate) fn run(workspace: &Workspace) -> ExitCode {
    let mut list = Checklist::default();
    let tools = list.check("tools of the tests", || passed(browser::install(workspace)));
    list.check("formatting", || cargo(workspace, &["fmt", "--all", "--check"]));
    list.check("clippy", || {
        cargo(
            workspace,
            &["clippy", "--workspace", "--all-targets", "--keep-going", "--", "--deny", "warnings"],
        )
    });
    list.check("clippy for wasm", || clippy_for_wasm(workspace));
    list.check("unit and integration tests", || {
        cargo(workspace, &["test", "--workspace", "--lib", "--bins", "--tests", "--no-fail-fast"])
    });
    list.check("doc tests", || cargo(workspace, &["test", "--workspace", "--doc", "--no-fail-fast"]));
    list.check("documentation", || {
        let mut command = child::cargo(workspace);
        command
            .args(["doc", "--workspace", "--no-deps", "--keep-going"])
            .env("RUSTDOCFLAGS", "--deny warnings");
        passed(child::run(&mut command))
    });
    let built = list.check("build", || passed(super::build::run(workspace)));
    list.check_after(built, "lint of the content", || {
        passed(child::run(Command::new(workspace.zhinan()).current_dir(&workspace.root).arg("lint")))
    });
    list.check_after(built, "every sentence of the sources", || sentences(workspace));
    let ready = tools && built;
    list.check_after(ready, "same verdicts in the browser", || {
        node_tests(workspace, &["verdicts.test.mjs"], None)
    });
    list.check_after(ready, "three forms, one answer", || three_forms(workspace));
    list.check_after(ready, "browser tests", || node_tests(workspace, &BROWSER_TESTS, None));
    list.check_after(ready, "sample configurations of servers", || {
        let (nginx, caddy) = (servers::nginx(workspace)?, servers::caddy(workspace)?);
        let mut command = node_command(workspace, &["deploy.test.mjs"])?;
        passed(child::run(command.env("NGINX_PROGRAM", nginx).env("CADDY_PROGRAM", caddy)))
    });
    list.check_after(ready, "old browsers", || {
        old_browsers::install(workspace)?;
        node_tests(workspace, &OLD_BROWSER_TESTS, None)
    });
    for (version, name) in old_browsers::VERSIONS.iter().zip(OLD_KERNEL_CHECKS) {
        list.check_after(ready, name, || {
            old_browsers::install(workspace)?;
            let browser = old_browsers::folder(workspace).join(version).join("chromium");
            node_tests(workspace, &OLD_KERNEL_TESTS, Some(&browser))
        });
    }
    if list.finish() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn passed(result: Result<(), Failure>) -> Result<Outcome, Failure> {
    result.map(|()| Outcome::Passed)
}

fn cargo(workspace: &Workspace, arguments: &[&str]) -> Result<Outcome, Failure> {
    passed(child::run(child::cargo(workspace).args(arguments)))
}

/// The browser modules once more for their own target, where code is compiled that the native run leaves out.
fn clippy_for_wasm(workspace: &Workspace) -> Result<Outcome, Failure> {
    let toolchain = Toolchain::find(workspace)?;
    if toolchain.route == Route::Debian {
        return Ok(Outcome::Skipped("Debian's compiler for the web comes without clippy".to_owned()));
    }
    let mut command = wasm::cargo(workspace, &toolchain);
    command.arg("clippy").args([
        "--locked",
        "--keep-going",
        "--target",
        TARGET,
        "-Zbuild-std=std,panic_abort",
    ]);
    for module in &wasm::MODULES {
        command.args(["--package", module.package]);
    }
    passed(child::run(command.args(["--", "--deny", "warnings"])))
}

/// The source texts stand beside the workspace where the portal's authors work, not in every clone.
fn sentences(workspace: &Workspace) -> Result<Outcome, Failure> {
    let seeds = workspace.root.join("../shared/seeds");
    if !seeds.is_dir() {
        return Ok(Outcome::Skipped("the scanned source texts are not beside this workspace".to_owned()));
    }
    let script = workspace.browser_tests().join("sentences.mjs");
    passed(child::run(Command::new("node").arg(script).arg(seeds).arg(workspace.site())))
}

/// The workspace's own tests ran before there were modules; now the one that needs them.
fn three_forms(workspace: &Workspace) -> Result<Outcome, Failure> {
    let mut command = child::cargo(workspace);
    command.args(["test", "--package", "tests", "--test", "three_forms"]).env("WEB", workspace.web());
    passed(child::run(&mut command))
}

/// Runs these files; with `browser` in that one, and of pages only one of each kind.
fn node_tests(workspace: &Workspace, files: &[&str], browser: Option<&Path>) -> Result<Outcome, Failure> {
    let mut command = node_command(workspace, files)?;
    if let Some(browser) = browser {
        command.env("CHROMIUM", browser).env("PAGES", "kinds");
    }
    passed(child::run(&mut command))
}

fn node_command(workspace: &Workspace, files: &[&str]) -> Result<Command, Failure> {
    let folder = workspace.browser_tests();
    require_complete_list(&folder)?;
    let mut command = Command::new("node");
    command
        .current_dir(&folder)
        .env("SITE", workspace.site())
        .env("WEB", workspace.web())
        .env("ZHINAN", workspace.zhinan())
        .env("OLD_BROWSERS", old_browsers::folder(workspace))
        .args(["--test", "--test-reporter=spec"])
        .args(files);
    Ok(command)
}

/// A test file that no check runs would look like a test that passes.
fn require_complete_list(folder: &Path) -> Result<(), Failure> {
    let entries = std::fs::read_dir(folder).map_err(|cause| Failure::of_path("read", folder, &cause))?;
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".test.mjs")
            && !OTHER_TESTS.contains(&name.as_str())
            && !OLD_BROWSER_TESTS.contains(&name.as_str())
            && !BROWSER_TESTS.contains(&name.as_str())
        {
            return Err(Failure::new(format!("tests/browser/{name} is in no list of `cargo xtask test`")));
        }
    }
    Ok(())
}
