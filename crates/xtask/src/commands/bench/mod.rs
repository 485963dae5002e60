//! `cargo xtask bench`: what can be measured, and how it is asked for.

mod build;
mod check;
mod load;
mod pages;
mod search;

use crate::failure::Failure;
use crate::workspace::Workspace;

/// What can be measured.
const THERE_ARE: &str = "`cargo xtask bench build`, `cargo xtask bench check`, `cargo xtask bench load`, `cargo xtask bench pages` and `cargo xtask bench search`";

/// What is to be measured.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Bench {
    /// The build beside other generators: of so many pages; none of them means the usual sites.
    Build { pages: Vec<u32>, json: bool },
    /// The check beside other engines.
    Check { json: bool },
    /// The server by wrk.
    Load { json: bool },
    /// The pages by Lighthouse.
    Pages { json: bool },
    /// The search beside Pagefind: on generated sites of so many pages; none of them means the usual sites.
    Search { pages: Vec<u32>, json: bool },
}

/// Measures and prints.
pub(crate) fn run(workspace: &Workspace, bench: &Bench) -> Result<(), Failure> {
    match bench {
        Bench::Build { pages, json } => build::run(workspace, pages, *json),
        Bench::Check { json } => check::run(workspace, *json),
        Bench::Load { json } => load::run(workspace, *json),
        Bench::Pages { json } => pages::run(workspace, *json),
        Bench::Search { pages, json } => search::run(workspace, pages, *json),
    }
}

/// Reads the arguments behind `bench`: a name, with its options on either side of it.
pub(crate) fn parse(arguments: &[String]) -> Result<Bench, Failure> {
    let (mut names, mut pages, mut json) = (Vec::new(), Vec::new(), false);
    let mut arguments = arguments.iter().map(String::as_str);
    while let Some(argument) = arguments.next() {
        match argument {
            "--json" => json = true,
            "--pages" => pages.push(number_of_pages(arguments.next().unwrap_or_default())?),
            name if !name.starts_with('-') => names.push(name),
            option => {
                return Err(Failure::new(format!(
                    "unknown option `{option}` of `bench`; there are `--json` and `--pages`"
                )));
            }
        }
    }
    match names.as_slice() {
        ["check"] if pages.is_empty() => Ok(Bench::Check { json }),
        ["load"] if pages.is_empty() => Ok(Bench::Load { json }),
        ["pages"] if pages.is_empty() => Ok(Bench::Pages { json }),
        ["check" | "load" | "pages"] => {
            Err(Failure::new("`--pages` is an option of `bench build` and `bench search`"))
        }
        ["build"] => Ok(Bench::Build { pages, json }),
        ["search"] => Ok(Bench::Search { pages, json }),
        [] => Err(Failure::new(format!("what is to be measured? There are {THERE_ARE}"))),
        _ => Err(Failure::new(format!("`{}` cannot be measured; there are {THERE_ARE}", names.join(" ")))),
    }
}

fn number_of_pages(text: &str) -> Result<u32, Failure> {
    text.parse().ok().filter(|pages| *pages > 0).ok_or_else(|| {
        Failure::new(format!("`--pages` takes a number of pages, such as `--pages 1000`, not `{text}`"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Bench, String> {
        let arguments: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        parse(&arguments).map_err(|failure| failure.to_string())
    }

    #[test]
    fn arguments_name_one_benchmark() {
        for (line, expected) in [
            ("build", Bench::Build { pages: Vec::new(), json: false }),
            ("build --pages 1000 --json", Bench::Build { pages: vec![1000], json: true }),
            ("check", Bench::Check { json: false }),
            ("check --json", Bench::Check { json: true }),
            ("--json check", Bench::Check { json: true }),
            ("load --json", Bench::Load { json: true }),
            ("pages", Bench::Pages { json: false }),
            ("--json pages", Bench::Pages { json: true }),
            ("search", Bench::Search { pages: Vec::new(), json: false }),
            ("search --pages 100 --json", Bench::Search { pages: vec![100], json: true }),
            ("search --pages 100 --pages 2000", Bench::Search { pages: vec![100, 2000], json: false }),
        ] {
            assert_eq!(parsed(line), Ok(expected), "{line}");
        }
    }

    #[test]
    fn anything_else_is_refused_by_name() {
        for (line, named) in [
            ("", "bench search"),
            ("everything", "`everything`"),
            ("check now", "`check now`"),
            ("check --fast", "`--fast`"),
            ("check --pages 10", "`--pages`"),
            ("load --pages 10", "`--pages`"),
            ("pages --pages 10", "`--pages`"),
            ("search --pages", "--pages 1000"),
            ("search --pages many", "`many`"),
            ("search --pages 0", "`0`"),
        ] {
            assert!(parsed(line).is_err_and(|message| message.contains(named)), "{line}");
        }
    }
}
