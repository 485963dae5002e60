//! `cargo xtask help`.

/// What the help prints.
pub(crate) const TEXT: &str = "\
The developer's one command.

Usage: cargo xtask <command>

  build             compile the browser modules and the release binary, build the portal into site/
  modules           compile the browser modules alone, into target/web
  serve [-- ARGS]   the same, then serve it and print the address; ARGS go to `zhinan serve`
  test              install what the tests need, then run every check; the last line counts them
  bench build       measure the build of generated portals of 100 to 50,000 pages beside Hugo, Zola and Pagefind: time, memory, the
                    build after one edit (--pages N for another size, repeatable; --json for the figures as JSON)
  chaos             kill builds at named points and at any moment, let them run out of room, meet read-only folders and each
                    other; a table of what stands there afterwards, and a failure when anything was lost
  dist              the modules and the release binary, packed with README, licences, a list of what is inside (SBOM) and a short manual in Chinese into
                    target/dist/zhinan-<version>-<target>.tar.gz, with SHA256SUMS; the same sources give the same bytes
  reproduce         build the modules in two other folders and the portal with each of them, by other threads, languages and time
                    zones; every byte has to be the same. Takes twice as long as `modules` on a fresh clone, so that no other
                    command runs it
  bench check       measure the check beside other engines: verdicts that differ, declarations a second, sizes, time to
                    load, questions asked; with `--json` the last line holds the figures for a program
  bench pages       measure the built portal by Lighthouse behind nginx, with the sample configuration of deploy/: home, a policy
                    document, a topic of the FAQ, check, search, five times each; with `--json` the last line holds the figures
  bench load        measure how many requests nginx answers with the sample configuration of deploy/, by wrk on this machine: pages,
                    a module, a part of the search index, each beside a bare file of the same size; with `--json` rows
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
  NGINX_PROGRAM, CADDY_PROGRAM
                      the servers of tests and benchmarks, instead of the system's
  CHROMIUM            the browser of tests and benchmarks, instead of /usr/bin/chromium
";
