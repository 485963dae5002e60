// A portable copy, opened from a folder whose path has Chinese characters and spaces: everything works by file://, in the
// oldest browser that schools run and in the current one.

import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, it } from "node:test";

import { lines, workbookOf, wrongPlaces } from "./support/batch.mjs";
import { anhui, checkIsReady, openCheck } from "./support/check.mjs";
import { judgesAsNative, readScenarios } from "./support/findings.mjs";
import { allFiles } from "./support/pages.mjs";
import { portal } from "./support/portal.mjs";
import { answered, asked, hits, options, type, wide } from "./support/search.mjs";
import { chromiumPath, oldBrowsers, root, web, zhinan } from "./support/settings.mjs";

const place = mkdtempSync(join(tmpdir(), "zhinan-portable-"));
const folder = join(place, "U 盘 资料（100%）#1", "申报 指南");
const scenarios = readScenarios();

before(() => {
  const build = (...more) => execFileSync(zhinan, ["build", "--web", web, ...more], { cwd: root, stdio: "pipe" });
  build("--content", "tests/diagnostics/base", "--out", join(place, "before"));
  build("--portable", "--out", folder, "--earlier", join(place, "before"));
  // A portal that knows its address, with an index of few large files.
  cpSync(join(root, "content"), join(place, "content"), { recursive: true });
  appendFileSync(join(place, "content", "portal.yaml"), "\nbase_url: https://zhinan.example/\n");
  build("--portable", "--out", join(place, "other"), "--content", join(place, "content"), "--index-files", "6");
});
after(() => rmSync(place, { recursive: true, force: true }));

