//! `cargo xtask help`.

/// What the help prints.
pub(crate) const TEXT: &str = "\
The developer's one command.

Usage: cargo xtask <command>

  build             compile the browser modules and the release binary, build the portal into site/
  modules           compile the browser modules alone, into target/web
  serve [-- ARGS]   the same, then serve it and print the address; ARGS go to `zhinan serve`
  test              install what the tests need, then run every check; the last line counts them
  bench build       measure the build of generated portals of 100 to 50,000 pages beside Hugo and Zola: time, memory, and the
                    build after one edit (--pages N for another size, repeatable; --json for the figures as JSON)
  dist              the modules and the release binary, packed with README, licences and a short manual in Chinese into
                    target/dist/zhinan-<version>-<target>.tar.gz, with SHA256SUMS; the same sources give the same bytes
  bench check       measure the check beside other engines: verdicts that differ, declarations a second, sizes, time to
                    load, questions asked; with `--json` the last line holds the figures for a program
  bench pages       measure the built portal by Lighthouse behind nginx, with the sample configuration of deploy/: home, a policy
                    document, a topic of the FAQ, check, search, five times each; with `--json` the last line holds the figures
  bench search      measure the search beside Pagefind, on the shipped portal and on 1,000 and 10,000 generated pages: bytes,
                    times, sizes, first answers; with `--pages N` on N generated pages alone (may be given several
                    times); with `--json` the last lines hold the figures, one for each site and engine
  fuzz [TARGET …]   let libFuzzer look for bytes that bring a reader down, 60 s for each target of tests/fuzz or `--seconds N`; needs
                    a nightly compiler and cargo-fuzz, which are fetched where rustup and cargo can
  help              this text

Environment:
  ZHINAN_WASM_ROUTE   where the compiler for the browser modules comes from: `installed`, `rustup` or `debian`;
                      unset: the first of them that works
  CARGO_TARGET_DIR    where everything that is built goes, instead of target/
  NGINX_PROGRAM       the server of `bench pages` and of the tests, instead of the system's
  CHROMIUM            the browser of tests and benchmarks, instead of /usr/bin/chromium
";
