// The search beside Pagefind: the shipped portal and generated ones, the same pages for both engines, one browser.
// Run by `cargo xtask bench search`, which says by the environment where everything is: ROOT (the workspace), FOLDER (where sites are
// built), PACKAGES, ZHINAN, WEB (the browser modules), SHARED (seeds and queries beside the workspace), SITES (`shipped,1000`), CHROMIUM.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { drive } from "./search/drive.mjs";
import { pagefind, zhinan } from "./search/engines.mjs";
import { buildPagefind, buildPortal, generate } from "./search/prepare.mjs";
import { quality, tellQuality } from "./search/quality.mjs";
import { HARD, queries } from "./search/queries.mjs";
import { serve } from "./search/server.mjs";
import { byQuery, summary, table } from "./search/tell.mjs";

const { ROOT, FOLDER, PACKAGES, ZHINAN, WEB, SHARED, SITES } = process.env;
const CHROMIUM = process.env.CHROMIUM || "/usr/bin/chromium";
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];
const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(pathToFileURL(join(PACKAGES, "package.json")));

const seeds = join(SHARED, "seeds");
const hasSeeds = existsSync(seeds) && readdirSync(seeds).some((name) => name.endsWith(".txt"));
const chromium = driver();
const program = pagefindProgram();
const rows = [];

/** What drives the browser; without it nothing can be asked. */
function driver() {
  try {
    return require("playwright-core").chromium;
  } catch {
    console.log("nothing measured: playwright-core, which drives the browser, is not installed");
    process.exit(0);
  }
}

/** Pagefind's own binary, with its version; its package for this system may be missing. */
function pagefindProgram() {
  try {
    const platform = process.platform === "win32" ? "windows" : process.platform;
    const path = require.resolve(`@pagefind/${platform}-${process.arch}/bin/pagefind_extended`);
    const { version } = JSON.parse(readFileSync(join(PACKAGES, "node_modules/pagefind/package.json"), "utf8"));
    return { path, version };
  } catch {
    console.log("Pagefind is not installed here: our own engine is measured alone");
    return null;
  }
}

/** Builds both indexes of a site: `{ title, site, html, index, builds }`. */
function prepare(pages) {
  const folder = join(FOLDER, String(pages));
  const [site, index] = [join(folder, "site"), join(folder, "pagefind")];
  const portal = { zhinan: ZHINAN, templates: join(ROOT, "templates"), web: WEB, site };
  if (pages === "shipped") {
    const builds = [buildPortal({ ...portal, content: join(ROOT, "content") })];
    if (program) builds.push(buildPagefind({ program: program.path, html: site, root: "main", out: index }));
    return { title: "the shipped portal", site, html: null, index, builds };
  }
  const made = generate(pages, folder, seeds);
  const builds = [buildPortal({ ...portal, content: made.content })];
  if (program) builds.push(buildPagefind({ program: program.path, html: made.html, out: index }));
  const title = `${made.pages.toLocaleString("en-US")} pages of ${made.han_per_page.toLocaleString("en-US")} Chinese characters`;
  return { title, site, html: made.html, index, builds };
}

async function measure(browser, pages, asked) {
  const { title, site, html, index, builds } = prepare(pages);
  const engines = program ? [zhinan, pagefind(program.version)] : [zhinan];
  const server = await serve({ "/site/": site, "/pagefind/": index, "/blank/": join(here, "search/blank") });
  try {
    const figures = await drive(browser, server, engines, asked);
    figures.forEach((figure, place) => Object.assign(figure, { site: title, build: builds[place] }));
    table(title, figures);
    byQuery(figures);
    const judged = html ? await quality(browser, server, engines, [...new Set([...HARD, ...asked])], html) : null;
    if (judged) tellQuality(title, judged, HARD);
    for (const [place, figure] of figures.entries()) {
      rows.push({ ...figure, loaded: summary(figure.loaded), quality: judged?.[place].queries ?? null });
    }
  } finally {
    await server.close();
  }
}

if (!hasSeeds) console.log("generated sites are left out: the source texts are not beside this workspace");
const asked = queries(join(SHARED, "bench/search/queries.json"), join(ROOT, "tests/search/queries.tsv"));
const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
try {
  for (const pages of SITES.split(",")) {
    if (pages === "shipped" || hasSeeds) await measure(browser, pages, asked);
  }
} finally {
  await browser.close();
}
if (process.argv.includes("--json")) rows.forEach((row) => console.log(JSON.stringify(row)));
