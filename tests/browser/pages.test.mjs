// Every page of the portal: loads without a complaint, says what it is, fits narrow screens, leads somewhere.

import { strict as assert } from "node:assert";
import { describe, it } from "node:test";

import { allFiles, allPages, onePageOfEachKind } from "./support/pages.mjs";
import { portal } from "./support/portal.mjs";

const { url, newContext, visit } = portal();
const pages = allPages();

// On old kernels (`PAGES=kinds`) one page of each kind stands for the others.
// `visit` fails where a page breaks its own rules (S05).
describe("S05: every page", () => {
  for (const path of process.env.PAGES === "kinds" ? onePageOfEachKind() : pages) {
    it(path || "home", async () => {
      await visit({ viewport: { width: 1280, height: 900 } }, async (page) => {
        const response = await page.goto(url(path), { waitUntil: "load" });
        assert.equal(response.status(), 200);
        assert.equal(await page.locator("h1").count(), 1, "one h1");
        assert.equal(await page.locator("html").getAttribute("lang"), "zh-CN");
        assert.ok((await page.title()).trim().length > 1, "a title");
        assert.equal(await page.locator("main").count(), 1, "one main");
        for (const width of [1280, 390, 320]) {
          await page.setViewportSize({ width, height: 800 });
          const wide = await page.evaluate(elementsBeyondTheEdge);
          assert.deepEqual(wide, [], `sideways scrolling at ${width} px`);
        }
      });
    });
  }
});

describe("addresses", () => {
  it("an unknown address shows the page for it, whole, at any depth", async () => {
    for (const path of ["nothing-here", "policies/nothing-here/deeper/"]) {
      await visit({}, async (page, complaints) => {
        const response = await page.goto(url(path));
        assert.equal(response.status(), 404);
        assert.equal(await page.locator("h1").count(), 1);
        await page.locator("main a").first().waitFor();
        // The one complaint allowed is that of the address itself.
        const other = complaints.filter((complaint) => !complaint.includes(path) && !complaint.includes("404"));
        complaints.length = 0;
        complaints.push(...other);
      });
    }
  });

  it("titles differ from page to page", async () => {
    const seen = new Map();
    for (const { path, title } of await readAll()) {
      assert.ok(!seen.has(title), `${path} and ${seen.get(title)} are both called ${title}`);
      seen.set(title, path);
    }
  });

  it("every internal link and every fragment leads somewhere", async () => {
    const all = await readAll();
    const ids = new Map(all.map((page) => [url(page.path), new Set(page.ids)]));
    const files = new Set(allFiles().map((file) => url(file)));
    const broken = [];
    let checked = 0;
    for (const page of all) {
      for (const href of page.links) {
        if (!href.startsWith(url())) continue;
        checked += 1;
        const target = new URL(href);
        const fragment = decodeURIComponent(target.hash.slice(1));
        target.hash = "";
        target.search = "";
        const known = ids.get(target.href);
        if (!known && !files.has(target.href)) broken.push(`${page.path}: ${href} is no page`);
        // A fragment with answers is read by the check page.
        else if (fragment && known && !fragment.startsWith("v=1&") && !known.has(fragment)) broken.push(`${page.path}: ${href} has no such place`);
      }
    }
    assert.deepEqual([...new Set(broken)], []);
    assert.ok(checked > pages.length, "pages link each other");
  });

  it("no id stands twice on a page", async () => {
    for (const page of await readAll()) {
      const twice = page.ids.filter((id, index) => page.ids.indexOf(id) !== index);
      assert.deepEqual(twice, [], page.path);
    }
  });
});

/** What stands in the HTML of each page, before any script. */
async function readAll() {
  readAll.result ??= (async () => {
    const context = await newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    const all = [];
    for (const path of pages) {
      await page.goto(url(path), { waitUntil: "domcontentloaded" });
      all.push({
        path,
        title: await page.title(),
        ids: await page.locator("[id]").evaluateAll((elements) => elements.map((element) => element.id)),
        links: await page.locator("a[href]").evaluateAll((elements) => elements.map((element) => element.href)),
      });
    }
    await context.close();
    return all;
  })();
  return readAll.result;
}

/** Runs in the page: what makes it scroll sideways, outermost elements first. */
function elementsBeyondTheEdge() {
  const width = document.documentElement.clientWidth;
  if (document.scrollingElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll("body *")]
    .filter((element) => element.getBoundingClientRect().right > width + 1)
    .slice(0, 5)
    .map((element) => `${element.tagName.toLowerCase()}.${element.className} ${element.textContent.trim().slice(0, 30)}`);
}
