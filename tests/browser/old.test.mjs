// The browsers that school offices still run. Under the strict rules of the pages Chromium 86 and 92 refuse
// WebAssembly, so the modules come as plain JavaScript; from 97 on they come as WebAssembly. The verdicts are the same.

import { strict as assert } from "node:assert";
import { describe, it } from "node:test";
import { join } from "node:path";

import { lines, workbookOf, wrongPlaces } from "./support/batch.mjs";
import { checkIsReady } from "./support/check.mjs";
import { saved } from "./support/download.mjs";
import { judgesAsNative, readScenarios } from "./support/findings.mjs";
import { portal } from "./support/portal.mjs";
import { answered, options, type } from "./support/search.mjs";
import { chromiumPath, oldBrowsers } from "./support/settings.mjs";

const wide = { viewport: { width: 1280, height: 900 } };
const scenarios = readScenarios();

for (const { name, version, executablePath, form } of [
  { name: "Chromium 86", version: /^86\./, executablePath: old(86), form: "fallback" },
  { name: "Chromium 92", version: /^92\./, executablePath: old(92), form: "fallback" },
  { name: "Chromium 109", version: /^109\./, executablePath: old(109), form: "wasm" },
  { name: "the current Chromium", version: /^\d{3}\./, executablePath: chromiumPath, form: "wasm" },
]) {
  describe(`B02: ${name}`, () => {
    const { url, visit, version: running } = portal({ executablePath });

    it("is what it says", () => assert.match(running(), version));

    it("checks every scenario as the native command does", async () => {
      assert.ok(scenarios.length >= 12, "scenarios are there");
      await visit(wide, async (page) => {
        await openCheck(page, url("check/"));
        assert.deepEqual(await formsLoaded(page, "web_check"), [form]);
        await judgesAsNative(page, scenarios);
      });
    });

    it("a plan is filled in, judged, shared and opened again", async () => {
      let shared;
      await visit(wide, async (page) => {
        await openCheck(page, url("check/#v=1&province=AH&year=2024&l1.planned=35&l1.min_examinees=30"));
        await verdict(page, "met").waitFor();
        await page.locator('[data-line] [data-fact="planned"]').first().fill("29");
        await verdict(page, "not_met").waitFor();
        await page.keyboard.press("Tab");
        await page.waitForFunction(() => location.hash.indexOf("l1.planned=29") > 0);
        shared = page.url();
      });
      await visit(wide, async (page) => {
        await openCheck(page, shared);
        await verdict(page, "not_met").waitFor();
        assert.equal(await page.locator('[data-line] [data-fact="planned"]').first().inputValue(), "29");
        const file = await page.pdf({ format: "A4" });
        assert.equal(file.subarray(0, 5).toString(), "%PDF-");
        assert.ok(file.length > 20_000, "the results are printed");
      });
    });

    it("a workbook of a thousand lines is read, its wrong cells are named, its verdicts saved", async () => {
      await visit(wide, async (page) => {
        await page.goto(url("check/batch/"));
        await page.locator("[data-batch].is-ready").waitFor();
        const buffer = await workbookOf(page, lines(true));
        await page.setInputFiles("#batch-file", { name: "计划.xlsx", mimeType: "", buffer });
        await page.locator("[data-status]", { hasText: "已检查 1000 份申报，1000 行；有 5 个格子需要改正" }).waitFor();
        assert.deepEqual(await page.locator("[data-problem-rows] th").allTextContents(), wrongPlaces);
        assert.deepEqual(await formsLoaded(page, "web_batch"), [form]);
        const { bytes } = await saved(page, () => page.click("[data-export=xlsx]"));
        assert.equal(bytes.toString("latin1", 0, 2), "PK", "a workbook");
        assert.deepEqual(await formsLoaded(page, "web_xlsx"), [form]);
      });
    });

    it("a query is answered", async () => {
      await visit(wide, async (page) => {
        await page.goto(url("search/?q=双随机"));
        await page.locator("mark", { hasText: "双随机" }).first().waitFor();
        assert.deepEqual(await formsLoaded(page, "web_search"), [form]);
      });
    });

    it("a word is suggested while it is typed, by its sound as well, and found", async () => {
      await visit(wide, async (page) => {
        for (const typed of ["申报", "shenbao"]) {
          await page.goto(url("policies/sx-2024/"));
          await type(page, "#site-search", typed);
          const option = (await options(page, "#site-search")).first();
          const word = await option.locator(".search-option-text").innerText();
          assert.match(word, /申报/);
          await page.keyboard.press("ArrowDown");
          await page.keyboard.press("Enter");
          await page.waitForURL((address) => address.searchParams.get("q") === word);
          await answered(page, /找到/);
        }
        assert.deepEqual(await formsLoaded(page, "web_search"), [form]);
      });
    });
  });
}

