// A portal whose index is a few large files: a server that knows ranges sends parts of them, another one each file once.

import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";

import { portal } from "./support/portal.mjs";
import { answered, asked, hits, wide } from "./support/search.mjs";
import { root, web, zhinan } from "./support/settings.mjs";

const folder = mkdtempSync(join(tmpdir(), "zhinan-ranges-"));
before(() => {
  const options = ["build", "--web", web, "--out", folder, "--index-files", "6"];
  execFileSync(zhinan, options, { cwd: root, stdio: "pipe" });
});
after(() => rmSync(folder, { recursive: true, force: true }));

const queries = ["双随机", "考核费用由谁出", "申报时间"];
const usual = portal();
const indexFile = /\/(search-(?:terms|tails|texts)\.[^/?]*\.bin)/;

/** Sends the queries one after another; gives the hits of each and the answers with index files. */
async function search(page, url) {
  const answers = [];
  page.on("response", (response) => {
    const name = indexFile.exec(response.url())?.[1];
    if (name) answers.push({ name, response });
  });
  const found = [];
  for (const query of queries) {
    await page.goto(url(asked(query)));
    await answered(page);
    found.push(await hits(page));
  }
  return { found, answers };
}

/** The same from the portal with many small files. */
async function usualHits() {
  let found;
  await usual.visit(wide, async (page) => {
    ({ found } = await search(page, usual.url));
  });
  return found;
}

describe("a server that knows ranges", () => {
  const { url, visit } = portal({ folder, server: { hasRanges: true } });

  it("sends parts alone, for the same results", async () => {
    await visit(wide, async (page) => {
      const { found, answers } = await search(page, url);
      assert.deepEqual(found, await usualHits());
      assert.ok(answers.length > 3);
      for (const { name, response } of answers) {
        assert.equal(response.status(), 206, name);
        const length = Number(response.headers()["content-length"] ?? (await response.body()).length);
        assert.ok(length < statSync(join(folder, "assets", name)).size / 4, `${name}: ${length} bytes`);
      }
    });
  });

  it("that sends another range than the one asked for is sent to for the whole file", async () => {
    await visit(wide, async (page) => {
      await page.route(indexFile, (route) => {
        const range = route.request().headers().range;
        const other = range?.replace(/\d+/g, (number) => Number(number) + 1);
        return route.continue(range ? { headers: { ...route.request().headers(), range: other } } : {});
      });
      const { found } = await search(page, url);
      assert.deepEqual(found, await usualHits());
    });
  });
});

describe("a server that ignores ranges", () => {
  const { url, visit } = portal({ folder });

  it("sends each file at most once to a page, for the same results", async () => {
    await visit(wide, async (page) => {
      const { found, answers } = await search(page, url);
      assert.deepEqual(found, await usualHits());
      assert.ok(answers.every(({ response }) => response.status() === 200));
    });
    await visit(wide, async (page) => {
      const names = [];
      page.on("request", (request) => names.push(indexFile.exec(request.url())?.[1]));
      await page.goto(url("search/"));
      for (const query of queries) {
        await page.locator("#search-box").fill(query);
        await page.keyboard.press("Enter");
        await page.waitForFunction((query) => document.getElementById("search-status").dataset.asked?.includes(query), query);
      }
      const asked = names.filter(Boolean);
      assert.deepEqual(asked, [...new Set(asked)]);
      assert.ok(asked.length > 1);
    });
  });
});
