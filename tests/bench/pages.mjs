// The pages by Lighthouse: the built portal behind nginx with the sample configuration for https, on a phone as Lighthouse
// simulates it.
// Run by `cargo xtask bench pages`, which says by the environment where everything is: SITE, PACKAGES, NGINX_PROGRAM, CHROMIUM, RUNS.
// Pages may be named as arguments; `--json` prints the figures for a program on the last line, with every audit that lost points.

import { existsSync, readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { serveByNginx } from "../browser/support/nginx.mjs";

const { SITE, PACKAGES } = process.env;
const CHROMIUM = process.env.CHROMIUM || "/usr/bin/chromium";
const RUNS = Number(process.env.RUNS || 5);
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
/** How often a run in which the browser failed is repeated. */
const RETRIES = 3;

const require = createRequire(pathToFileURL(join(PACKAGES, "package.json")));
const load = (name) => import(pathToFileURL(require.resolve(name)));
const { default: lighthouse } = await load("lighthouse");
const { launch } = await load("chrome-launcher");

const json = process.argv.includes("--json");
const named = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));

/** The longest page below a folder: the hardest of its kind. */
function longest(folder) {
  const sizes = readdirSync(join(SITE, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(SITE, folder, entry.name, "index.html")))
    .map((entry) => [statSync(join(SITE, folder, entry.name, "index.html")).size, `${folder}/${entry.name}/`]);
  return sizes.sort((one, other) => other[0] - one[0])[0][1];
}

const pages = named.length > 0
  ? named.map((path) => [path || "home", path])
  : [
      ["home", ""],
      ["policy", longest("policies")],
      ["FAQ", longest("faq")],
      ["check", "check/"],
      ["search", `search/?q=${encodeURIComponent("工作方案要盖章吗")}`],
    ];

const median = (values) => [...values].sort((one, other) => one - other)[values.length >> 1];

/** One visit with a browser of its own, as Lighthouse's command does it. */
async function visit(address) {
  for (let attempt = 1; ; attempt += 1) {
    const chrome = await launch({ chromePath: CHROMIUM, chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--ignore-certificate-errors"] });
    try {
      const { lhr } = await lighthouse(address, { port: chrome.port, logLevel: "error", onlyCategories: CATEGORIES });
      const failed = lhr.runtimeError?.code ?? CATEGORIES.find((name) => lhr.categories[name].score === null);
      if (!failed) return lhr;
      if (attempt === RETRIES) throw new Error(`${address}: ${failed}`);
      console.log(`  a run of ${address} failed and is repeated: ${failed}`);
    } finally {
      chrome.kill();
    }
  }
}

/** What cost points in a run: audits that count and are not perfect. */
const lost = (lhr) =>
  CATEGORIES.flatMap((category) =>
    lhr.categories[category].auditRefs
      .filter(({ id, weight }) => weight > 0 && (lhr.audits[id].score ?? 1) < 1)
      .map(({ id }) => ({ category, audit: id, score: lhr.audits[id].score, shown: lhr.audits[id].displayValue ?? "" })),
  );

const server = await serveByNginx(SITE, { tls: true });
const results = [];
try {
  console.log(`Lighthouse, mobile, median of ${RUNS}; how fast this machine was is Lighthouse's benchmark index`);
  console.log(`${"".padEnd(34)}${CATEGORIES.map((name) => name.padStart(16)).join("")}${"index".padStart(8)}`);
  for (const [name, path] of pages) {
    const runs = [];
    for (let run = 0; run < RUNS; run += 1) runs.push(await visit(`${server.address}/${path}`));
    const scores = Object.fromEntries(
      CATEGORIES.map((category) => [category, runs.map((lhr) => Math.round(lhr.categories[category].score * 100))]),
    );
    const index = median(runs.map((lhr) => Math.round(lhr.environment.benchmarkIndex)));
    const medians = Object.fromEntries(CATEGORIES.map((category) => [category, median(scores[category])]));
    const shown = `${name}${path && path !== name ? ` ${decodeURIComponent(path)}` : ""}`;
    console.log(`${shown.padEnd(34)}${CATEGORIES.map((category) => String(medians[category]).padStart(16)).join("")}${String(index).padStart(8)}`);
    const middle = runs.find((lhr) => Math.round(lhr.categories.performance.score * 100) === medians.performance);
    for (const { category, audit, shown: value, score } of lost(middle)) {
      console.log(`    ${category}: ${audit} ${score} ${value}`);
    }
    results.push({ page: name, path, medians, scores, benchmark_index: index, lost: lost(middle) });
  }
} finally {
  await server.close();
}
if (json) console.log(JSON.stringify({ runs: RUNS, pages: results }));
