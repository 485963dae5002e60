// From a number of pages to a built portal and a built index of Pagefind, with what building them took.

import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const MOST_OUTPUT = 64 * 1024 * 1024;

/** Runs a command to its end; gives its time, its memory and what it printed. */
function measured(command) {
  const printed = execFileSync("python3", [join(here, "measure.py"), ...command], { encoding: "utf8", maxBuffer: MOST_OUTPUT });
  const result = JSON.parse(printed);
  if (result.status !== 0) throw new Error(`${command.join(" ")} ended with ${result.status}\n${result.output.slice(-4000)}`);
  return result;
}

/** A generated site: the content of a portal, and the same pages as HTML; `seeds` are the source texts. */
export function generate(pages, folder, seeds) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const [content, html] = [join(folder, "content"), join(folder, "html")];
  const targets = ["--target", "zhinan", "--out", content, "--target", "html", "--out", html];
  const command = [join(here, "../sites/gen.py"), "--n", String(pages), "--seeds", seeds, ...targets];
  const printed = execFileSync("python3", command, { encoding: "utf8" });
  return { content, html, ...JSON.parse(printed) };
}

/** Builds a portal. Where the command says how long the index alone took, as `index 1.2 s` or `索引 1.2 秒`, that is told as well. */
export function buildPortal({ zhinan, templates, web, content, site }) {
  const command = [zhinan, "build", "--lang", "en", "--content", content, "--templates", templates, "--web", web, "--out", site];
  const result = measured(command);
  const index = /index\D{0,20}?(\d+(?:\.\d+)?) ?s\b/.exec(result.output);
  return { ...figuresOf(result), index_seconds: index ? Number(index[1]) : null, ...sizeOf(join(site, "assets"), isOurIndex) };
}

/** Builds an index of Pagefind for finished pages; `root` names the element that holds their text where they do not say so. */
export function buildPagefind({ program, html, root, out }) {
  rmSync(out, { recursive: true, force: true });
  const command = [program, "--site", html, "--output-path", out, ...(root ? ["--root-selector", root] : [])];
  const result = measured(command);
  // It does nothing but its index.
  return { ...figuresOf(result), index_seconds: result.seconds, ...sizeOf(out, isPagefindIndex) };
}

const figuresOf = ({ seconds, processor_seconds, peak_kilobytes }) => ({ seconds, processor_seconds, peak_kilobytes });
const isOurIndex = (name) => /^search[^/]*\.bin$/.test(name);
const isPagefindIndex = (name) => /\.(pf_meta|pf_index|pf_fragment|pf_filter)$|^pagefind-entry\.json$/.test(name);

/** Files of an index and their bytes. */
function sizeOf(folder, belongs) {
  const sizes = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && belongs(entry.name))
    .map((entry) => statSync(join(entry.parentPath ?? entry.path, entry.name)).size);
  return { index_files: sizes.length, index_bytes: sizes.reduce((sum, size) => sum + size, 0) };
}
