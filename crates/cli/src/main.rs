//! The command `zhinan`: the only crate that touches disk, network, clock and environment.
//!
//! Each command has one file below `commands`; [`pipeline`] is the way from folders to artifacts that they share. Exit
//! codes: 0 fine, 1 the content has errors, 2 misuse or environment.
#![allow(clippy::disallowed_methods, reason = "this crate is the door to disk, clock and environment")]
#![allow(clippy::disallowed_types, reason = "this crate is the door to the network")]

mod addresses;
mod arguments;
mod commands;
mod deploy;
mod earlier;
mod failure;
mod font;

mod import;
mod language;
mod look;
mod modules;
mod new_files;
mod packed;
mod pipeline;
mod publish;
mod read;
mod report;
mod sarif;
mod schema;
mod search_entries;
mod serve;
mod shipped;
mod stamps;
mod tables;
mod usage;
mod watch;

use std::process::ExitCode;

use mimalloc::MiMalloc;

use crate::arguments::{Arguments, Command};
use crate::failure::Failure;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    without_huge_pages();
    let arguments = match Arguments::read() {
        Ok(arguments) => arguments,
        Err(code) => return code,
    };
    let result = match &arguments.command {
        Command::Build(options) => commands::build::run(options, &arguments),
        Command::Serve(options) => commands::serve::run(options, &arguments),
        Command::Lint(options) => commands::lint::run(options, &arguments),
        Command::Check(options) => commands::check::run(options, &arguments),
        Command::Explain(options) => commands::explain::run(options, &arguments),
        Command::Search(options) => commands::search::run(options, &arguments),
        Command::Eval(options) => commands::eval::run(options, &arguments),
        Command::Schema(options) => commands::schema::run(options, &arguments),
        Command::Fmt(options) => commands::fmt::run(options, &arguments),
        Command::Import(options) => commands::import::run(options, &arguments),
        Command::Rollback(options) => commands::rollback::run(options, &arguments),
        Command::Deploy(options) => commands::deploy::run(options, &arguments),
        Command::New(what) => commands::new::run(what, &arguments),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Content | Failure::Untidy) => ExitCode::from(1),
        Err(failure @ (Failure::Table { .. } | Failure::Faulty { .. })) => {
            report::failure(&failure, arguments.language());
            ExitCode::from(1)
        }
        Err(failure) => {
            report::failure(&failure, arguments.language());
            ExitCode::from(2)
        }
    }
}

/// Memory comes in small pages: a build asks for much and fills it in parts, and cleared pages of 2 MB, which the allocator asks
/// the system for, cost more than they gave (10,000 pages: 2 % more time, 4 % more memory).
fn without_huge_pages() {
    #[cfg(target_os = "linux")]
    {
        // Where the system refuses, all goes on as it is.
        let _ = rustix::thread::disable_transparent_huge_pages(true);
    }
}
