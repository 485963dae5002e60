// axe-core finds nothing on each kind of page, light and dark, wide and narrow.

import { strict as assert } from "node:assert";
import { createRequire } from "node:module";
import { describe, it } from "node:test";

import { kindOf, onePageOfEachKind } from "./support/pages.mjs";
import { portal } from "./support/portal.mjs";
import { answered, asked, options, type } from "./support/search.mjs";

const { url, newContext } = portal();
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

// States of a page that its plain address does not show.
const declared = "check/#v=1&province=AH&year=2024&season=autumn&l1.planned=29&l1.min_examinees=30";
const states = [
  { path: asked("双随机") },
  {
    path: "search/",
    name: "suggestions",
    reach: async (page) => {
      await type(page, "#search-box", "申报");
      await options(page, "#search-box");
      await page.keyboard.press("ArrowDown");
      await answered(page);
    },
  },
  {
    path: "",
    name: "recent queries",
    reach: async (page) => {
      await page.evaluate(() => localStorage.setItem("zhinan-recent", JSON.stringify(["忘记密码", "双随机"])));
      await page.locator("#home-search").click();
      await options(page, "#home-search");
    },
  },
  {
    path: asked("魑魅魍魉鼹", "&year=2024"),
    name: "nothing found",
    reach: (page) => answered(page, /没有找到/),
  },
  {
    path: asked("双随机"),
    name: "failure",
    reach: async (page) => {
      await page.route(/search-directory/, (route) => route.abort());
      await page.reload();
      await page.locator("#search-status.is-error").waitFor();
    },
  },
  { path: declared },
  {
    path: `${declared}&l2.planned=many`,
    name: "errors",
    reach: async (page) => {
      // On a phone the choice is folded.
      await page.locator("[data-setup]").evaluate((part) => part.setAttribute("open", ""));
      await page.getByLabel("整张表", { exact: true }).check();
      await page.locator('[data-line] [data-fact="planned"]').first().fill("many");
      await page.locator("[data-form]").evaluate((form) => form.requestSubmit());
    },
  },
  {
    path: declared,
    name: "one question",
    reach: (page) => page.getByLabel("一次一题", { exact: true }).check(),
  },
  {
    path: declared,
    name: "comparison",
    reach: async (page) => {
      await page.getByRole("button", { name: "记下现在的填写" }).click();
      await page.getByRole("button", { name: "加一列对照" }).click();
      await page.locator("[data-compare-wrap] table").waitFor();
    },
  },
];

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1280, 390]) {
    describe(`${colorScheme}, ${width} px`, () => {
      for (const { path, name, reach } of [...onePageOfEachKind().map((path) => ({ path })), ...states]) {
        it(`${kindOf(path)} (${name ?? (path || "/")})`, async () => {
          // The pages allow no foreign script; only here is that set aside, to bring axe in.
          const context = await newContext({ bypassCSP: true, colorScheme, viewport: { width, height: 900 } });
          try {
            const page = await context.newPage();
            await page.goto(url(path), { waitUntil: "networkidle" });
            await reach?.(page);
            await page.addScriptTag({ path: axe });
            const result = await page.evaluate(
              (values) => window.axe.run(document, { runOnly: { type: "tag", values }, resultTypes: ["violations"] }),
              rules,
            );
            assert.deepEqual(result.violations.map(inWords), []);
            assert.ok(result.passes.length > 5, "axe has looked at the page");
          } finally {
            await context.close();
          }
        });
      }
    });
  }
}

function inWords(violation) {
  const places = violation.nodes.slice(0, 3).map((node) => `${node.target.join(" ")} ${node.failureSummary ?? ""}`);
  return `${violation.id}: ${violation.help}: ${places.join(" | ").replace(/\s+/g, " ")}`;
}