for (const { name, executablePath, form } of [
  { name: "Chromium 86", executablePath: join(oldBrowsers, "86", "chromium"), form: "fallback" },
  { name: "the current Chromium", executablePath: chromiumPath, form: "wasm" },
]) {
  describe(`O01: ${name}`, () => {
    const { url, visit } = portal({ executablePath, folder, isPortable: true });

    it("from the first page by a suggestion to the clause that answers", async () => {
      await visit(wide, async (page) => {
        await page.goto(url(""));
        await page.getByText("这是便携副本").waitFor();
        await type(page, "#home-search", "shuangsuiji");
        const option = (await options(page, "#home-search")).first();
        const word = await option.locator(".search-option-text").innerText();
        assert.match(word, /双随机/);
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("Enter");
        await page.waitForURL((address) => address.pathname.endsWith("/search/index.html") && address.searchParams.get("q") === word);
        await answered(page, /找到/);
        assert.deepEqual(await formsLoaded(page, "web_search"), [form]);
        await page.locator(".result-link").first().click();
        await page.waitForURL(/\/index\.html#/);
        const target = page.locator(`[id="${decodeURIComponent(new URL(page.url()).hash.slice(1))}"]`);
        assert.ok(await target.isVisible(), "the place that the result means");
      });
    });

    it("results are narrowed, the address says so and brings them back", async () => {
      await visit(wide, async (page) => {
        await page.goto(url(asked("申报时间")));
        await answered(page, /找到|至少/);
        const facet = page.locator("[data-facet^='kind=']").first();
        const chosen = await facet.getAttribute("data-facet");
        await facet.click();
        await page.waitForURL((address) => address.search.includes(chosen));
        await page.locator(`[data-facet="${chosen}"][aria-pressed=true]`).waitFor();
        const found = await hits(page);
        await page.reload();
        await answered(page, /找到|至少/);
        assert.deepEqual(await hits(page), found);
        await page.goBack();
        await page.locator(`[data-facet="${chosen}"][aria-pressed=false]`).waitFor();
      });
    });

    it("every scenario is judged as by the native command", async () => {
      assert.ok(scenarios.length >= 12);
      await visit(wide, async (page) => {
        await openCheck(page, url);
        assert.deepEqual(await formsLoaded(page, "web_check"), [form]);
        await judgesAsNative(page, scenarios);
      });
    });

    it("a plan is filled in, shared by its address, and compared", async () => {
      let shared;
      await visit(wide, async (page) => {
        await openCheck(page, url, anhui);
        await page.locator('[data-line] [data-fact="planned"]').first().fill("31");
        await page.keyboard.press("Tab");
        await page.waitForFunction(() => location.hash.includes("l1.planned=31"));
        shared = page.url();
      });
      await visit(wide, async (page) => {
        await page.goto(shared);
        await checkIsReady(page);
        assert.equal(await page.locator('[data-line] [data-fact="planned"]').first().inputValue(), "31");
        await page.getByLabel("同时对照从前的条件").check();
        await page.locator("[data-compare-wrap] th", { hasText: "从前的条件" }).first().waitFor();
        await page.locator("[data-condition] .cite a").first().click();
        await page.waitForURL(/\/policies\/[^/]+\/index\.html#/);
      });
    });

    it("tables are read as workbook and as text, and each declaration opens on the check page", async () => {
      await visit(wide, async (page) => {
        await page.addInitScript(() => {
          const make = URL.createObjectURL;
          URL.createObjectURL = (blob) => make.call(URL, (window.saved = blob));
        });
        await page.goto(url("check/batch/"));
        await page.locator("[data-batch].is-ready").waitFor();
        const buffer = await workbookOf(page, lines(true));
        await page.setInputFiles("#batch-file", { name: "计划.xlsx", mimeType: "", buffer });
        await page.locator("[data-status]", { hasText: "已检查 1000 份申报，1000 行；有 5 个格子需要改正" }).waitFor();
        assert.deepEqual(await page.locator("[data-problem-rows] th").allTextContents(), wrongPlaces);
        const text = lines(false).slice(0, 3).map((row) => row.join(",")).join("\n");
        await page.setInputFiles("#batch-file", { name: "计划.csv", mimeType: "", buffer: Buffer.from(text) });
        await page.locator("[data-status]", { hasText: "已检查 2 份申报" }).waitFor();
        assert.deepEqual(await formsLoaded(page, "web_batch"), [form]);
        await page.click("[data-export=xlsx]");
        await page.waitForFunction(() => window.saved);
        assert.equal(await page.evaluate(() => window.saved.slice(0, 2).text()), "PK", "a workbook");
        assert.deepEqual(await formsLoaded(page, "web_xlsx"), [form]);
        await page.locator("[data-matrix] tbody td").first().click();
        await page.getByRole("link", { name: "在自查页打开这份申报" }).click();
        await page.waitForURL(/\/check\/index\.html#v=1/);
        await checkIsReady(page);
      });
    });
  });
}

describe("a copy of a portal that knows its address, with an index of few files", () => {
  const { url, visit } = portal({ folder: join(place, "other"), isPortable: true });
  const usual = portal({ folder, isPortable: true });

  it("is searched, and its links for other people lead to the portal itself", async () => {
    await visit(wide, async (page) => {
      await page.goto(url(asked("双随机")));
      await answered(page, /找到/);
      const found = await hits(page);
      assert.ok(found.every((hit) => /\/index\.html(#|$)/.test(hit)));
      await usual.visit(wide, async (other) => {
        await other.goto(usual.url(asked("双随机")));
        await answered(other, /找到/);
        assert.deepEqual(found, await hits(other), "as with an index of many files");
      });
      assert.equal(await page.getByRole("contentinfo").getByRole("link", { name: /^网站(（外部网站）)?$/ }).getAttribute("href"), "https://zhinan.example/");
      await openCheck(page, url, anhui);
      await page.evaluate(() => (navigator.clipboard.writeText = async (text) => (window.copied = text)));
      await page.locator("[data-action=copy]").click();
      await page.waitForFunction(() => window.copied);
      assert.match(await page.evaluate(() => window.copied), /^https:\/\/zhinan\.example\/check\/#v=1&.*province=AH/);
    });
  });
});

describe("O03: a copy in which one bit has turned in each file of the index", () => {
  const copied = join(place, "damaged");
  before(() => {
    cpSync(folder, copied, { recursive: true });
    for (const file of allFiles(copied, copied).filter((one) => /search-(terms|texts)\.[^/]*\.bin\.js$/.test(one))) {
      const [, head, packed, tail] = /^(.*", ")(.*)("\);\n)$/s.exec(readFileSync(join(copied, file), "utf8"));
      const bytes = Buffer.from(packed, "base64");
      bytes[bytes.length >> 1] ^= 8;
      writeFileSync(join(copied, file), `${head}${bytes.toString("base64")}${tail}`);
    }
  });
  const { url, visit } = portal({ folder: copied, isPortable: true });

  it("the search says so and shows no result", async () => {
    await visit(wide, async (page) => {
      await page.goto(url(asked("双随机")));
      const status = page.locator("#search-status.is-error");
      await status.waitFor();
      assert.match(await status.innerText(), /不完整/);
      assert.equal(await page.locator(".result").count(), 0);
    });
  });
});

describe("the folder", () => {
  const read = (file) => readFileSync(join(folder, file), "utf8");
  const pages = () => allFiles(folder, folder).filter((file) => file.endsWith(".html"));

  it("O02: nothing in it needs what file:// refuses", () => {
    for (const page of pages()) assert.doesNotMatch(read(page), /\sintegrity=|type="?module|rel="modulepreload"|<script[^>]* crossorigin/, page);
    for (const script of allFiles(folder, folder).filter((file) => file.endsWith(".js"))) {
      assert.doesNotMatch(read(script), /\bnew XMLHttpRequest|\bnew Worker\(|\bimport\(|^\s*(import|export)\s/m, script);
    }
    // The one place that fetches asks first whether there is a server; the visits above would hear of any other.
    const fetching = allFiles(folder, folder).filter((file) => file.endsWith(".js") && /\bfetch\(/.test(read(file)));
    for (const script of fetching) assert.match(read(script), /zhinan\.portable|\.portable\b|"function" ?!= ?typeof fetch|typeof fetch/, script);
  });

  it("O03: every file is as the manifest says", async () => {
    const sumOf = (file) => createHash("sha256").update(readFileSync(join(folder, file))).digest("hex");
    const manifest = JSON.parse(read("assets/manifest.json"));
    const listed = manifest.sha256;
    assert.deepEqual(Object.keys(listed).filter((file) => listed[file] !== sumOf(file)), []);
    // The manifest itself, and the mark by which the command knows a folder of its own.
    const others = allFiles(folder, folder).filter((file) => !(file in listed));
    assert.deepEqual(others.filter((file) => file !== "assets/manifest.json" && file !== "zhinan-site.json"), []);
  });

  it("every address of every page leads to a file, and every fragment to a place in it", () => {
    assert.ok(pages().length > 200);
    const ids = new Map();
    const idsOf = (file) => {
      if (!ids.has(file)) ids.set(file, new Set([...readFileSync(file, "utf8").matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)));
      return ids.get(file);
    };
    for (const page of pages()) {
      const from = join(folder, page);
      for (const [, value] of read(page).matchAll(/<[a-z][^>]*? (?:href|src|action)="([^"]*)"/g)) {
        const address = value.replaceAll("&amp;", "&");
        if (/^(https?:|mailto:|tel:)/.test(address)) continue;
        const [, path, hash] = /^([^?#]*)(?:\?[^#]*)?(?:#(.*))?$/.exec(address);
        const file = path === "" ? from : join(dirname(from), decodeURIComponent(path));
        assert.ok(existsSync(file) && statSync(file).isFile(), `${page}: ${address}`);
        if (hash && !hash.startsWith("v=1&")) assert.ok(idsOf(file).has(decodeURIComponent(hash)), `${page}: ${address}`);
      }
    }
  });

  it("every file that scripts ask for has come as a script", () => {
    for (const page of pages()) {
      for (const [, address] of read(page).matchAll(/ data-[a-z-]+="([^"]*\.(?:bin|wasm))"/g)) {
        const script = join(folder, dirname(page), `${address}.js`);
        assert.ok(existsSync(script), `${page}: ${address}`);
      }
    }
    assert.deepEqual(allFiles(folder, folder).filter((file) => /\.(bin|wasm)$/.test(file)), []);
  });

  it("nothing is in it that only a server has a use for, and it says what it is", () => {
    for (const file of ["sitemap.xml", "robots.txt", "404.html", "offline.html", "service-worker.js"]) {
      assert.ok(!existsSync(join(folder, file)), file);
    }
    assert.doesNotMatch(read("index.html"), /rel="canonical"|data-worker/);
    assert.match(read("使用说明.txt"), /便携版[^]*生成日期：\d{4}年\d+月\d+日[^]*双击 index\.html/);
  });

  it("no path is too long for Windows below a folder with a long name", () => {
    for (const file of allFiles(folder, folder)) assert.ok(file.length <= 120, file);
  });
});

/** In which forms the module has been loaded: `wasm`, `fallback`. */
async function formsLoaded(page, stem) {
  const names = await page.evaluate(() => Array.from(document.scripts, (script) => script.src.slice(script.src.lastIndexOf("/") + 1)));
  const forms = { wasm: /\.wasm\.js$/, fallback: /_fallback\.[0-9a-f]+\.js$/ };
  return Object.keys(forms).filter((form) => names.some((name) => name.startsWith(stem) && forms[form].test(name)));
}
