// S01: a portal whose every text is an attack, built by the command, and visitors with addresses and tables that are attacks.
// Nothing of it becomes markup, nothing runs, and every word of it can still be read.

import { strict as assert } from "node:assert";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { guarded } from "./support/guard.mjs";
import { buildHostile, payloads, writeHostileContent } from "./support/hostile.mjs";
import { allFiles } from "./support/pages.mjs";
import { launch, portal } from "./support/portal.mjs";
import { answered, asked, hits, options, wide } from "./support/search.mjs";
import { checkIsReady } from "./support/check.mjs";

const place = mkdtempSync(join(tmpdir(), "zhinan-hostile-"));
const each = join(place, "each");
const rotated = join(place, "rotated");
const portable = join(place, "portable");
const attacked = {};

before(() => {
  let turn = 0;
  attacked.rotated = writeHostileContent(join(place, "content"), () => payloads[turn++ % payloads.length]);
  buildHostile(join(place, "content"), rotated);
  buildHostile(join(place, "content"), portable, "--portable");
  attacked.each = writeHostileContent(join(place, "all"), () => payloads.join(" "));
  buildHostile(join(place, "all"), each);
});
after(() => rmSync(place, { recursive: true, force: true }));

const pagesOf = (folder) => allFiles(folder, folder).filter((file) => file.endsWith(".html"));
const read = (folder, file) => readFileSync(join(folder, file), "utf8");

describe("S01: the files", () => {
  let browser;
  let page;
  before(async () => {
    browser = await launch();
    // A page without rules, which may take HTML apart.
    page = await browser.newPage();
  });
  after(() => browser?.close());

  for (const [name, folder] of Object.entries({ rotated, each, portable })) {
    test(`S01: no page has an element or attribute that an attack would need (${name})`, async () => {
      const faults = [];
      for (const file of pagesOf(folder)) {
        const found = await page.evaluate(audit, read(folder, file));
        faults.push(...found.map((fault) => `${file}: ${fault}`));
      }
      assert.deepEqual(faults, []);
    });
  }

  test("S01: every attack can be read as the text that it is", async () => {
    for (const [name, folder] of Object.entries({ rotated, each, portable })) {
      let words = "";
      for (const file of pagesOf(folder)) words += await page.evaluate(wordsOf, read(folder, file));
      const told = attacked[name] ?? attacked.rotated;
      const inMarkdown = decoded(words);
      assert.ok(told.length > 90, `${told.length} texts were attacked`);
      const lost = told.filter(({ place: at, text }) => !unshown.test(at) && !words.includes(text) && !inMarkdown.includes(decoded(text)));
      assert.deepEqual(lost.map((one) => one.place), [], name);
    }
  });

  test("S01: feed, site map, calendars, schemas and data files are well formed and mean the same words", async () => {
    for (const folder of [rotated, each]) {
      const files = allFiles(folder, folder);
      for (const file of files.filter((one) => one.endsWith(".xml"))) {
        const told = await page.evaluate((text) => {
          const parsed = new DOMParser().parseFromString(text, "application/xml");
          const names = [...new Set([...parsed.querySelectorAll("*")].map((one) => one.localName))];
          return { isBroken: parsed.querySelector("parsererror") !== null, names, text: parsed.documentElement.textContent };
        }, read(folder, file));
        assert.ok(!told.isBroken, file);
        assert.deepEqual(told.names.filter((one) => /script|svg|img|iframe|body/i.test(one)), [], file);
        if (file.endsWith("feed.xml")) assert.ok(told.text.includes("alert(1)"), "the feed has them");
      }
      for (const file of files.filter((one) => one.endsWith(".ics"))) {
        for (const line of read(folder, file).replaceAll("\r\n ", "").split("\r\n")) {
          assert.match(line, /^$|^(BEGIN|END|VERSION|PRODID|CALSCALE|X-WR-CALNAME|UID|DTSTAMP|DTSTART|DTEND|SUMMARY|DESCRIPTION|URL|TRANSP|LOCATION)[:;]/, file);
        }
      }
      let json = "";
      for (const file of files.filter((one) => one.endsWith(".json"))) json += JSON.stringify(JSON.parse(read(folder, file)));
      const there = payloads.filter((payload) => json.includes(JSON.stringify(payload).slice(1, -1)));
      assert.ok(there.length === payloads.length || (folder === rotated && there.length > 40), "the data files have them");
    }
  });

  test("S03: data blocks inside pages are whole JSON, and nothing in them ends the block", async () => {
    let blocks = 0;
    for (const file of pagesOf(each)) {
      const html = read(each, file);
      for (const [, text] of html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)) {
        blocks += 1;
        assert.doesNotMatch(text, /[<\u2028\u2029]/, file);
        assert.ok(JSON.parse(text)["@graph"].length > 0);
      }
    }
    assert.ok(blocks > 10);
  });
});

