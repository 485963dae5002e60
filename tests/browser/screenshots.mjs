// Pictures of the built portal, to be looked at; not a test.
//
//   node screenshots.mjs [FOLDER] [--readme]
//
// Writes one PNG per view and width into FOLDER (default: screenshots/ in the target folder); with --readme also
// readme.png beside this file, the picture in the README.

import { mkdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { prefix } from "./support/pages.mjs";
import { launch } from "./support/portal.mjs";
import { serve } from "./support/server.mjs";
import { site, web } from "./support/settings.mjs";

const check =
  "check/#v=1&province=AH&year=2024&season=autumn&school_kind=higher&submit_date=2024-09-20&registered=yes&budget=yes" +
  "&l1.planned=29&l1.min_examinees=30&l1.form_ready=yes&l1.argued=yes";

const views = [
  { name: "home", path: "" },
  { name: "home-dark", path: "", colorScheme: "dark" },
  { name: "policies", path: "policies/" },
  { name: "policy", path: "policies/sx-2024/" },
  { name: "policy-clause", path: "policies/sx-2024/#s6-6", at: "#s6-6" },
  {
    name: "policy-citation",
    path: "policies/sx-2024/",
    at: "#s5",
    ready: ".clause-tools",
    reach: (page) => page.locator("#s5 .anchor").click(),
  },
  { name: "provinces", path: "provinces/" },
  { name: "province", path: "provinces/gx/" },
  { name: "compare", path: "compare/" },
  { name: "faq", path: "faq/" },
  { name: "faq-topic", path: "faq/background/", reach: (page) => page.locator("[data-open-all]").click() },
  { name: "calendar", path: "calendar/" },
  { name: "links", path: "links/" },
  { name: "certificates", path: "certificates/" },
  { name: "glossary", path: "glossary/" },
  { name: "about", path: "about/" },
  { name: "updates", path: "updates/" },
  { name: "site-map", path: "site-map/" },
  { name: "authoring", path: "authoring/" },
  { name: "authoring-page", path: "authoring/conditions/" },
  { name: "accessibility", path: "accessibility/" },
  { name: "style", path: "style/" },
  { name: "style-dark", path: "style/", colorScheme: "dark" },
  { name: "offline", path: "offline.html" },
  { name: "search", path: "search/?q=忘记密码", ready: "mark" },
  { name: "search-dark", path: "search/?q=双随机", ready: "mark", colorScheme: "dark" },
  {
    name: "search-suggestions",
    path: "search/",
    ready: "[role=option]",
    reach: (page) => page.locator("#search-box").pressSequentially("申报"),
  },
  { name: "search-nothing", path: "search/?q=魑魅魍魉鼹&year=2024", ready: "#search-elsewhere" },
  { name: "conditions", path: "check/conditions/" },
  { name: "condition", path: "check/conditions/ah-2024/min-examinees/" },
  { name: "facts", path: "check/facts/" },
  { name: "fact", path: "check/facts/planned/" },
  { name: "interpretations", path: "check/interpretations/" },
  { name: "coverage", path: "check/coverage/" },
  { name: "coverage-document", path: "check/coverage/ah-2024/" },
  { name: "check-empty", path: "check/" },
  { name: "check-filled", path: check, ready: "[data-condition][data-verdict]" },
  { name: "check-result", path: check, ready: "[data-condition][data-verdict]", at: "[data-condition][data-verdict=not_met]" },
  {
    name: "check-result-dark",
    path: check,
    ready: "[data-condition][data-verdict]",
    at: "[data-condition][data-verdict=not_met]",
    colorScheme: "dark",
  },
];

const README_LIMIT = 200 * 1024;

const words = process.argv.slice(2);
const folder = resolve(words.find((word) => !word.startsWith("--")) ?? join(dirname(web), "screenshots"));
mkdirSync(folder, { recursive: true });

const server = await serve(site, prefix());
const browser = await launch();
try {
  for (const width of [1280, 390]) {
    for (const view of views) await takePicture(view, width);
  }
  if (words.includes("--readme")) await takeReadmePicture();
} finally {
  await browser.close();
  await server.close();
}

async function open({ path, ready, reach, colorScheme = "light" }, viewport) {
  const context = await browser.newContext({ locale: "zh-CN", timezoneId: "Asia/Shanghai", viewport, colorScheme });
  const page = await context.newPage();
  await page.goto(new URL(path, server.address).href, { waitUntil: "networkidle" });
  await reach?.(page);
  if (ready) await page.locator(ready).first().waitFor();
  return page;
}

async function takePicture(view, width) {
  const page = await open(view, { width, height: 900 });
  const path = join(folder, `${view.name}-${width}.png`);
  // A place within a page is shown as the visitor sees it, a page whole.
  if (view.at) await page.locator(view.at).first().scrollIntoViewIfNeeded();
  await page.screenshot({ path, fullPage: !view.at });
  await page.context().close();
  console.log(path);
}

async function takeReadmePicture() {
  const path = fileURLToPath(new URL("readme.png", import.meta.url));
  const page = await open({ path: "" }, { width: 1280, height: 800 });
  await page.screenshot({ path });
  await page.context().close();
  const { size } = statSync(path);
  console.log(`${path}: ${size} bytes`);
  if (size > README_LIMIT) throw new Error(`readme.png is larger than ${README_LIMIT} bytes`);
}
