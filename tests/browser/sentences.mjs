// Every sentence of the scanned source texts stands in the built pages, white space aside.
//
//   node sentences.mjs SEEDS SITE
//
// The scans break lines inside words and have no mark between a heading and the paragraph under it. So a sentence runs
// from one full stop to the next, line breaks left out; where it is not found in one piece, it may be cut at its line
// breaks, and between a colon and the first item of a list, into parts that follow each other closely and in order on one
// page (a heading, a note and a paragraph, say). The cells of a table are pieces of their own; a row that begins with an
// empty cell goes on with the row above.

import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** How many characters may stand between two parts of a sentence. */
const GAP = 400;

const seeds = resolve(process.argv[2] ?? fileURLToPath(new URL("../../../shared/seeds", import.meta.url)));
const site = resolve(process.argv[3] ?? fileURLToPath(new URL("../../site", import.meta.url)));

const pages = htmlFiles(site).map((file) => textOf(readFileSync(file, "utf8")));
let found = 0;
let all = 0;
for (const name of readdirSync(seeds).filter((name) => name.endsWith(".txt")).sort()) {
  const sentences = sentencesOf(readFileSync(join(seeds, name), "utf8"));
  const missing = sentences.filter((lines) => !isFound(lines));
  console.log(`${name}: ${sentences.length - missing.length} of ${sentences.length} sentences found`);
  for (const lines of missing) console.log(`  missing: ${lines.join("")}`);
  found += sentences.length - missing.length;
  all += sentences.length;
}
console.log(`sentences found: ${found} of ${all}, in ${pages.length} pages`);
process.exitCode = all > 0 && found === all ? 0 : 1;

function htmlFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return htmlFiles(path);
    return entry.name.endsWith(".html") ? [path] : [];
  });
}

/** The text a reader sees, without white space. */
function textOf(html) {
  const body = html.slice(html.indexOf("<body"));
  const entities = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };
  return withoutSpace(
    body
      .replace(/<!--.*?-->/gs, "")
      .replace(/<(script|style|template)\b.*?<\/\1>/gs, "")
      .replace(/<[^>]*>/g, "")
      .replace(/&#x([0-9a-f]+);/gi, (_, code) => String.fromCodePoint(parseInt(code, 16)))
      .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
      .replace(/&(\w+);/g, (whole, name) => entities[name] ?? whole),
  );
}

/** Each sentence as the list of its lines, without white space, list bullets and the `<…>` around addresses. */
function sentencesOf(text) {
  const sentences = [];
  let current = [];
  const close = () => {
    if (current.length > 0) sentences.push(current);
    current = [];
  };
  let rows = [];
  const closeTable = () => {
    sentences.push(...rows.flat().filter((cell) => cell !== "").map((cell) => [cell]));
    rows = [];
  };
  for (const line of text.replace(/^\ufeff/, "").split(/\r?\n/)) {
    if (line.includes("\t")) {
      close();
      const cells = line.split("\t").map(clean);
      const above = rows.at(-1);
      if (cells[0] === "" && above) cells.forEach((cell, index) => (above[index] = (above[index] ?? "") + cell));
      else rows.push(cells);
      continue;
    }
    const cleaned = clean(line);
    if (cleaned === "") continue;
    closeTable();
    for (const piece of cleaned.split(/(?<=[。！？；])|(?<=[：:])(?=1\.)/)) {
      current.push(piece);
      if (/[。！？；]$/.test(piece)) close();
    }
  }
  close();
  closeTable();
  return sentences;
}

function clean(text) {
  return withoutSpace(text.replace(/^\s*- /, "").replace(/<(https?:[^>]*)>/g, "$1"));
}

function withoutSpace(text) {
  return text.replace(/[\s\u200b\ufeff]+/g, "");
}

function isFound(lines) {
  return pages.some((page) => isOnPage(page, lines, 0, page.length));
}

/** Whether the lines stand on the page, in order, from somewhere in `first..=last` on; the longest parts are tried first. */
function isOnPage(page, lines, first, last) {
  if (lines.length === 0) return true;
  for (let count = lines.length; count > 0; count -= 1) {
    const part = lines.slice(0, count).join("");
    let at = page.indexOf(part, first);
    while (at !== -1 && at <= last) {
      const end = at + part.length;
      if (isOnPage(page, lines.slice(count), end, end + GAP)) return true;
      at = page.indexOf(part, at + 1);
    }
  }
  return false;
}
