// How the search looks while it works: nothing moves, nothing is too small to hit, nothing is wider than the screen.

import { strict as assert } from "node:assert";
import { describe, it } from "node:test";

import { portal } from "./support/portal.mjs";
import { answered, asked, options, phone, type, wide } from "./support/search.mjs";

const { url, visit } = portal();
const narrow = { viewport: { width: 320, height: 700 } };

/** Collects what moves on the page, also shortly after a key. */
const watchShifts = (page) =>
  page.addInitScript(() => {
    window.shifts = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const nodes = entry.sources.map(({ node }) => `${node?.nodeName} ${node?.id || node?.className || ""}`);
        window.shifts.push(`${entry.value}: ${nodes.join(", ")}`);
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
const shifts = (page) => page.evaluate(() => window.shifts);

describe("nothing on the page moves", () => {
  for (const view of [wide, phone]) {
    it(`while somebody types, at ${view.viewport.width} px`, async () => {
      await visit(view, async (page) => {
        await watchShifts(page);
        for (const [path, box] of [["search/", "#search-box"], ["", "#home-search"], ["policies/sx-2024/", "#site-search"]]) {
          await page.goto(url(path), { waitUntil: "networkidle" });
          await page.evaluate(() => (window.shifts.length = 0));
          await type(page, box, "申报");
          await options(page, box);
          await page.keyboard.type("时间", { delay: 150 });
          if (path === "search/") await answered(page);
          await page.waitForTimeout(700);
          await page.keyboard.press("Escape");
          await page.waitForTimeout(100);
          assert.deepEqual(await shifts(page), [], path);
        }
      });
    });

    it(`while results come over a slow line, at ${view.viewport.width} px`, async () => {
      await visit(view, async (page) => {
        await watchShifts(page);
        await page.goto(url("search/"), { waitUntil: "networkidle" });
        await page.route(/search-terms|search-texts/, async (route) => {
          await new Promise((resolve) => setTimeout(resolve, 900));
          await route.continue();
        });
        await page.evaluate(() => (window.shifts.length = 0));
        for (const query of ["双随机", "考核费用由谁出"]) {
          await page.locator("#search-box").fill(query);
          const sent = Date.now();
          await page.keyboard.press("Enter");
          await page.locator("#search-status", { hasText: "正在搜索" }).waitFor();
          assert.ok(Date.now() - sent >= 390, "a quick answer needs no such word");
          assert.equal(await page.locator("#search-layout").getAttribute("aria-busy"), "true");
          await answered(page, /找到/);
          assert.equal(await page.locator("#search-layout").getAttribute("aria-busy"), null);
        }
        assert.deepEqual(await shifts(page), []);
      });
    });
  }
});

/** Runs in the page: what is smaller than a finger or a shaky hand can hit, and what makes the page scroll sideways. */
function misfits() {
  const visible = (element) => element.getClientRects().length > 0;
  const name = (element, box) =>
    `${element.tagName} ${element.className} ${element.textContent.trim().slice(0, 12)}: ${box.width} × ${box.height}`;
  const wrong = [];
  const parts = ".page-search main *, form[data-search] *";
  for (const element of [...document.querySelectorAll(parts)].filter(visible)) {
    const box = element.getBoundingClientRect();
    const isMain = element.matches("input, [role=option], #search-more, #search-retry, form > div > button, .search-facets > summary");
    const least = isMain ? 44 : 24;
    if (element.matches("a[href], button, input, summary, [role=option]") && (box.height < least || box.width < 24)) wrong.push(name(element, box));
    if (box.right > document.documentElement.clientWidth + 1) wrong.push(`beyond the edge: ${name(element, box)}`);
  }
  if (document.scrollingElement.scrollWidth > document.documentElement.clientWidth) wrong.push("scrolls sideways");
  return wrong;
}

describe("what can be pressed is large enough, and nothing is wider than the screen", () => {
  const states = {
    suggestions: async (page) => {
      await page.goto(url("search/"));
      await type(page, "#search-box", "申报");
      await options(page, "#search-box");
    },
    "suggestions in the header": async (page) => {
      await page.goto(url("faq/"));
      await type(page, "#site-search", "考核费");
      await options(page, "#site-search");
    },
    "recent queries": async (page) => {
      await page.goto(url("search/"));
      await page.evaluate(() => zhinan.recent.add("忘记密码"));
      await page.locator("#search-box").click();
      await options(page, "#search-box");
    },
    results: async (page) => {
      await page.goto(url(asked("申报")));
      await answered(page);
      await page.locator("#search-facets").evaluate((facets) => (facets.open = true));
    },
    "nothing found": async (page) => {
      await page.goto(url(asked("魑魅魍魉鼹", "&year=2024")));
      await answered(page, /没有找到/);
    },
    failure: async (page, complaints) => {
      await page.route(/search-directory/, (route) => route.abort());
      await page.goto(url(asked("申报")));
      await page.locator("#search-retry").waitFor();
      complaints.length = 0;
    },
  };
  for (const view of [wide, phone, narrow]) {
    for (const [name, reach] of Object.entries(states)) {
      it(`${name} at ${view.viewport.width} px`, async () => {
        await visit(view, async (page, complaints) => {
          await reach(page, complaints);
          assert.deepEqual(await page.evaluate(misfits), []);
          complaints.length = 0;
        });
      });
    }
  }
});

describe("forced colours", () => {
  it("show which suggestion is chosen and which filter is set", async (test) => {
    await visit({ ...wide, forcedColors: "active" }, async (page) => {
      if (!(await page.evaluate(() => matchMedia("(forced-colors: active)").matches))) {
        test.skip("this browser cannot be told to force colours");
        return;
      }
      await page.goto(url("search/"));
      await type(page, "#search-box", "申报");
      await options(page, "#search-box");
      await page.keyboard.press("ArrowDown");
      const outline = (selector) => page.locator(selector).first().evaluate((element) => getComputedStyle(element).outlineStyle);
      assert.equal(await outline("[role=option][aria-selected=true]"), "solid");
      assert.equal(await outline("[role=option][aria-selected=false]"), "none");
      await page.goto(url(asked("申报", "&kind=faq")));
      await answered(page);
      const border = (selector) => page.locator(selector).first().evaluate((element) => getComputedStyle(element).borderTopWidth);
      assert.equal(await border(".facet[aria-pressed=true]"), "2px");
    });
  });
});

describe("on paper", () => {
  it("the results say what was asked, without the controls", async () => {
    await visit(wide, async (page) => {
      await page.goto(url(asked("双随机")));
      await answered(page);
      await page.emulateMedia({ media: "print" });
      for (const part of ["#search-form", "#search-facets", "#search-more"]) {
        assert.equal(await page.locator(part).isVisible(), false, part);
      }
      const query = await page.locator("#search-status").evaluate((status) => getComputedStyle(status, "::before").content);
      assert.match(query, /双随机/);
      assert.ok(await page.locator(".result").first().isVisible());
    });
  });
});
