//! The browser modules: compiled for old kernels, bound to JavaScript, made small, checked.
//!
//! School offices run browsers with Chromium 86 inside. What rustc makes by default needs Chromium 96 (reference
//! types), so the standard library is built too, for the first WebAssembly feature set and four later features that
//! Chromium 86 has; `optimise` refuses a module that uses any other. Beside each lies the same module in plain JavaScript
//! (`fallback`), for pages whose rules make these browsers refuse WebAssembly altogether.

mod binaryen;
mod bind;
mod compile;
mod fallback;
mod glue;
mod optimise;
mod toolchain;

pub(crate) use bind::{Bound, bind};
pub(crate) use compile::{cargo, cargo_home, compile};
pub(crate) use optimise::{optimise, require_no_private_path};
pub(crate) use toolchain::{Route, Toolchain};

/// The triple of the modules.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// The engine alone, for the benchmark; no part of a portal.
pub(crate) const BENCH: [Module; 1] =
    [Module { package: "web-bench", stem: "web_bench", global: "zhinan_bench" }];

/// One browser module.
pub(crate) struct Module {
    /// Its package in the workspace.
    pub(crate) package: &'static str,
    /// The stem of its files.
    pub(crate) stem: &'static str,
    /// The global variable its script defines.
    pub(crate) global: &'static str,
}

/// All modules.
pub(crate) const MODULES: [Module; 4] = [
    Module { package: "web-check", stem: "web_check", global: "zhinan_check" },
    Module { package: "web-batch", stem: "web_batch", global: "zhinan_batch" },
    Module { package: "web-xlsx", stem: "web_xlsx", global: "zhinan_xlsx" },
    Module { package: "web-search", stem: "web_search", global: "zhinan_search" },
];