describe("S01: visitors of a hostile portal", () => {
  const { url, newContext } = portal({ folder: rotated });
  const usual = portal();

  test("S01: every page opens without a dialog, a violation or a request to elsewhere, also for the printer", async () => {
    await guarded(newContext, url(), async (page) => {
      for (const file of pagesOf(rotated)) {
        await page.goto(url(file === "404.html" ? file : file.replace(/index\.html$/, "")), { waitUntil: "load" });
        await page.emulateMedia({ media: "print" });
        assert.deepEqual(await page.evaluate(auditDocument), [], file);
        await page.emulateMedia({ media: null });
      }
    });
  });

  test("S01: a query in the address is text, in the box, the results, the suggestions and the recent queries", async () => {
    await guarded(newContext, url(), async (page) => {
      for (const payload of some(payloads)) {
        await page.goto(url(asked(payload)));
        await answered(page);
        assert.equal(await page.locator("#search-box").inputValue(), payload.slice(0, 200));
        assert.deepEqual(await page.evaluate(auditDocument), [], payload);
      }
      await page.goto(url(asked("院校 alert script")));
      await answered(page, /找到|至少/);
      assert.ok((await hits(page)).length > 5, "results with attacks in them");
      assert.match(await page.locator("#main").innerText(), /alert\(1\)/);
      await page.goto(url("search/"));
      await page.locator("#search-box").click();
      await page.keyboard.type("alert");
      await options(page, "#search-box");
      await page.evaluate((recent) => localStorage.setItem("zhinan-recent", JSON.stringify(recent)), payloads.slice(0, 8));
      await page.goto(url(""));
      await page.locator("#home-search").click();
      assert.equal(await (await options(page, "#home-search")).count(), 8);
      assert.deepEqual(await page.evaluate(auditDocument), []);
    });
  });

  test("S01: what stands behind # is text on every page that reads it", async () => {
    await guarded(newContext, url(), async (page) => {
      const ways = ["policies/ex-2025/#", "calendar/#", "faq/conditions/#", "glossary/#", "check/batch/#name="];
      for (const way of ways) {
        for (const payload of some(payloads)) {
          await page.goto(url(way) + encodeURIComponent(payload));
          assert.deepEqual(await page.evaluate(auditDocument), [], way + payload);
        }
      }
      for (const payload of some(some(payloads))) {
        const one = encodeURIComponent(payload);
        await page.goto("about:blank");
        await page.goto(url(`check/#v=1&r=${one}&role=${one}&name=${one}&province=${one}&year=2025&submit_date=${one}&${one}=1&l1.planned=${one}&l2.${one}=${one}`));
        await checkIsReady(page);
        assert.deepEqual(await page.evaluate(auditDocument), [], payload);
      }
      assert.match(await page.locator("[data-check]").innerText(), /未采用/);
    });
  });

  test("S01: what stands behind # is text to the comparison", async () => {
    await guarded(usual.newContext, usual.url(), async (page) => {
      for (const payload of some(payloads)) {
        const one = encodeURIComponent(payload);
        await page.goto(`${usual.url("compare/")}#columns=${one},ah&rows=${one}`);
        assert.deepEqual(await page.evaluate(auditDocument), [], payload);
      }
      assert.match(page.url(), /#columns=/);
    });
  });

  test("S01: tables, their cells and the names of their files are text", async () => {
    await guarded(newContext, url(), async (page) => {
      await page.goto(url("check/batch/"));
      await page.locator("[data-batch].is-ready").waitFor();
      const cell = (text) => `"${text.replaceAll('"', '""')}"`;
      const head = ["名称", "province", "year", "planned", payloads[3]];
      const rows = payloads.map((payload) => [payload, "EX", payload, "9", payload]);
      const csv = [head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n");
      const name = `${payloads[3]}.csv`.replaceAll("/", "_");
      await page.setInputFiles("#batch-file", { name, mimeType: "text/csv", buffer: Buffer.from(csv) });
      await page.locator("[data-status]", { hasText: "已检查" }).waitFor();
      assert.deepEqual(await page.evaluate(auditDocument), []);
      assert.match(await page.locator("[data-problem-rows]").innerText(), /<script>alert\(1\)<\/script>/);
      const verdict = page.locator("[data-matrix] td[data-verdict]").first();
      await verdict.click();
      await page.locator("[data-detail]").waitFor();
      assert.deepEqual(await page.evaluate(auditDocument), []);
      await page.fill("#batch-paste", csv.slice(0, 20_000));
      await page.click("[data-action=paste]");
      await page.locator("[data-status]", { hasText: "已检查" }).waitFor();
      assert.deepEqual(await page.evaluate(auditDocument), []);
    });
  });

  test("S01: the page for no connection lists the titles of hostile pages as text", async () => {
    await guarded(newContext, url(), async (page) => {
      await page.goto(url("faq/"));
      await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
      for (let turn = 0; turn < 100 && !(await page.evaluate(async () => Boolean(await caches.match(location.href)))); turn += 1) await page.waitForTimeout(100);
      await page.context().setOffline(true);
      await page.goto(url("not-kept/"));
      // The page comes with a list of its own, until the script has looked at what is kept.
      await page.locator("[data-kept-text]", { hasText: "存有下面" }).waitFor();
      assert.match(await page.locator("[data-kept]").innerText(), /alert\(1\)/);
      assert.deepEqual(await page.evaluate(auditDocument), []);
      await page.context().setOffline(false);
      return /503/;
    }, { hasWorker: true });
  });
});

/** Every third of them: one of each group. */
const some = (all) => all.filter((_, index) => index % 3 === 0);

/** Not written on any page: words for the search, numbers and names that lists alone use. */
const unshown = /^synonyms|^faq.*: number$|^policies.*: source$|: authority$|asked_as\.\d$/;

/** A text without character references, of which Markdown resolves some. */
const decoded = (text) =>
  text.replace(/&(lt|gt|#10|#60|#62);/g, (_, name) => ({ lt: "<", gt: ">", "#10": "\n", "#60": "<", "#62": ">" })[name]);

/** Runs in a page without rules: what of a page's HTML an attack would need. */
function audit(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const faults = [];
  const inTemplates = [...parsed.querySelectorAll("template")].flatMap((one) => [...one.content.querySelectorAll("*")]);
  for (const element of [...parsed.querySelectorAll("*"), ...inTemplates]) {
    const name = element.localName;
    const tell = (what) => faults.push(`<${name}> ${what}`);
    if (/^(iframe|object|embed|applet|base|frame|frameset|style|math|mglyph|img|portal|marquee)$/.test(name)) tell("is there");
    if (name === "script" && element.type !== "application/ld+json" && !/^[./]*assets\/[\w.-]+\.js$/.test(element.getAttribute("src") ?? "")) tell(`src ${element.getAttribute("src")}`);
    if (name === "link" && /:|^\/\//.test(element.getAttribute("href")) && element.rel !== "canonical") tell(element.getAttribute("href"));
    if (name === "meta" && /refresh/i.test(element.httpEquiv)) tell("refresh");
    for (const { name: attribute, value } of element.attributes) {
      if (/^on/i.test(attribute) || attribute === "style" || attribute === "srcdoc") tell(`${attribute}="${value}"`);
      if (/^(href|src|action|formaction|xlink:href|poster|data)$/.test(attribute)) {
        const scheme = /^([^/?#]*?):/.exec(value.replace(/[\u0000-\u0020]/g, ""));
        if ((scheme && !/^(https?|mailto|tel)$/i.test(scheme[1])) || /^[\\/]{2}/.test(value.trim())) tell(`${attribute}="${value}"`);
      }
    }
  }
  return faults;
}

/** Runs in the page: the same of what scripts have made of it; styles set by scripts are theirs. */
function auditDocument() {
  const faults = [];
  for (const element of document.querySelectorAll("*")) {
    const name = element.localName;
    if (/^(iframe|object|embed|applet|base|frame|style|math|mglyph|img)$/.test(name)) faults.push(`<${name}>`);
    if (name === "script" && element.type !== "application/ld+json" && !element.src.startsWith(location.origin)) faults.push(`<script> ${element.src}`);
    for (const { name: attribute, value } of element.attributes) {
      if (/^on/i.test(attribute) || attribute === "srcdoc") faults.push(`${attribute}="${value}"`);
      if (/^(href|src|action|formaction)$/.test(attribute) && /^\s*(javascript|data|vbscript|file):/i.test(value)) faults.push(`${attribute}="${value}"`);
    }
  }
  return faults;
}

/** Runs in a page without rules: all that a page says, also in attributes and data blocks. */
function wordsOf(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const values = [...parsed.querySelectorAll("*")].flatMap((element) => [...element.attributes].map((one) => one.value));
  return [parsed.documentElement.textContent, ...values].join("\n");
}
