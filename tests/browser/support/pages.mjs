// The pages of the built portal, as they lie on the disk.

import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

import { site } from "./settings.mjs";

/** Every file of the portal, or below `folder`, relative to the root, with `/`. */
export function allFiles(folder = site, root = site) {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? allFiles(path, root) : [relative(root, path).split(sep).join("/")];
    })
    .sort();
}

/** The address of every page relative to the root: `""`, `"faq/"`, …, `"404.html"`. */
export function allPages() {
  return allFiles()
    .filter((file) => file.endsWith(".html"))
    .map((file) => (file.endsWith("index.html") ? file.slice(0, -"index.html".length) : file));
}

/** What a page is like: pages of one kind come from one template, which says its name as a class of the body. */
export function kindOf(page) {
  const [path] = page.split(/[?#]/);
  const html = readFileSync(join(site, path === "" || path.endsWith("/") ? `${path}index.html` : path), "utf8");
  return html.match(/<body class="page-([^"]+)"/)[1];
}

/** One page of each kind, the first by name. */
export function onePageOfEachKind() {
  const found = new Map();
  for (const page of allPages()) {
    if (!found.has(kindOf(page))) found.set(kindOf(page), page);
  }
  return [...found.values()];
}

/** The path at which 404.html expects to stand, since it alone is shown at any depth: `/` or `/folder/`. */
export function prefix() {
  const html = readFileSync(join(site, "404.html"), "utf8");
  const stylesheet = /<link rel="stylesheet" href="([^"]*)"/.exec(html)?.[1] ?? "";
  return stylesheet.startsWith("/") ? stylesheet.slice(0, stylesheet.indexOf("assets/")) : "/";
}