describe("B03: a browser without WebAssembly", () => {
  const { url, visit } = portal();

  it("checks and searches all the same", async () => {
    const without = async (page) => page.addInitScript(() => delete window.WebAssembly);
    await visit(wide, async (page) => {
      await without(page);
      await openCheck(page, url("check/#v=1&province=AH&year=2024&l1.planned=29&l1.min_examinees=30"));
      await verdict(page, "not_met").waitFor();
      assert.deepEqual(await formsLoaded(page, "web_check"), ["fallback"]);
    });
    await visit(wide, async (page) => {
      await without(page);
      await page.goto(url("search/?q=双随机"));
      await page.locator("mark", { hasText: "双随机" }).first().waitFor();
    });
  });
});

describe("loading", () => {
  const { url, visit } = portal();

  it("only what the page itself names can be loaded as a script", async () => {
    await visit(wide, async (page, complaints) => {
      await openCheck(page, url("check/"));
      const said = await page.evaluate(async () => {
        const site = document.querySelector('script[src*="site."]').src;
        const word = (error) => `${error.name}: ${error.message}`;
        const other = await window.zhinan.script(site).then(() => "loaded", word);
        let plain;
        try {
          document.createElement("script").src = site;
          plain = "taken";
        } catch (error) {
          plain = error.name;
        }
        return { other, plain };
      });
      assert.match(said.other, /^TypeError/);
      assert.equal(said.plain, "TypeError");
      assert.ok(complaints.every((complaint) => complaint.includes("TrustedScriptURL")), complaints.join("\n"));
      complaints.length = 0;
    });
  });

  it("B05: a module that does not come is said, and the list stays readable", async () => {
    for (const [status, sentence] of [[404, /刷新页面/], [500, /检查网络/]]) {
      await visit(wide, async (page, complaints) => {
        await page.route(/web_check\..*\.wasm$/, (route) => route.fulfill({ status, body: "" }));
        await page.goto(url("check/"));
        const failure = page.locator("[data-failure]");
        await failure.waitFor();
        assert.match(await failure.innerText(), sentence);
        assert.ok(await page.locator("[data-condition]").first().isVisible());
        complaints.length = 0;
      });
    }
  });
});

describe("B05: a module that comes wrong", () => {
  const { url, visit } = portal();
  const address = /web_check\.[0-9a-f]+\.wasm$/;
  const declared = "check/#v=1&province=AH&year=2024&l1.planned=29&l1.min_examinees=30";

  it("under another type it runs as it is", async () => {
    await visit(wide, async (page) => {
      await page.route(address, async (route) => {
        const answer = await route.fetch();
        await route.fulfill({ body: await answer.body(), contentType: "text/plain" });
      });
      await openCheck(page, url(declared));
      await verdict(page, "not_met").waitFor();
      assert.deepEqual(await formsLoaded(page, "web_check"), ["wasm"]);
    });
  });

  for (const [name, body] of [
    ["cut short", (bytes) => bytes.subarray(0, bytes.length >> 1)],
    ["empty", () => Buffer.alloc(0)],
    ["a page of the network in its place", () => Buffer.from("<!doctype html><title>登录</title>")],
    ["one bit turned", (bytes) => Buffer.from(bytes.map((byte, place) => (place === 4 ? byte ^ 8 : byte)))],
  ]) {
    it(`${name}, the same in plain JavaScript takes its place`, async () => {
      await visit(wide, async (page) => {
        await page.route(address, async (route) => {
          const answer = await route.fetch();
          await route.fulfill({ body: body(await answer.body()), contentType: "application/wasm" });
        });
        await openCheck(page, url(declared));
        await verdict(page, "not_met").waitFor();
        assert.deepEqual(await formsLoaded(page, "web_check"), ["wasm", "fallback"]);
      });
    });
  }
});

function old(version) {
  return join(oldBrowsers, String(version), "chromium");
}

async function openCheck(page, address) {
  await page.goto(address);
  await checkIsReady(page);
}

const verdict = (page, word) =>
  page.locator(`[data-condition][data-verdict=${word}]`).filter({ hasText: "开考最低人数" }).first();

/** In which forms the module has been fetched: `wasm`, `fallback`. */
async function formsLoaded(page, stem) {
  const names = await page.evaluate(() => performance.getEntriesByType("resource").map((entry) => entry.name));
  const files = names.map((name) => name.slice(name.lastIndexOf("/") + 1)).filter((name) => name.startsWith(stem));
  const forms = { wasm: /^[a-z_]+\.[0-9a-f]+\.wasm$/, fallback: /_fallback\.[0-9a-f]+\.js$/ };
  return Object.keys(forms).filter((form) => files.some((file) => forms[form].test(file)));
}
