//! The developer's one command: browser modules, portal, tests, release.
//!
//! `cargo xtask help` lists the commands; each has a file in `commands/`. What several commands need stands beside
//! them: `wasm/` compiles the two browser modules, `install/` fetches what a fresh machine lacks, `child` runs other
//! programs, `progress` and `checklist` tell how far it has come.
//!
//! Only the standard library and `wasm-bindgen-cli-support` are used, so that this crate is built quickly.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a developer's tool: it reads files, measures time, runs other programs and talks to the terminal"
)]

mod checklist;
mod child;
mod commands;
mod failure;
mod install;
mod progress;
mod wasm;
mod workspace;

use std::process::ExitCode;

use crate::commands::bench::Bench;
use crate::commands::fuzz::Fuzz;
use crate::failure::Failure;
use crate::workspace::Workspace;

/// What the arguments ask for.
#[derive(Debug, PartialEq, Eq)]
enum Command {
    Help,
    Build,
    Modules,
    Serve { arguments: Vec<String> },
    Test,
    Dist,
    Reproduce,
    Chaos,
    Bench(Bench),
    Fuzz(Fuzz),
}

fn main() -> ExitCode {
    match parse(std::env::args().skip(1)).and_then(run) {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::from(2)
        }
    }
}

fn run(command: Command) -> Result<ExitCode, Failure> {
    let workspace = Workspace::find();
    match command {
        Command::Help => print!("{}", commands::help::TEXT),
        Command::Build => commands::build::run(&workspace)?,
        Command::Modules => commands::build::modules(&workspace)?,
        Command::Serve { arguments } => commands::serve::run(&workspace, &arguments)?,
        Command::Dist => commands::dist::run(&workspace)?,
        Command::Reproduce => commands::reproduce::run(&workspace)?,
        Command::Chaos => commands::chaos::run(&workspace)?,
        Command::Bench(bench) => commands::bench::run(&workspace, &bench)?,
        Command::Fuzz(fuzz) => commands::fuzz::run(&workspace, &fuzz)?,
        Command::Test => return Ok(commands::test::run(&workspace)),
    }
    Ok(ExitCode::SUCCESS)
}

/// Reads the arguments behind `cargo xtask`.
fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Command, Failure> {
    let name = arguments.next();
    let mut rest: Vec<String> = arguments.collect();
    if rest
        .iter()
        .take_while(|argument| *argument != "--")
        .any(|argument| argument == "--help" || argument == "-h")
    {
        return Ok(Command::Help);
    }
    let command = match name.as_deref() {
        None | Some("help" | "--help" | "-h") => Command::Help,
        Some("build") => Command::Build,
        Some("modules") => Command::Modules,
        Some("test") => Command::Test,
        Some("dist") => Command::Dist,
        Some("reproduce") => Command::Reproduce,
        Some("chaos") => Command::Chaos,
        Some("serve") => {
            if rest.first().is_some_and(|argument| argument == "--") {
                rest.remove(0);
            }
            return Ok(Command::Serve { arguments: rest });
        }
        Some("fuzz") => return commands::fuzz::parse(&rest).map(Command::Fuzz),
        Some("bench") => return commands::bench::parse(&rest).map(Command::Bench),
        Some(other) => {
            return Err(Failure::new(format!("unknown command `{other}`; see `cargo xtask help`")));
        }
    };
    match rest.first() {
        None => Ok(command),
        Some(extra) => Err(Failure::new(format!("unexpected argument `{extra}`; see `cargo xtask help`"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Command, String> {
        parse(line.split_whitespace().map(str::to_owned)).map_err(|failure| failure.to_string())
    }

    #[test]
    fn arguments_name_one_command() {
        let arguments = |line: &str| line.split_whitespace().map(str::to_owned).collect();
        for (line, expected) in [
            ("", Command::Help),
            ("help", Command::Help),
            ("build --help", Command::Help),
            ("build", Command::Build),
            ("modules", Command::Modules),
            ("test", Command::Test),
            ("dist", Command::Dist),
            ("reproduce", Command::Reproduce),
            ("chaos", Command::Chaos),
            ("chaos --help", Command::Help),
            ("bench check", Command::Bench(Bench::Check { json: false })),
            ("bench check --help", Command::Help),
            ("fuzz", Command::Fuzz(Fuzz { seconds: 60, targets: Vec::new() })),
            ("fuzz --help", Command::Help),
            ("serve", Command::Serve { arguments: Vec::new() }),
            ("serve -- --port 8000", Command::Serve { arguments: arguments("--port 8000") }),
            ("serve --port 8000", Command::Serve { arguments: arguments("--port 8000") }),
            ("serve -- --help", Command::Serve { arguments: arguments("--help") }),
        ] {
            assert_eq!(parsed(line), Ok(expected), "{line}");
        }
    }

    #[test]
    fn anything_else_is_refused_by_name() {
        assert!(parsed("deploy").is_err_and(|message| message.contains("`deploy`")));
        assert!(parsed("chaos now").is_err_and(|message| message.contains("`now`")));
        assert!(parsed("build fast").is_err_and(|message| message.contains("`fast`")));
        assert!(parsed("bench").is_err_and(|message| message.contains("bench check")));
    }
}
